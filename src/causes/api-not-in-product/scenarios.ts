import type { Scenario } from '../contract.ts';
import { answered, calledMissing, calledWith } from '../sample-pastes.ts';

const outside = { 'products/starter/apis/echo': null };

export const scenarios: readonly Scenario[] = [
  {
    name: 'a product key calls an API that is in no product',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: outside,
    expect: { confirmed: ['api-not-in-product'], headline: 'api-not-in-product' },
    fix: ['products/starter/apis/echo: create'],
  },
  {
    name: 'a console without a key calls an API that is in no product',
    paste: answered('missing'),
    given: outside,
    expect: { confirmed: [], suspected: ['api-not-in-product', 'key-not-sent'], headline: 'api-not-in-product' },
    fix: null,
  },
  {
    name: 'no key is known, and the service has but one product',
    paste: answered('missing'),
    given: { ...outside, 'products/partner': null, 'products/partner/apis/orders': null, 'subscriptions/partner-app': null },
    expect: { confirmed: [], suspected: ['api-not-in-product', 'key-not-sent'], headline: 'api-not-in-product' },
    fix: ['products/starter/apis/echo: create'],
  },
  {
    name: 'a key for all APIs does not mind that the API is in no product',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:all-apis}'),
    given: { ...outside, 'subscriptions/all-apis': { properties: { state: 'suspended' } } },
    expect: { confirmed: ['subscription-suspended'] },
  },
  {
    name: 'the healthy twin: the API is in the product of the key, which is old and active',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: {},
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'an open product is never the place to add the API to by a button',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: { ...outside, 'products/starter': { properties: { subscriptionRequired: false } } },
    expect: { confirmed: ['api-not-in-product'] },
    fix: null,
  },
  {
    name: 'the products of the API may not be read: nothing is guessed',
    paste: calledMissing(['Ocp-Apim-Subscription-Key: 0000']),
    given: outside,
    denied: ['Microsoft.ApiManagement/service/apis/products/read'],
    expect: { confirmed: ['arm-permission-missing'], unknown: ['api-not-in-product'], headline: 'arm-permission-missing' },
  },
];
