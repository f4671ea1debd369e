import type { Scenario } from '../contract.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'a script signs its calls to the direct management API',
    paste: 'SharedAccessSignature realm="", error="invalid_token", error_description="User is not found or signature is invalid."',
    given: {},
    expect: { confirmed: ['direct-management-api-retired'], headline: 'direct-management-api-retired' },
    fix: null,
  },
  {
    name: 'the host of the direct management API is called',
    paste: 'GET https://contoso.management.azure-api.net/subscriptions/x/apis?api-version=2019-12-01\nHTTP/1.1 401 Unauthorized',
    given: {},
    expect: { confirmed: ['direct-management-api-retired'] },
  },
  {
    name: "the healthy twin: Azure's own management API is called",
    paste:
      'GET https://management.azure.com/subscriptions?api-version=2022-12-01\nHTTP/1.1 401 Unauthorized\n\n{"error":{"code":"InvalidAuthenticationToken","message":"The access token is invalid."}}',
    given: {},
    expect: { confirmed: [], headline: null },
  },
];
