import type { Scenario } from '../contract.ts';
import { logged, policy, refused, refusedToken, token, validateJwt } from '../sample-policies.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'the gateway says that no token was there',
    paste: refused('JWT not present.'),
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    expect: { confirmed: ['token-not-sent'], headline: 'token-not-sent' },
  },
  {
    name: 'a token in a header that the policy does not look into',
    paste: refused('JWT not present.', [`Authorization: Bearer ${token()}`]),
    given: { 'apis/echo/policies/policy': policy(validateJwt().replace('header-name="Authorization"', 'header-name="X-Token"')) },
    expect: { confirmed: ['token-not-sent'], headline: 'token-not-sent' },
  },
  {
    name: 'the log gives the reason, and nothing else is known',
    paste: logged('TokenNotPresent'),
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    expect: { confirmed: ['token-not-sent'], headline: 'token-not-sent' },
  },
  {
    name: 'an empty 401 to a request without a token',
    paste: refused(''),
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    expect: { confirmed: [], suspected: ['token-not-sent'], headline: 'token-not-sent' },
  },
  {
    name: 'the healthy twin: a token was sent, and another fault is not known',
    paste: refusedToken('Invalid JWT.'),
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    expect: { confirmed: [], suspected: ['signing-keys-rotated'] },
  },
  {
    name: 'a policy that is not XML does not cost the answer of the paste',
    paste: refused('JWT not present.'),
    given: { 'apis/echo/policies/policy': { properties: { format: 'rawxml', value: 'this is no policy' } } },
    expect: { confirmed: ['token-not-sent'], unknown: ['policy-returns-401'] },
  },
];
