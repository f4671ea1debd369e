import type { Scenario } from '../contract.ts';
import { calledWith } from '../sample-pastes.ts';

const call = calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}');

export const scenarios: readonly Scenario[] = [
  {
    name: 'a cancelled subscription with the right key',
    paste: call,
    given: { 'subscriptions/mobile-app': { properties: { state: 'cancelled' } } },
    expect: { confirmed: ['subscription-cancelled'], headline: 'subscription-cancelled' },
    fix: ['subscriptions/mobile-app-new: create'],
  },
  {
    name: 'the healthy twin: it is active, and its end date is in the past',
    paste: call,
    given: { 'subscriptions/mobile-app': { properties: { state: 'active', endDate: '2026-01-01T00:00:00Z' } } },
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'an expired subscription is not called cancelled',
    paste: call,
    given: { 'subscriptions/mobile-app': { properties: { state: 'expired' } } },
    expect: { confirmed: ['subscription-expired'] },
  },
  {
    name: 'the product of the cancelled subscription is gone, so what a new one should open is not known',
    paste: call,
    given: { 'subscriptions/mobile-app': { properties: { state: 'cancelled', scope: '/products/removed' } } },
    expect: { confirmed: ['subscription-cancelled', 'subscription-scope-dangling'] },
    fix: null,
  },
  {
    name: 'the name that a new subscription would get is taken',
    paste: call,
    given: {
      'subscriptions/mobile-app': { properties: { state: 'cancelled' } },
      'subscriptions/mobile-app-new': { properties: { displayName: 'Another one', scope: '/apis/orders', state: 'active' } },
    },
    expect: { confirmed: ['subscription-cancelled'] },
    fix: ['subscriptions/mobile-app-new-2: create'],
  },
  {
    name: 'two subscriptions share the beginning of the key, and the one that is cancelled is only suspected',
    paste: calledWith('Accept-Language: en'),
    keyPrefix: 'beef',
    given: {
      'subscriptions/mobile-app': { properties: { primaryKey: 'beef0000000000000000000000000001', state: 'cancelled' } },
      'subscriptions/all-apis': { properties: { primaryKey: 'beef0000000000000000000000000002' } },
    },
    expect: { confirmed: [], suspected: ['subscription-cancelled'] },
    fix: null,
  },
];
