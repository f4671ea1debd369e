import type { Scenario } from '../contract.ts';

const estate = {
  'gateways/factory': { properties: { locationData: { name: 'Factory hall' }, description: 'On the ground' } },
  'gateways/factory/hostnameConfigurations/default': { properties: { hostname: 'api.factory.example' } },
  'gateways/factory/apis/orders': {},
};

const notFound = (host: string): string =>
  [
    '> GET /echo/resource HTTP/1.1',
    `> Host: ${host}`,
    '>',
    '< HTTP/1.1 404 Resource Not Found',
    '< Content-Type: application/json',
    '<',
    '{ "statusCode": 404, "message": "Resource not found" }',
  ].join('\n');

export const scenarios: readonly Scenario[] = [
  {
    name: 'an API that is not assigned to the self-hosted gateway is called there',
    paste: notFound('api.factory.example'),
    given: estate,
    expect: { confirmed: ['api-not-on-gateway'], headline: 'api-not-on-gateway' },
    fix: ['gateways/factory/apis/echo: create'],
  },
  {
    name: 'the words name the self-hosted gateway, under a host that nobody configured',
    paste: `Our self-hosted gateway answers:\n${notFound('gateway.internal.example')}`,
    given: estate,
    expect: { confirmed: ['api-not-on-gateway'] },
  },
  {
    name: 'a host that nobody configured answers 404, and the only self-hosted gateway lacks the API',
    paste: notFound('10-gateway.plant.example'),
    given: estate,
    expect: { confirmed: [], suspected: ['api-not-on-gateway'] },
    fix: null,
  },
  {
    name: 'the gateway in Azure answers 404 for an operation that is not there, whatever the self-hosted one has',
    paste: notFound('contoso.azure-api.net').replace('/echo/resource', '/echo/nothing'),
    given: estate,
    expect: { confirmed: ['operation-not-found'] },
  },
  {
    name: 'the healthy twin: the API is assigned to the gateway that was called',
    paste: notFound('api.factory.example'),
    given: { ...estate, 'gateways/factory/apis/echo': {} },
    expect: { confirmed: [], headline: null },
  },
];
