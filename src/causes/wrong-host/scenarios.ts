import type { Scenario } from '../contract.ts';
import { calledWith } from '../sample-pastes.ts';

const notFound = (host: string, path = '/echo/resource'): string =>
  [
    `> GET ${path} HTTP/1.1`,
    `> Host: ${host}`,
    '>',
    '< HTTP/1.1 404 Not Found',
    '< Content-Type: application/json',
    '<',
    '{ "statusCode": 404, "message": "Resource not found" }',
  ].join('\n');

const test = '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.ApiManagement/service/contoso-test';

export const scenarios: readonly Scenario[] = [
  {
    name: 'the developer portal is called instead of the gateway',
    paste: notFound('contoso.developer.azure-api.net'),
    given: { 'portalRevisions/20261101': { properties: { status: 'completed', isCurrent: true } } },
    expect: { confirmed: ['wrong-host'], headline: 'wrong-host' },
    fix: null,
  },
  {
    name: 'the name of the service is called in another cloud',
    paste: notFound('contoso.azure-api.us'),
    given: {},
    expect: { confirmed: ['wrong-host'] },
  },
  {
    name: 'a custom host of the developer portal is called',
    paste: notFound('developers.contoso.example'),
    given: { '.': { properties: { hostnameConfigurations: [{ type: 'DeveloperPortal', hostName: 'developers.contoso.example' }] } } },
    expect: { confirmed: ['wrong-host'], suspected: ['operation-not-found'] },
  },
  {
    name: 'the path belongs to another configured service',
    paste: notFound('contoso.azure-api.net', '/billing/open'),
    given: {
      [test]: {
        location: 'West Europe',
        sku: { name: 'Developer', capacity: 1 },
        properties: { publisherEmail: 'apis@contoso.example', publisherName: 'Contoso' },
      },
      [`${test}/apis/billing`]: {
        properties: { displayName: 'Billing API', path: 'billing', protocols: ['https'], subscriptionRequired: true },
      },
    },
    expect: { confirmed: ['operation-not-found', 'wrong-host'] },
  },
  {
    name: 'a host with a letter too many answers nothing',
    paste: 'curl: (6) Could not resolve host: contosso.azure-api.net',
    given: {},
    expect: { confirmed: [], suspected: ['wrong-host'], headline: 'wrong-host' },
  },
  {
    name: 'the healthy twin: a custom host of the gateway is called',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}').replaceAll('contoso.azure-api.net', 'api.contoso.example'),
    given: {
      '.': { properties: { hostnameConfigurations: [{ type: 'Proxy', hostName: 'api.contoso.example' }] } },
      'subscriptions/mobile-app': { properties: { state: 'suspended' } },
    },
    expect: { confirmed: ['subscription-suspended'] },
  },
];
