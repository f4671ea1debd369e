import type { Scenario } from '../contract.ts';

const stuck = 'Our API Management instance is stuck in Activating for more than two hours.';
const state = (provisioningState: string) => ({ '.': { properties: { provisioningState } } });

export const scenarios: readonly Scenario[] = [
  {
    name: 'a new service is still being activated',
    paste: stuck,
    given: state('Activating'),
    expect: { confirmed: ['provisioning-stuck'], headline: 'provisioning-stuck' },
    fix: null,
  },
  {
    name: 'the last change of the service failed',
    paste: 'The deployment of our API Management service failed, provisioningState: Failed',
    given: state('Failed'),
    expect: { confirmed: ['provisioning-stuck'] },
  },
  {
    name: 'the service may not be read while somebody says that it is stuck',
    paste: stuck,
    given: state('Activating'),
    denied: ['Microsoft.ApiManagement/service/read'],
    expect: { confirmed: ['arm-permission-missing'], suspected: ['provisioning-stuck'] },
  },
  {
    name: 'the healthy twin: the service has finished by now',
    paste: stuck,
    given: {},
    expect: { confirmed: [], headline: null },
  },
];
