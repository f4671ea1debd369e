import type { Scenario } from '../contract.ts';
import { answered, calledWith } from '../sample-pastes.ts';

const stale = '0badc0de0badc0de0badc0de0badc0de';

const preset = {
  'apis/echo/operations/create': {
    properties: {
      request: {
        description: 'Creates one',
        queryParameters: [{ name: 'dry', type: 'boolean', values: ['true', 'false'] }],
        headers: [
          { name: 'Ocp-Apim-Subscription-Key', type: 'string', required: false, defaultValue: stale, values: [stale] },
          { name: 'X-Tenant', type: 'string', defaultValue: 'north', values: ['north', 'south'] },
        ],
        representations: [{ contentType: 'application/json' }],
      },
    },
  },
};

export const scenarios: readonly Scenario[] = [
  {
    name: 'a console calls an operation that has a key in its definition',
    paste: calledWith(`Ocp-Apim-Subscription-Key: ${stale}`, '/echo/resource', 'POST'),
    given: preset,
    expect: { confirmed: ['hard-coded-key-in-operation-header'], headline: 'hard-coded-key-in-operation-header' },
    fix: ['apis/echo/operations/create properties.request: removes header Ocp-Apim-Subscription-Key'],
  },
  {
    name: 'the paste does not say which operation was called, and one of the API has a key in its definition',
    paste: answered('invalid'),
    given: preset,
    expect: { confirmed: ['hard-coded-key-in-operation-header'] },
  },
  {
    name: 'another operation of the API has the key in its definition, not the one that was called',
    paste: calledWith(`Ocp-Apim-Subscription-Key: 0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f`, '/echo/resource', 'GET'),
    given: preset,
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'the request carried another key than the one in the definition',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}', '/echo/resource', 'POST'),
    given: { ...preset, 'subscriptions/mobile-app': { properties: { state: 'suspended' } } },
    expect: { confirmed: ['subscription-suspended'] },
  },
  {
    name: 'the healthy twin: the header is listed in the definition without a value',
    paste: calledWith(`Ocp-Apim-Subscription-Key: 0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f`, '/echo/resource', 'POST'),
    given: {
      'apis/echo/operations/create': {
        properties: { request: { headers: [{ name: 'Ocp-Apim-Subscription-Key', type: 'string', required: true, values: [] }] } },
      },
    },
    expect: { confirmed: [], headline: null },
  },
];
