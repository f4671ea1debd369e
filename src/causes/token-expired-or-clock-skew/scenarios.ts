import type { Scenario } from '../contract.ts';
import { logged, moment, policy, refusedToken, validateJwt } from '../sample-policies.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'a token that expired hours ago',
    paste: refusedToken('Invalid JWT.', { exp: moment - 7200 }),
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    fix: null,
    expect: { confirmed: ['token-expired-or-clock-skew'], headline: 'token-expired-or-clock-skew' },
  },
  {
    name: 'a token that is not valid for another minute',
    paste: refusedToken('Invalid JWT.', { nbf: moment + 60 }),
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    fix: [
      'apis/echo/policies/policy properties.value: - <validate-jwt header-name="Authorization" failed-validation-httpcode="401"> + <validate-jwt clock-skew="300" header-name="Authorization" failed-validation-httpcode="401">',
    ],
    expect: { confirmed: ['token-expired-or-clock-skew'], headline: 'token-expired-or-clock-skew' },
  },
  {
    name: 'the log names the expiry',
    paste: logged('TokenExpired'),
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    expect: { confirmed: [], suspected: ['token-expired-or-clock-skew'], headline: 'token-expired-or-clock-skew' },
  },
  {
    name: 'the healthy twin: within the clock skew that the policy allows',
    paste: refusedToken('Invalid JWT.', { exp: moment - 60 }),
    given: { 'apis/echo/policies/policy': policy(validateJwt(undefined, ' clock-skew="300"')) },
    expect: { confirmed: [], suspected: ['signing-keys-rotated'] },
  },
];
