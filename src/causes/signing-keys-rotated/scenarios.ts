import type { Scenario } from '../contract.ts';
import { logged, policy, refusedToken, validateJwt } from '../sample-policies.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'the log cannot find the key of the signature',
    paste: logged('TokenSignatureKeyNotFound'),
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    fix: ['apis/echo/policies/policy properties.value: as it is'],
    expect: { confirmed: [], suspected: ['signing-keys-rotated'], headline: 'signing-keys-rotated' },
  },
  {
    name: 'all that can be read of the token is in order, which leaves its signature',
    paste: refusedToken('Invalid JWT.'),
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    fix: ['apis/echo/policies/policy properties.value: as it is'],
    expect: { confirmed: [], suspected: ['signing-keys-rotated'], headline: 'signing-keys-rotated' },
  },
  {
    name: 'the healthy twin: the token is refused for what it says',
    paste: refusedToken('Invalid JWT.', { aud: 'https://other.example' }),
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    expect: { confirmed: ['token-audience-mismatch'] },
  },
  {
    name: 'a token of Graph has a signature that nobody else can check',
    paste: refusedToken(
      'JWT Validation Failed: IDX10511: Signature validation failed.',
      { aud: 'https://graph.microsoft.com' },
      { nonce: 'x' },
    ),
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    expect: { confirmed: ['token-audience-mismatch', 'wrong-kind-of-token'] },
  },
];
