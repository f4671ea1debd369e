import type { Scenario } from '../contract.ts';
import { answered, calledWith } from '../sample-pastes.ts';

const unknownKey = calledWith('Ocp-Apim-Subscription-Key: 0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f');
const open = { 'apis/echo': { properties: { subscriptionRequired: false } } };

export const scenarios: readonly Scenario[] = [
  {
    name: 'an unknown key is sent to an API that needs none',
    paste: unknownKey,
    given: open,
    expect: { confirmed: ['key-sent-to-open-api'], headline: 'key-sent-to-open-api' },
    fix: null,
  },
  {
    name: 'an unknown key is sent to an API of an open product',
    paste: unknownKey,
    given: { 'products/starter': { properties: { subscriptionRequired: false } } },
    expect: { confirmed: ['key-sent-to-open-api'] },
  },
  {
    name: 'only the answer is shown, and it says that some key was sent to an API that needs none',
    paste: answered('invalid'),
    given: open,
    expect: { confirmed: ['key-sent-to-open-api'] },
  },
  {
    name: 'a key of another product is sent to an API that needs none: either would help',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:partner-app}'),
    given: open,
    expect: { confirmed: ['key-for-another-product', 'key-sent-to-open-api'], headline: 'key-sent-to-open-api' },
  },
  {
    name: 'the healthy twin: a good key is sent to an API that needs none',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: open,
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'another API is open, the called one is not',
    paste: unknownKey,
    given: { 'apis/orders': { properties: { subscriptionRequired: false } } },
    expect: { confirmed: [], headline: null },
  },
];
