import type { Scenario } from '../contract.ts';
import { answered, calledMissing } from '../sample-pastes.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'the request is shown and carries no key',
    paste: calledMissing([]),
    given: {},
    expect: { confirmed: ['key-not-sent'], headline: 'key-not-sent' },
    fix: null,
  },
  {
    name: 'only the answer is shown, so that no key was sent is suspected',
    paste: answered('missing'),
    given: {},
    expect: { confirmed: [], suspected: ['key-not-sent'], headline: 'key-not-sent' },
  },
  {
    name: 'the healthy twin: a key was sent under the right name, so something else took it away',
    paste: calledMissing(['Ocp-Apim-Subscription-Key: {key:mobile-app}']),
    given: {},
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'the API asks for no key any more',
    paste: answered('missing'),
    given: { 'apis/echo': { properties: { subscriptionRequired: false } } },
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'an open product lets calls without a key pass by now',
    paste: answered('missing'),
    given: { 'products/starter': { properties: { subscriptionRequired: false } } },
    expect: { confirmed: [], headline: null },
  },
];
