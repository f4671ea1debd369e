import type { Scenario } from '../contract.ts';
import { answered, calledWith } from '../sample-pastes.ts';

const keys = { primaryKey: 'd40fd40fd40fd40fd40fd40fd40fd40f', secondaryKey: 'd45ed45ed45ed45ed45ed45ed45ed45e' };
const call = calledWith('Ocp-Apim-Subscription-Key: {key:master}');

export const scenarios: readonly Scenario[] = [
  {
    name: 'the all-access key is sent while its subscription is suspended',
    paste: call,
    given: { 'subscriptions/master': { properties: { ...keys, state: 'suspended' } } },
    expect: { confirmed: ['all-access-key-inactive'], headline: 'all-access-key-inactive' },
    fix: ['subscriptions/master properties.state: suspended -> active'],
  },
  {
    name: 'the all-access subscription is cancelled, and no cause for ordinary subscriptions is named',
    paste: call,
    given: { 'subscriptions/master': { properties: { ...keys, state: 'cancelled' } } },
    expect: { confirmed: ['all-access-key-inactive'] },
    fix: ['subscriptions/master properties.state: cancelled -> active'],
  },
  {
    name: 'the healthy twin: the all-access key is sent and its subscription is active',
    paste: call,
    given: { 'subscriptions/master': { properties: keys } },
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'the all-access subscription is suspended, but the call had another key',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: {
      'subscriptions/master': { properties: { ...keys, state: 'suspended' } },
      'subscriptions/mobile-app': { properties: { state: 'suspended' } },
    },
    expect: { confirmed: ['subscription-suspended'] },
  },
  {
    name: 'the Test tab shows no key, and the all-access subscription that it uses is suspended',
    paste: `In the Test tab of the Azure portal:\n${answered('invalid')}`,
    given: { 'subscriptions/master': { properties: { ...keys, state: 'suspended' } } },
    expect: { confirmed: [], suspected: ['all-access-key-inactive'] },
    fix: null,
  },
];
