import type { Scenario } from '../contract.ts';

const graph = 'eyJhbGciOiJub25lIn0.eyJhdWQiOiJodHRwczovL2dyYXBoLm1pY3Jvc29mdC5jb20ifQ.x';
const own = 'eyJhbGciOiJub25lIn0.eyJhdWQiOiJodHRwczovL21hbmFnZW1lbnQuYXp1cmUuY29tLyJ9.x';
const call = (token: string) =>
  [
    `curl -i "https://management.azure.com/subscriptions?api-version=2022-12-01" -H "Authorization: Bearer ${token}"`,
    'HTTP/1.1 401 Unauthorized',
    '',
    '{"error":{"code":"InvalidAuthenticationToken","message":"The access token is invalid."}}',
  ].join('\n');

export const scenarios: readonly Scenario[] = [
  {
    name: "Azure's management API says that the audience is wrong",
    paste:
      'HTTP/1.1 401 Unauthorized\n\n{"error":{"code":"InvalidAuthenticationTokenAudience","message":"The access token has been obtained for wrong audience or resource \'https://graph.microsoft.com\'."}}',
    given: {},
    expect: { confirmed: ['arm-token-wrong-audience'], headline: 'arm-token-wrong-audience' },
    fix: null,
  },
  {
    name: 'a token for Microsoft Graph is sent to the management API',
    paste: call(graph),
    given: {},
    expect: { confirmed: ['arm-token-wrong-audience'] },
  },
  {
    name: 'the healthy twin: a token for the management API, refused for another reason',
    paste: call(own),
    given: {},
    expect: { confirmed: [], headline: null },
  },
];
