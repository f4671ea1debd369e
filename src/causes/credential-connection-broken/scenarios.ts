import type { Scenario } from '../contract.ts';
import { echoPolicy, emptyRefusal } from '../sample-backend.ts';

const context =
  '<get-authorization-context provider-id="github" authorization-id="reports" context-variable-name="auth" identity-type="managed" ignore-error="true" />';
const header =
  '<set-header name="Authorization" exists-action="override"><value>@("Bearer " + ((Authorization)context.Variables["auth"])?.AccessToken)</value></set-header>';

function connection(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return {
    'authorizationProviders/github': { properties: { displayName: 'GitHub', identityProvider: 'github' } },
    'authorizationProviders/github/authorizations/reports': {
      properties: { authorizationType: 'OAuth2', oauth2grantType: 'AuthorizationCode', ...properties },
    },
  };
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'the connection lost its consent',
    paste: emptyRefusal,
    given: {
      ...echoPolicy(context, header),
      ...connection({ status: 'Error', error: { code: 'Unauthorized', message: 'The refresh token was revoked.' } }),
    },
    expect: { confirmed: [], suspected: ['credential-connection-broken'], headline: 'credential-connection-broken' },
    fix: null,
  },
  {
    name: 'the policy names a connection that is not there',
    paste: emptyRefusal,
    given: echoPolicy(context, header),
    expect: { confirmed: [], suspected: ['credential-connection-broken'] },
  },
  {
    name: 'the healthy twin: the connection is connected',
    paste: emptyRefusal,
    given: { ...echoPolicy(context, header), ...connection({ status: 'Connected' }) },
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'a broken connection that this call does not use',
    paste: emptyRefusal,
    given: connection({ status: 'Error', error: { code: 'Unauthorized', message: 'The refresh token was revoked.' } }),
    expect: { confirmed: [], headline: null },
  },
];
