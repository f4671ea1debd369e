import type { Scenario } from '../contract.ts';
import { answered, calledWith } from '../sample-pastes.ts';

const regional = 'contoso-northeurope-01.regional.azure-api.net';
const several = {
  '.': {
    sku: { name: 'Premium', capacity: 1 },
    properties: { additionalLocations: [{ location: 'North Europe', gatewayRegionalUrl: `https://${regional}`, disableGateway: false }] },
  },
};

export const scenarios: readonly Scenario[] = [
  {
    name: 'the gateway of one region refuses a key that is right in Azure',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}').replace('Host: contoso.azure-api.net', `Host: ${regional}`),
    given: several,
    expect: { confirmed: [], suspected: ['regional-gateway-stale'], headline: 'regional-gateway-stale' },
    fix: null,
  },
  {
    name: 'the words say that only one region refuses the key',
    paste: `It fails only in the north region:\n${answered('invalid')}`,
    given: several,
    expect: { confirmed: [], suspected: ['regional-gateway-stale'] },
  },
  {
    name: 'the words name the region by its name',
    paste: `Only calls from North Europe fail, the others are fine:\n${answered('invalid')}`,
    given: several,
    expect: { confirmed: [], suspected: ['regional-gateway-stale'] },
  },
  {
    name: 'a suspended key at the gateway of one region is not blamed on the region',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}').replace('Host: contoso.azure-api.net', `Host: ${regional}`),
    given: { ...several, 'subscriptions/mobile-app': { properties: { state: 'suspended' } } },
    expect: { confirmed: ['subscription-suspended'] },
  },
  {
    name: 'the healthy twin: a service in one region, whatever the words say',
    paste: `It fails only in the north region:\n${answered('invalid')}`,
    given: {},
    expect: { confirmed: [], headline: null },
  },
];
