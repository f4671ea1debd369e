import type { Scenario } from '../contract.ts';
import { answered, calledWith } from '../sample-pastes.ts';

const state = (provisioningState: string, sku = 'Developer') => ({
  '.': { sku: { name: sku, capacity: 1 }, properties: { provisioningState } },
});

export const scenarios: readonly Scenario[] = [
  {
    name: 'the service failed, which comes before the suspended subscription',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: { ...state('Failed'), 'subscriptions/mobile-app': { properties: { state: 'suspended' } } },
    expect: { confirmed: ['service-not-online', 'subscription-suspended'], headline: 'service-not-online' },
    fix: null,
  },
  {
    name: 'the service is being deleted',
    paste: answered('invalid'),
    given: state('Terminating'),
    expect: { confirmed: ['service-not-online'], headline: 'service-not-online' },
  },
  {
    name: 'the service is being updated, which most tiers survive',
    paste: answered('invalid'),
    given: state('Updating', 'Premium'),
    expect: { confirmed: [], suspected: ['service-not-online'] },
  },
  {
    name: 'the healthy twin: the service is online',
    paste: answered('invalid'),
    given: state('Succeeded'),
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'the service may not be read, so its state is not known',
    paste: answered('invalid'),
    given: state('Failed'),
    denied: ['Microsoft.ApiManagement/service/read'],
    expect: { confirmed: ['arm-permission-missing'], unknown: ['service-not-online'] },
  },
];
