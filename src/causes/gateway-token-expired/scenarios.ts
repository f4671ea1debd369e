import type { Scenario } from '../contract.ts';
import { answered, calledWith } from '../sample-pastes.ts';

const gateway = {
  'gateways/factory': { properties: { locationData: { name: 'Factory hall' } } },
  'gateways/factory/hostnameConfigurations/default': { properties: { hostname: 'api.factory.example' } },
  'gateways/factory/apis/echo': {},
};
const atFactory = (paste: string): string => paste.replaceAll('contoso.azure-api.net', 'api.factory.example');

export const scenarios: readonly Scenario[] = [
  {
    name: 'the log of the self-hosted gateway speaks of its token',
    paste: `The pod of our self-hosted gateway logs: gateway token expired\n${atFactory(answered('invalid'))}`,
    given: gateway,
    expect: { confirmed: [], suspected: ['gateway-token-expired'], headline: 'gateway-token-expired' },
    fix: null,
  },
  {
    name: 'a key that is right in Azure is refused by the self-hosted gateway',
    paste: atFactory(calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}')),
    given: gateway,
    expect: { confirmed: [], suspected: ['gateway-configuration-unreachable', 'gateway-token-expired'] },
  },
  {
    name: 'a suspended key at the self-hosted gateway is not blamed on its token',
    paste: atFactory(calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}')),
    given: { ...gateway, 'subscriptions/mobile-app': { properties: { state: 'suspended' } } },
    expect: { confirmed: ['subscription-suspended'] },
  },
  {
    name: 'the healthy twin: a custom host of the gateway in Azure',
    paste: atFactory(calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}')),
    given: { '.': { properties: { hostnameConfigurations: [{ type: 'Proxy', hostName: 'api.factory.example' }] } } },
    expect: { confirmed: [], headline: null },
  },
];
