import type { Scenario } from '../contract.ts';
import { echoAt, echoPolicy, emptyRefusal, throughGateway } from '../sample-backend.ts';

const functionApp = echoAt('https://orders-func.azurewebsites.net/api');
const keyHeader = '<set-header name="x-functions-key" exists-action="override"><value>{{func-key}}</value></set-header>';
const namedValue = { 'namedValues/func-key': { properties: { displayName: 'func-key', secret: true, value: 'made-up-value' } } };

export const scenarios: readonly Scenario[] = [
  {
    name: 'a function app answers without a body, and a policy shows it a key from a named value',
    paste: emptyRefusal,
    given: { ...functionApp, ...namedValue, ...echoPolicy(keyHeader) },
    expect: { confirmed: [], suspected: ['function-key-stale'], headline: 'function-key-stale' },
    fix: null,
  },
  {
    name: 'a backend entity, as the import of a function app makes it, brings the key',
    paste: emptyRefusal,
    given: {
      ...namedValue,
      ...echoPolicy('<set-backend-service backend-id="func" />'),
      'backends/func': {
        properties: {
          url: 'https://orders-func.azurewebsites.net/api',
          protocol: 'http',
          resourceId:
            'https://management.azure.com/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.Web/sites/orders-func',
          credentials: { header: { 'x-functions-key': ['{{func-key}}'] } },
        },
      },
    },
    expect: { confirmed: [], suspected: ['function-key-stale'] },
  },
  {
    name: 'the healthy twin: the answer has words, so it is not how a function refuses its key',
    paste: throughGateway(['{"error":"account is locked"}', 'Content-Type: application/json']),
    given: { ...functionApp, ...namedValue, ...echoPolicy(keyHeader) },
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'a function app that the gateway shows no key',
    paste: emptyRefusal,
    given: functionApp,
    expect: { confirmed: [], headline: null },
  },
];
