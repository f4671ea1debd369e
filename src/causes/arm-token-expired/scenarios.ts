import type { Scenario } from '../contract.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: "Azure's management API says that the token has expired",
    paste:
      'RESPONSE 401: 401 Unauthorized\n{ "error": { "code": "ExpiredAuthenticationToken", "message": "The access token expiry UTC time \'5/13/2024 6:05:58 PM\' is earlier than current UTC time \'5/13/2024 8:21:34 PM\'." } }',
    given: {},
    expect: { confirmed: ['arm-token-expired'], headline: 'arm-token-expired' },
    fix: null,
  },
  {
    name: "the healthy twin: Azure's management API got no token at all",
    paste:
      'StatusCode=401 -- Original Error: Code="AuthenticationFailed" Message="Authentication failed. The \'Authorization\' header is missing."',
    given: {},
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'a token that expired at the gateway is no matter of the management API',
    paste: 'HTTP/1.1 401 Unauthorized\n\n{ "statusCode": 401, "message": "JWT not present." }',
    given: { 'apis/echo': null, 'apis/orders': null },
    expect: { confirmed: ['token-not-sent'] },
  },
];
