import type { Scenario } from '../contract.ts';
import { calledWith } from '../sample-pastes.ts';

const call = calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}');

export const scenarios: readonly Scenario[] = [
  {
    name: 'a subscription that nobody has approved yet',
    paste: call,
    given: { 'subscriptions/mobile-app': { properties: { state: 'submitted' } } },
    expect: { confirmed: ['subscription-awaiting-approval'], headline: 'subscription-awaiting-approval' },
    fix: ['subscriptions/mobile-app properties.state: submitted -> active'],
  },
  {
    name: 'the healthy twin: it was approved, and its product still asks for approval',
    paste: call,
    given: { 'subscriptions/mobile-app': { properties: { state: 'active', stateComment: 'Approved' } } },
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'a rejected subscription is not called waiting',
    paste: call,
    given: { 'subscriptions/mobile-app': { properties: { state: 'rejected' } } },
    expect: { confirmed: ['subscription-rejected'] },
  },
  {
    name: 'two subscriptions share the beginning of the key, and the one that is submitted is only suspected',
    paste: calledWith('Accept-Language: en'),
    keyPrefix: 'beef',
    given: {
      'subscriptions/mobile-app': { properties: { primaryKey: 'beef0000000000000000000000000001', state: 'submitted' } },
      'subscriptions/all-apis': { properties: { primaryKey: 'beef0000000000000000000000000002' } },
    },
    expect: { confirmed: [], suspected: ['subscription-awaiting-approval'] },
    fix: null,
  },
];
