import type { Scenario } from '../contract.ts';
import { answered, calledWith } from '../sample-pastes.ts';

const suspended = { 'subscriptions/mobile-app': { properties: { state: 'suspended', stateComment: 'Unpaid since October' } } };

export const scenarios: readonly Scenario[] = [
  {
    name: 'a suspended subscription with the right key',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: suspended,
    expect: { confirmed: ['subscription-suspended'], headline: 'subscription-suspended' },
    fix: ['subscriptions/mobile-app properties.state: suspended -> active'],
  },
  {
    name: 'a suspended subscription found by the first six characters of its key',
    paste: answered('invalid'),
    keyPrefix: 'feed11',
    given: { 'subscriptions/mobile-app': { properties: { state: 'suspended', primaryKey: 'feed1100000000000000000000000001' } } },
    expect: { confirmed: ['subscription-suspended'], headline: 'subscription-suspended' },
    fix: ['subscriptions/mobile-app properties.state: suspended -> active'],
  },
  {
    name: 'the healthy twin: the same subscription, active, with an expiration date in the past',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: { 'subscriptions/mobile-app': { properties: { expirationDate: '2026-01-01T00:00:00Z' } } },
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'a cancelled subscription is not blamed for being suspended',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: { 'subscriptions/mobile-app': { properties: { state: 'cancelled' } } },
    expect: { confirmed: ['subscription-cancelled'] },
  },
  {
    name: 'the keys may not be listed: it says so and guesses nothing',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: suspended,
    denied: ['Microsoft.ApiManagement/service/subscriptions/listSecrets/action'],
    expect: { confirmed: ['arm-permission-missing'], unknown: ['subscription-suspended'], headline: 'arm-permission-missing' },
  },
];
