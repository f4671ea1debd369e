import type { Scenario } from '../contract.ts';
import { calledWith } from '../sample-pastes.ts';

const call = calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}');

export const scenarios: readonly Scenario[] = [
  {
    name: 'the product in the scope of the key was deleted',
    paste: call,
    given: { 'subscriptions/mobile-app': { properties: { scope: '/products/removed' } } },
    expect: { confirmed: ['subscription-scope-dangling'], headline: 'subscription-scope-dangling' },
    fix: ['subscriptions/mobile-app properties.scope: /products/removed -> /apis/echo'],
  },
  {
    name: 'the API in the scope of the key was deleted',
    paste: call,
    given: { 'subscriptions/mobile-app': { properties: { scope: '/apis/removed' } } },
    expect: { confirmed: ['subscription-scope-dangling'] },
    fix: ['subscriptions/mobile-app properties.scope: /apis/removed -> /apis/echo'],
  },
  {
    name: 'the healthy twin: the product in the scope exists and holds the API',
    paste: call,
    given: {
      'products/removed': { properties: { displayName: 'Back again', state: 'published', subscriptionRequired: true } },
      'products/removed/apis/echo': {},
      'subscriptions/mobile-app': { properties: { scope: '/products/removed' } },
    },
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'the product in the scope exists and does not hold the API, which is another cause',
    paste: call,
    given: { 'subscriptions/mobile-app': { properties: { scope: '/products/partner' } } },
    expect: { confirmed: ['key-for-another-product'] },
  },
  {
    name: 'the product in the scope may not be read, so nothing is guessed',
    paste: call,
    given: { 'subscriptions/mobile-app': { properties: { scope: '/products/removed' } } },
    denied: ['Microsoft.ApiManagement/service/products/read'],
    expect: { confirmed: ['arm-permission-missing'], unknown: ['subscription-scope-dangling'] },
  },
];
