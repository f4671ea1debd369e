import type { Scenario } from '../contract.ts';
import { answered, calledWith } from '../sample-pastes.ts';

const lost = 'Ocp-Apim-Subscription-Key: 5eed5eed5eed5eed5eed5eed5eed5eed';
const young = { '.': { properties: { createdAtUtc: '2026-11-12T08:00:00Z' } } };

export const scenarios: readonly Scenario[] = [
  {
    name: 'the words say that the service was restored from a backup',
    paste: `Since we restored the service from its backup:\n${answered('invalid')}`,
    given: {},
    expect: { confirmed: [], suspected: ['service-restored-or-moved'] },
    fix: null,
  },
  {
    name: 'a service that is eight days old does not know the key',
    paste: calledWith(lost),
    given: young,
    expect: { confirmed: [], suspected: ['service-restored-or-moved'] },
  },
  {
    name: 'a restored service knows the key, which is suspended',
    paste: `Since we restored the service from its backup:\n${calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}')}`,
    given: { ...young, 'subscriptions/mobile-app': { properties: { state: 'suspended' } } },
    expect: { confirmed: ['subscription-suspended'] },
  },
  {
    name: 'the healthy twin: a service that is a year old does not know the key',
    paste: calledWith(lost),
    given: {},
    expect: { confirmed: [], headline: null },
  },
];
