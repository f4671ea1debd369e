import type { Scenario } from '../contract.ts';
import { policy, refused, token, validateJwt } from '../sample-policies.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'a token was sent, and nothing but the console settings knows of it',
    paste: refused('', [`Authorization: Bearer ${token()}`]),
    given: { 'apis/echo': { properties: { authenticationSettings: { oAuth2: { authorizationServerId: 'entra' } } } } },
    expect: { confirmed: [], suspected: ['oauth-settings-not-enforced'], headline: 'oauth-settings-not-enforced' },
  },
  {
    name: 'the healthy twin: a policy checks the token',
    paste: refused('Invalid JWT.', [`Authorization: Bearer ${token()}`]),
    given: {
      'apis/echo': { properties: { authenticationSettings: { oAuth2: { authorizationServerId: 'entra' } } } },
      'apis/echo/policies/policy': policy(validateJwt()),
    },
    expect: { confirmed: [], suspected: ['signing-keys-rotated'] },
  },
  {
    name: 'no settings, so nobody can have relied on them',
    paste: refused('', [`Authorization: Bearer ${token()}`]),
    given: {},
    expect: { confirmed: [] },
  },
];
