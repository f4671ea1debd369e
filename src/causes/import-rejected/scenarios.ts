import type { Scenario } from '../contract.ts';

const document = (servers: string, operations: string) =>
  `{"openapi":"3.0.1","info":{"title":"Orders","version":"1"},"servers":[{"url":"${servers}"}],\n"paths":{${operations}}}`;
const get = (id: string, parameters = '[]') => `"/${id}":{"get":{"operationId":"list","parameters":${parameters},"responses":{}}}`;
const failed = 'Importing the API failed: One or more fields contain incorrect values.\n';

export const scenarios: readonly Scenario[] = [
  {
    name: 'the import fails on a document with a relative server URL',
    paste: `${failed}${document('/api/v1', get('a'))}`,
    given: {},
    expect: { confirmed: ['import-rejected'], headline: 'import-rejected' },
    fix: null,
  },
  {
    name: 'an OpenAPI document has an operationId twice',
    paste: document('https://backend.example/api', `${get('a')},\n${get('b')}`),
    given: {},
    expect: { confirmed: ['import-rejected'] },
  },
  {
    name: 'the import fails on a document in YAML with a parameter in a cookie',
    paste: `${failed}openapi: 3.0.1\nservers:\n  - url: https://backend.example/api\npaths:\n  /a:\n    get:\n      operationId: list\n      parameters:\n        - name: session\n          in: cookie\n`,
    given: {},
    expect: { confirmed: ['import-rejected'] },
  },
  {
    name: 'the portal says in words that an operationId is used twice',
    paste: "Failed to import API: operationId 'listOrders' already exists in the specification.",
    given: {},
    expect: { confirmed: ['import-rejected'] },
  },
  {
    name: 'an OpenAPI document with a relative server URL, and no word of an import that failed',
    paste: document('/api/v1', get('a')),
    given: {},
    expect: { confirmed: [], suspected: ['import-rejected'] },
  },
  {
    name: 'the healthy twin: an OpenAPI document without any of this',
    paste: document('https://backend.example/api', get('a')),
    given: {},
    expect: { confirmed: [], headline: null },
  },
];
