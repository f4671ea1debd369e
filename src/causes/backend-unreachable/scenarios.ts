import type { Scenario } from '../contract.ts';

const failed = '{ "statusCode": 500, "message": "Internal server error", "activityId": "50b0a66a-f903-4596-b61f-7ae7da784988" }';

export const scenarios: readonly Scenario[] = [
  {
    name: 'the gateway log says that the connection to the backend failed',
    paste:
      'url: https://contoso.azure-api.net/echo/resource, responseCode: 500, lastError: { "source": "forward-request", "reason": "BackendConnectionFailure", "message": "Unable to connect to the remote server" }',
    given: {},
    expect: { confirmed: ['backend-unreachable'], headline: 'backend-unreachable' },
    fix: null,
  },
  {
    name: "only the gateway's Internal server error is shown",
    paste: `HTTP/1.1 500 Internal Server Error\n\n${failed}`,
    given: {},
    expect: { confirmed: [], suspected: ['backend-unreachable'] },
  },
  {
    name: 'a monitor reports a gateway timeout',
    paste: 'GET https://contoso.azure-api.net/echo/resource -> 504 GatewayTimeout',
    given: {},
    expect: { confirmed: [], suspected: ['backend-unreachable'] },
  },
  {
    name: 'the healthy twin: the backend answers, with a 401 of its own',
    paste: 'https://shop.azurewebsites.net/api\nHTTP/1.1 401 Unauthorized\n\nYou do not have permission to view this directory or page.',
    given: {},
    expect: { confirmed: [], suspected: ['app-service-auth-rejects'] },
  },
  {
    name: "another product's 503 is its own",
    paste: 'curl -i https://api.openai.com/v1/models\nHTTP/1.1 503 Service Unavailable',
    given: {},
    expect: { confirmed: [], headline: null },
  },
];
