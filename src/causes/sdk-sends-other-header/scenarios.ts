import type { Scenario } from '../contract.ts';
import { answered, calledMissing } from '../sample-pastes.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'the SDK sends api-key to an API that reads the default header',
    paste: calledMissing(['api-key: {key:mobile-app}', 'x-stainless-lang: python']),
    given: {},
    expect: { confirmed: ['sdk-sends-other-header'], headline: 'sdk-sends-other-header' },
    fix: [
      'apis/echo properties.subscriptionKeyParameterNames: {"header":"Ocp-Apim-Subscription-Key","query":"subscription-key"} -> {"header":"api-key","query":"subscription-key"}',
    ],
  },
  {
    name: 'the SDK sends the key as a bearer, which is no place for it',
    paste: calledMissing(['Authorization: Bearer {key:mobile-app}']),
    given: {},
    expect: { confirmed: ['sdk-sends-other-header'], headline: 'sdk-sends-other-header' },
    fix: null,
  },
  {
    name: 'only the exception of an OpenAI client is shown',
    paste: `openai.AuthenticationError: Error code: 401\n${answered('missing')}`,
    given: {},
    expect: { confirmed: [], suspected: ['key-not-sent', 'sdk-sends-other-header'] },
    fix: null,
  },
  {
    name: 'the healthy twin: the API reads the header that the SDK sends',
    paste: calledMissing(['api-key: {key:mobile-app}'], '/echo/resource', 'api-key'),
    given: { 'apis/echo': { properties: { subscriptionKeyParameterNames: { header: 'api-key', query: 'subscription-key' } } } },
    expect: { confirmed: [], headline: null },
  },
];
