import type { Scenario } from '../contract.ts';
import { calledWith } from '../sample-pastes.ts';

const call = calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}');

export const scenarios: readonly Scenario[] = [
  {
    name: 'an expired subscription with the right key',
    paste: call,
    given: { 'subscriptions/mobile-app': { properties: { state: 'expired' } } },
    expect: { confirmed: ['subscription-expired'], headline: 'subscription-expired' },
    fix: ['subscriptions/mobile-app properties.state: expired -> active'],
  },
  {
    name: 'the healthy twin: it is active, though its expiration date is long past',
    paste: call,
    given: {
      'subscriptions/mobile-app': {
        properties: { state: 'active', expirationDate: '2025-12-01T00:00:00Z', endDate: '2025-12-01T00:00:00Z' },
      },
    },
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'a cancelled subscription with a past expiration date is not called expired',
    paste: call,
    given: { 'subscriptions/mobile-app': { properties: { state: 'cancelled' } } },
    expect: { confirmed: ['subscription-cancelled'] },
  },
  {
    name: 'two subscriptions share the beginning of the key, and the one that is expired is only suspected',
    paste: calledWith('Accept-Language: en'),
    keyPrefix: 'beef',
    given: {
      'subscriptions/mobile-app': { properties: { primaryKey: 'beef0000000000000000000000000001', state: 'expired' } },
      'subscriptions/all-apis': { properties: { primaryKey: 'beef0000000000000000000000000002' } },
    },
    expect: { confirmed: [], suspected: ['subscription-expired'] },
    fix: null,
  },
];
