// A token has a first and a last second. The policy allows for clocks that differ only where it says so: clock-skew is 0 by default
// (field guide P03; learn.microsoft.com/azure/api-management/validate-jwt-policy).
import { type Cause, defineRule } from '../contract.ts';
import { type Judged, judgeToken, tokenRefused } from '../token-check.ts';
import type { TokenPolicy } from '../token-policy.ts';
import { fix } from './fix.ts';

export const rule = defineRule({
  id: 'token-expired-or-clock-skew',
  code: 'P03',
  stage: 'policy',
  title: 'The token is outside its time',
  best: 'confirmed',
  needs: [],
  wants: ['policies', 'namedValues'],
  applies: tokenRefused,

  check(input) {
    return judgeToken(input, {
      judge: (policy, token) => judge(policy, token, input.at),
      signs: /TokenExpired|IDX10223|IDX10222|lifetime validation failed|token (?:is|has) expired|not yet valid/i,
      asks: () => true,
      wants: (policy) => `it allows for ${policy.skew ?? 'an unknown number of'} seconds of difference between clocks.`,
      fine: 'The token was within its time.',
    });
  },
});

function judge(policy: TokenPolicy, token: { readonly exp: number | null; readonly nbf: number | null }, at: Date): Judged {
  const now = Math.floor(at.getTime() / 1000);
  const late = token.exp === null ? 0 : now - token.exp;
  const early = token.nbf === null ? 0 : token.nbf - now;
  if (late <= 0 && early <= 0) return null;
  if (policy.skew === null) return 'unclear';
  const expected = `a token valid at ${at.toISOString()} within ${policy.skew} s`;
  if (token.exp !== null && late > policy.skew) {
    return {
      says: `The token expired at ${moment(token.exp)}, ${span(late)} before the call. Get a fresh one when the old one is about to end.${small(late)}`,
      observed: `exp ${moment(token.exp)}`,
      expected,
      certain: true,
    };
  }
  if (token.nbf === null || early <= policy.skew) return null;
  return {
    says: `The token is not valid yet: it begins at ${moment(token.nbf)}, ${span(early)} after the call. The clocks of issuer and gateway differ, or the token was made for later.${small(early)}`,
    observed: `nbf ${moment(token.nbf)}`,
    expected,
    certain: true,
  };
}

/** A claim's seconds as a date; any number may stand there. */
function moment(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? `second ${seconds}` : date.toISOString();
}

function small(seconds: number): string {
  return seconds <= 300 ? ' Clocks may differ by that much: clock-skew="300" in the policy allows for it.' : '';
}

function span(seconds: number): string {
  if (seconds < 120) return `${seconds} seconds`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)} minutes`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)} hours` : `${Math.floor(seconds / 86_400)} days`;
}

export const cause: Cause = { rule, fix };
