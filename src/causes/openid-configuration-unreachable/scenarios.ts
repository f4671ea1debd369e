import type { Scenario } from '../contract.ts';
import { policy, refusedToken, validateJwt } from '../sample-policies.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'the issuer has an address of a private network',
    paste: refusedToken('Invalid JWT.', { iss: 'https://login.corp.internal' }),
    given: {
      'apis/echo/policies/policy': policy(
        validateJwt().replace(/url="[^"]*"/, 'url="https://login.corp.internal/.well-known/openid-configuration"'),
      ),
    },
    expect: { confirmed: [], suspected: ['openid-configuration-unreachable'], headline: 'openid-configuration-unreachable' },
  },
  {
    name: 'the answer says that the configuration could not be had',
    paste: refusedToken('IDX20803: Unable to obtain configuration from the issuer.'),
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    expect: { confirmed: [], suspected: ['openid-configuration-unreachable'] },
  },
  {
    name: 'the healthy twin: the issuer has a public address',
    paste: refusedToken('Invalid JWT.'),
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    expect: { confirmed: [], suspected: ['signing-keys-rotated'] },
  },
];
