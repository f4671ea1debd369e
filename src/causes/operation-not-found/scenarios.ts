import type { Scenario } from '../contract.ts';

const notFound = (method: string, path: string, host = 'contoso.azure-api.net'): string =>
  `curl -i -X ${method} https://${host}${path}\nHTTP/1.1 404 Resource Not Found\nContent-Type: application/json\n\n{ "statusCode": 404, "message": "Resource not found" }`;

export const scenarios: readonly Scenario[] = [
  {
    name: 'no API has the called path, and one nearly has',
    paste: notFound('GET', '/ecko/resource'),
    given: {},
    expect: { confirmed: ['operation-not-found'], headline: 'operation-not-found' },
    fix: null,
  },
  {
    name: 'the API has the path, but not with this method',
    paste: notFound('DELETE', '/echo/resource'),
    given: {},
    expect: { confirmed: ['operation-not-found'] },
  },
  {
    name: 'the API has no operation for the rest of the path',
    paste: notFound('GET', '/echo/resources/17'),
    given: {},
    expect: { confirmed: ['operation-not-found'] },
  },
  {
    name: "only the gateway's 404 is shown",
    paste: '{ "statusCode": 404, "message": "Resource not found" }',
    given: {},
    expect: { confirmed: [], suspected: ['operation-not-found'] },
  },
  {
    name: 'the healthy twin: the operation is there by now',
    paste: notFound('GET', '/echo/resource'),
    given: {},
    expect: { confirmed: [], headline: null },
  },
  {
    name: "Azure AI's 404 in the same words is not the gateway's",
    paste: "Error code: 404 - {'error': {'code': '404', 'message': 'Resource not found'}}",
    given: {},
    expect: { confirmed: [], headline: null },
  },
];
