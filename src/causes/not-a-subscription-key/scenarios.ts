import type { Scenario } from '../contract.ts';
import { calledWith } from '../sample-pastes.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'the id of the Azure subscription is sent as the key',
    paste: calledWith('Ocp-Apim-Subscription-Key: 00000000-0000-4000-8000-000000000001'),
    given: {},
    expect: { confirmed: ['not-a-subscription-key'], headline: 'not-a-subscription-key' },
    fix: null,
  },
  {
    name: 'the id of the API Management subscription is sent as the key',
    paste: calledWith('Ocp-Apim-Subscription-Key: mobile-app'),
    given: {},
    expect: { confirmed: ['not-a-subscription-key'] },
  },
  {
    name: 'some other GUID is sent as the key',
    paste: calledWith('Ocp-Apim-Subscription-Key: 7c9e6679-7425-40de-944b-e07fc1f90ae7'),
    given: {},
    expect: { confirmed: [], suspected: ['not-a-subscription-key'] },
  },
  {
    name: 'a subscription whose key really is a GUID is not blamed for its form',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: { 'subscriptions/mobile-app': { properties: { state: 'suspended', primaryKey: '7c9e6679-7425-40de-944b-e07fc1f90ae7' } } },
    expect: { confirmed: ['subscription-suspended'] },
  },
  {
    name: 'the healthy twin: a key that nobody has, of the usual form, is not called an id',
    paste: calledWith('Ocp-Apim-Subscription-Key: 0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f'),
    given: {},
    expect: { confirmed: [], headline: null },
  },
];
