import type { Scenario } from '../contract.ts';
import { policy, refused, token, validateJwt } from '../sample-policies.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'a token without the word Bearer before it',
    paste: refused('JWT not present.', [`Authorization: ${token()}`]),
    given: { 'apis/echo/policies/policy': policy(validateJwt(undefined, ' require-scheme="Bearer"')) },
    expect: { confirmed: ['token-scheme-mismatch'], headline: 'token-scheme-mismatch' },
  },
  {
    name: 'the healthy twin: the word is there',
    paste: refused('Invalid JWT.', [`Authorization: Bearer ${token()}`]),
    given: { 'apis/echo/policies/policy': policy(validateJwt(undefined, ' require-scheme="Bearer"')) },
    expect: { confirmed: [], suspected: ['signing-keys-rotated'] },
  },
  {
    name: 'a custom header is looked into without a scheme',
    paste: refused('Invalid JWT.', [`Authorization: ${token()}`]),
    given: {
      'apis/echo/policies/policy': policy(validateJwt(undefined, ' require-scheme="Bearer"').replace('"Authorization"', '"X-Token"')),
    },
    expect: { confirmed: [], suspected: ['signing-keys-rotated'] },
  },
];
