// The audience that a token is made for is compared letter by letter: `api://GUID`, the bare GUID and a trailing slash all differ
// (field guide P02; v1 tokens carry the first, v2 tokens the second).
import { type Cause, defineRule } from '../contract.ts';
import { type Judged, judgeToken, quoted, tokenRefused } from '../token-check.ts';
import { type TokenPolicy, twinOf } from '../token-policy.ts';
import { fix } from './fix.ts';

export const rule = defineRule({
  id: 'token-audience-mismatch',
  code: 'P02',
  stage: 'policy',
  title: 'The token is made for another audience',
  best: 'confirmed',
  needs: [],
  wants: ['policies', 'namedValues'],
  applies: tokenRefused,

  check(input) {
    return judgeToken(input, {
      judge: (policy, token) => judge(policy, token.aud),
      signs: /TokenAudienceNotAllowed|IDX10214|IDX10206|audience validation failed|audience is (?:invalid|incorrect|not allowed)/i,
      asks: (policy) => accepted(policy).length > 0 || policy.audiences.open > 0,
      wants: (policy) => `the audience (claim aud) has to be ${quoted(accepted(policy))}.`,
      fine: 'The audience of the token is one that the policy accepts, or it asks for none.',
    });
  },
});

function judge(policy: TokenPolicy, aud: readonly string[]): Judged {
  const allowed = accepted(policy);
  const open = policy.audiences.open + policy.backends.open + openClaims(policy);
  if (allowed.length === 0 && open === 0) return null;
  if (aud.some((one) => allowed.includes(one))) return null;
  if (open > 0) return 'unclear';
  return {
    says: `The token is made for ${aud.length === 0 ? 'no audience' : quoted(aud)}, and the policy accepts ${quoted(allowed)}.${nearness(aud, allowed)}`,
    observed: `aud ${quoted(aud)}`,
    expected: `aud ${quoted(allowed)}`,
    certain: true,
  };
}

function nearness(aud: readonly string[], allowed: readonly string[]): string {
  if (aud.map(twinOf).some((one) => one !== null && allowed.includes(one)))
    return ' The two name the same application, in the spelling of token version 1 and of version 2: accept both, or set the token version in the registration of the API.';
  const bare = (text: string): string => text.replace(/\/$/, '').toLowerCase();
  if (aud.some((one) => allowed.some((other) => bare(other) === bare(one))))
    return ' They differ by the slash at the end or by capital letters alone.';
  return ' Ask for a token for the scope or resource of this API, or have this audience added to the policy.';
}

/** Audiences by any of the three ways in which a policy asks for one. */
function accepted(policy: TokenPolicy): readonly string[] {
  const claims = policy.claims.filter(({ name }) => name === 'aud').flatMap(({ known }) => known);
  const backends = policy.backends.known.flatMap((id) => [id, `api://${id}`]);
  return [...new Set([...policy.audiences.known, ...claims, ...backends])];
}

function openClaims(policy: TokenPolicy): number {
  return policy.claims.filter(({ name }) => name === 'aud').reduce((sum, { open }) => sum + open, 0);
}

export const cause: Cause = { rule, fix };
