import type { Scenario } from '../contract.ts';
import { answered, calledMissing } from '../sample-pastes.ts';

const renamed = { 'apis/echo': { properties: { subscriptionKeyParameterNames: { header: 'x-api-key', query: 'x-api-key' } } } };

export const scenarios: readonly Scenario[] = [
  {
    name: 'the default header is sent to an API that reads x-api-key',
    paste: calledMissing(['Ocp-Apim-Subscription-Key: {key:mobile-app}'], '/echo/resource', 'x-api-key'),
    given: renamed,
    expect: { confirmed: ['key-parameter-renamed'], headline: 'key-parameter-renamed' },
    fix: [
      'apis/echo properties.subscriptionKeyParameterNames: {"header":"x-api-key","query":"x-api-key"} -> {"header":"Ocp-Apim-Subscription-Key","query":"subscription-key"}',
    ],
  },
  {
    name: 'only the challenge shows the other name, the request is not pasted',
    paste: answered('missing', '/echo', 'x-api-key'),
    given: renamed,
    expect: { confirmed: ['key-parameter-renamed'], suspected: ['key-not-sent'], headline: 'key-parameter-renamed' },
  },
  {
    name: 'the request carries no key at all, so the other name is not the cause',
    paste: calledMissing([], '/echo/resource', 'x-api-key'),
    given: renamed,
    expect: { confirmed: ['key-not-sent'] },
  },
  {
    name: 'the healthy twin: the header differs from the default in case only',
    paste: calledMissing(['ocp-apim-subscription-key: {key:mobile-app}']),
    given: {
      'apis/echo': { properties: { subscriptionKeyParameterNames: { header: 'ocp-apim-subscription-key', query: 'subscription-key' } } },
    },
    expect: { confirmed: [], headline: null },
  },
];
