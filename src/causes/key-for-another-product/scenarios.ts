import type { Scenario } from '../contract.ts';
import { calledWith } from '../sample-pastes.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'a key of the partner product calls an API of the starter product',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:partner-app}'),
    given: {},
    expect: { confirmed: ['key-for-another-product'], headline: 'key-for-another-product' },
    fix: ['products/partner/apis/echo: create'],
    otherFixes: { 'key-for-another-product/create-subscription': ['subscriptions/partner-app-echo: create'] },
  },
  {
    name: 'the product of the key is open, so the API is not added there, and a subscription for the right one is offered instead',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:partner-app}'),
    given: { 'products/partner': { properties: { subscriptionRequired: false } } },
    expect: { confirmed: ['key-for-another-product'] },
    fix: ['subscriptions/partner-app-echo: create'],
  },
  {
    name: 'two products have the API, so which subscription would be right is not certain',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:partner-app}'),
    given: {
      'products/gold': { properties: { displayName: 'Gold', state: 'published', subscriptionRequired: true } },
      'products/gold/apis/echo': {},
    },
    expect: { confirmed: ['key-for-another-product'] },
    fix: ['products/partner/apis/echo: create'],
    otherFixes: {},
  },
  {
    name: 'the healthy twin: the API is in both products',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:partner-app}'),
    given: { 'products/partner/apis/echo': {} },
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'the product of the key is gone, which is another cause',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:partner-app}'),
    given: { 'subscriptions/partner-app': { properties: { scope: '/products/removed' } } },
    expect: { confirmed: ['subscription-scope-dangling'] },
  },
  {
    name: 'two subscriptions share the beginning of the key, so the one for another product is only suspected',
    paste: calledWith('Accept-Language: en'),
    keyPrefix: 'beef',
    given: {
      'subscriptions/mobile-app': { properties: { primaryKey: 'beef0000000000000000000000000001' } },
      'subscriptions/partner-app': { properties: { primaryKey: 'beef0000000000000000000000000002' } },
    },
    expect: { confirmed: [], suspected: ['key-for-another-product'] },
    fix: null,
  },
];
