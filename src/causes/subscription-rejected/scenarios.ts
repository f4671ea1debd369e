import type { Scenario } from '../contract.ts';
import { calledWith } from '../sample-pastes.ts';

const call = calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}');

export const scenarios: readonly Scenario[] = [
  {
    name: 'a rejected subscription with the right key',
    paste: call,
    given: { 'subscriptions/mobile-app': { properties: { state: 'rejected' } } },
    expect: { confirmed: ['subscription-rejected'], headline: 'subscription-rejected' },
    fix: null,
  },
  {
    name: 'the healthy twin: it was approved in the end, and the comment on it is old',
    paste: call,
    given: { 'subscriptions/mobile-app': { properties: { state: 'active', stateComment: 'Rejected in spring, see ticket' } } },
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'a suspended subscription is not called rejected',
    paste: call,
    given: { 'subscriptions/mobile-app': { properties: { state: 'suspended' } } },
    expect: { confirmed: ['subscription-suspended'] },
  },
  {
    name: 'two subscriptions share the beginning of the key, and the one that is rejected is only suspected',
    paste: calledWith('Accept-Language: en'),
    keyPrefix: 'beef',
    given: {
      'subscriptions/mobile-app': { properties: { primaryKey: 'beef0000000000000000000000000001', state: 'rejected' } },
      'subscriptions/all-apis': { properties: { primaryKey: 'beef0000000000000000000000000002' } },
    },
    expect: { confirmed: [], suspected: ['subscription-rejected'] },
    fix: null,
  },
];
