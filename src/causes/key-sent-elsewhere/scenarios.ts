import type { Scenario } from '../contract.ts';
import { calledMissing } from '../sample-pastes.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: "the key stands in the query under the header's name",
    paste: calledMissing([], '/echo/resource?Ocp-Apim-Subscription-Key={key:mobile-app}'),
    given: {},
    expect: { confirmed: ['key-sent-elsewhere'], headline: 'key-sent-elsewhere' },
    fix: null,
  },
  {
    name: 'a typing error in the name of the header',
    paste: calledMissing(['Ocp-Apim-SubscriptionKey: {key:mobile-app}']),
    given: {},
    expect: { confirmed: ['key-sent-elsewhere'], headline: 'key-sent-elsewhere' },
  },
  {
    name: 'the key stands in a cookie',
    paste: calledMissing(['Cookie: subscription-key={key:mobile-app}; theme=dark']),
    given: {},
    expect: { confirmed: ['key-sent-elsewhere'], headline: 'key-sent-elsewhere' },
  },
  {
    name: 'the default header at a renamed API is not blamed on a typing error',
    paste: calledMissing(['Ocp-Apim-Subscription-Key: {key:mobile-app}'], '/echo/resource', 'x-contoso-key'),
    given: { 'apis/echo': { properties: { subscriptionKeyParameterNames: { header: 'x-contoso-key', query: 'contoso-key' } } } },
    expect: { confirmed: ['key-parameter-renamed'] },
  },
  {
    name: 'the healthy twin: the query parameter has the name that the API reads',
    paste: calledMissing([], '/echo/resource?subscription-key={key:mobile-app}'),
    given: {},
    expect: { confirmed: [], headline: null },
  },
];
