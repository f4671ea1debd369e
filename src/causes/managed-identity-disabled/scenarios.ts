import type { Scenario } from '../contract.ts';
import { aiTokenRefused, echoAtOpenAi, echoPolicy, emptyRefusal, withIdentity } from '../sample-backend.ts';

const ignoring = '<authentication-managed-identity resource="https://cognitiveservices.azure.com" ignore-error="true" />';
const client = '00000000-0000-4000-8000-0000000000c7';
const asUser = `<authentication-managed-identity resource="api://orders" client-id="${client}" />`;

export const scenarios: readonly Scenario[] = [
  {
    name: 'the identity was switched off and the policy goes on without a token',
    paste: aiTokenRefused,
    given: { ...echoAtOpenAi, ...echoPolicy(ignoring) },
    expect: { confirmed: [], suspected: ['managed-identity-disabled'], headline: 'managed-identity-disabled' },
    fix: null,
  },
  {
    name: 'a user-assigned identity that is not assigned to the service',
    paste: emptyRefusal,
    given: { ...withIdentity, ...echoPolicy(asUser) },
    expect: { confirmed: [], suspected: ['managed-identity-disabled'] },
  },
  {
    name: 'a 500 of the gateway, which is what a missing identity usually gives',
    paste: [
      '> GET /echo/resource HTTP/1.1',
      '> Host: contoso.azure-api.net',
      '>',
      '< HTTP/1.1 500 Internal Server Error',
      '<',
      '{ "statusCode": 500, "message": "Internal server error", "activityId": "00000000-0000-4000-8000-0000000000b7" }',
    ].join('\n'),
    given: { ...echoAtOpenAi, ...echoPolicy(ignoring.replace(' ignore-error="true"', '')) },
    expect: { confirmed: [], suspected: ['backend-unreachable', 'managed-identity-disabled'] },
  },
  {
    name: 'the healthy twin: the user-assigned identity is assigned',
    paste: emptyRefusal,
    given: {
      '.': {
        identity: {
          type: 'UserAssigned',
          userAssignedIdentities: {
            '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/gw':
              {
                clientId: client,
                principalId: '00000000-0000-4000-8000-0000000000c8',
              },
          },
        },
      },
      ...echoPolicy(asUser),
    },
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'a service without identities whose policies use none',
    paste: emptyRefusal,
    given: {},
    expect: { confirmed: [], headline: null },
  },
];
