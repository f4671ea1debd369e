import type { Scenario } from '../contract.ts';
import { answered, calledWith } from '../sample-pastes.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'the APIs may not be read, so nothing about the call can be known',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: { 'subscriptions/mobile-app': { properties: { state: 'suspended' } } },
    denied: ['Microsoft.ApiManagement/service/apis/read'],
    expect: {
      confirmed: ['arm-permission-missing', 'subscription-suspended'],
      unknown: ['api-not-in-product', 'key-for-another-product', 'key-not-propagated', 'hard-coded-key-in-operation-header'],
      headline: 'arm-permission-missing',
    },
  },
  {
    name: 'the keys may not be listed, and what could be read points to the API being in no product',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: { 'products/starter/apis/echo': null },
    denied: ['Microsoft.ApiManagement/service/subscriptions/listSecrets/action'],
    expect: { confirmed: ['arm-permission-missing'], suspected: ['api-not-in-product'], headline: 'arm-permission-missing' },
  },
  {
    name: 'the healthy twin: a permission that this question does not need is missing',
    paste: answered('invalid'),
    given: {},
    denied: ['Microsoft.ApiManagement/service/users/read'],
    expect: { confirmed: [], headline: null },
  },
];
