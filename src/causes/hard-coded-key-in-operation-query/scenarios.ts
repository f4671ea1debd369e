import type { Scenario } from '../contract.ts';
import { answered, calledWith } from '../sample-pastes.ts';

const stale = '0badc0de0badc0de0badc0de0badc0de';

const preset = {
  'apis/echo/operations/create': {
    properties: {
      request: {
        description: 'Creates one',
        queryParameters: [
          { name: 'subscription-key', type: 'string', required: true, defaultValue: stale, values: [stale] },
          { name: 'dry', type: 'boolean', values: ['true', 'false'] },
        ],
        headers: [{ name: 'X-Tenant', type: 'string', defaultValue: 'north', values: ['north', 'south'] }],
        representations: [{ contentType: 'application/json' }],
      },
    },
  },
};

export const scenarios: readonly Scenario[] = [
  {
    name: 'a console calls an operation that has a key in its query parameters',
    paste: calledWith('X-Tenant: north', `/echo/resource?subscription-key=${stale}`, 'POST'),
    given: preset,
    expect: { confirmed: ['hard-coded-key-in-operation-query'], headline: 'hard-coded-key-in-operation-query' },
    fix: ['apis/echo/operations/create properties.request: removes parameter subscription-key'],
  },
  {
    name: 'only the answer is shown, and one operation of the API has a key in its query parameters',
    paste: answered('invalid'),
    given: preset,
    expect: { confirmed: ['hard-coded-key-in-operation-query'] },
  },
  {
    name: 'the request carries a key in the header, so the query parameter of the definition is not read',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}', `/echo/resource?subscription-key=${stale}`, 'POST'),
    given: { ...preset, 'subscriptions/mobile-app': { properties: { state: 'suspended' } } },
    expect: { confirmed: ['subscription-suspended'] },
  },
  {
    name: 'the healthy twin: the query parameter is listed in the definition without a value',
    paste: answered('invalid'),
    given: {
      'apis/echo/operations/create': {
        properties: { request: { queryParameters: [{ name: 'subscription-key', type: 'string', required: true, values: [] }] } },
      },
    },
    expect: { confirmed: [], headline: null },
  },
];
