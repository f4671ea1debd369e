import type { Scenario } from '../contract.ts';
import { policy, refusedToken, validateJwt } from '../sample-policies.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'a token of Microsoft Graph',
    paste: refusedToken('Invalid JWT.', { aud: '00000003-0000-0000-c000-000000000000' }, { nonce: 'x' }),
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    expect: { confirmed: ['token-audience-mismatch', 'wrong-kind-of-token'], headline: 'wrong-kind-of-token' },
  },
  {
    name: 'an ID token, which opens no API',
    paste: refusedToken('Invalid JWT.', { nonce: 'n', azp: undefined, roles: undefined }),
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    expect: { confirmed: ['wrong-kind-of-token'], headline: 'wrong-kind-of-token' },
  },
  {
    name: 'the healthy twin: an access token with a nonce claim and a scope',
    paste: refusedToken('Invalid JWT.', { nonce: 'n', scp: 'read' }),
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    expect: { confirmed: [], suspected: ['signing-keys-rotated'] },
  },
];
