import type { Scenario } from '../contract.ts';
import { answered } from '../sample-pastes.ts';

const gateway = {
  'gateways/factory': { properties: { locationData: { name: 'Factory hall' } } },
  'gateways/factory/hostnameConfigurations/default': { properties: { hostname: 'api.factory.example' } },
};
const atFactory = (paste: string): string => paste.replaceAll('contoso.azure-api.net', 'api.factory.example');

export const scenarios: readonly Scenario[] = [
  {
    name: 'the log of the self-hosted gateway says that its configuration cannot be reached',
    paste: `Our self-hosted gateway logs: failed to connect to contoso.configuration.azure-api.net\n${atFactory(answered('invalid'))}`,
    given: gateway,
    expect: { confirmed: [], suspected: ['gateway-configuration-unreachable'], headline: 'gateway-configuration-unreachable' },
    fix: null,
  },
  {
    name: 'an unknown key at the self-hosted gateway says nothing about its configuration',
    paste: atFactory(answered('invalid')),
    given: gateway,
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'the healthy twin: the self-hosted gateway fetched its configuration and refuses a call',
    paste: `Our self-hosted gateway answers:\n${atFactory(answered('invalid'))}`,
    given: gateway,
    expect: { confirmed: [], headline: null },
  },
];
