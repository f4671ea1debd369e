// Who issued the token: Microsoft Entra has two issuers for one tenant, sts.windows.net (v1) and login.microsoftonline.com/…/v2.0.
// The openid-config URL decides which of the two is accepted, besides those listed (field guide P04).
import { type Cause, defineRule } from '../contract.ts';
import { type Judged, judgeToken, quoted, tokenRefused } from '../token-check.ts';
import { issuersOf, tenantIn } from '../token-issuers.ts';
import type { TokenPolicy } from '../token-policy.ts';

export const rule = defineRule({
  id: 'token-issuer-mismatch',
  code: 'P04',
  stage: 'policy',
  title: 'The token is from another issuer',
  best: 'confirmed',
  needs: [],
  wants: ['policies', 'namedValues'],
  applies: tokenRefused,

  check(input) {
    return judgeToken(input, {
      judge: (policy, token) => judge(policy, token.iss, token.tenant),
      signs: /TokenIssuerNotAllowed|IDX10205|IDX10204|IDX40001|issuer validation failed|wrong issuer/i,
      asks: (policy) => issuersOf(policy).length > 0 || policy.tenant !== null,
      wants: (policy) =>
        policy.tenant === null
          ? `the issuer (claim iss) has to be ${quoted(issuersOf(policy).map(({ shown }) => shown))}.`
          : `the token has to be of the tenant "${policy.tenant}".`,
      fine: 'The issuer of the token is one that the policy accepts.',
    });
  },
});

function judge(policy: TokenPolicy, iss: string | null, tenant: string | null): Judged {
  if (policy.kind === 'validate-azure-ad-token') return judgeTenant(policy, iss, tenant);
  const accepted = issuersOf(policy);
  const claims = policy.claims.filter(({ name }) => name === 'iss');
  const open = policy.issuers.open + policy.openidUrls.open + claims.reduce((sum, one) => sum + one.open, 0);
  if (accepted.length === 0 && open === 0) return null;
  if (iss !== null && accepted.some(({ fits }) => fits(iss) === true)) return null;
  if (open > 0 || (iss !== null && accepted.some(({ fits }) => fits(iss) === 'unclear'))) return 'unclear';
  const sameTenant = iss !== null && accepted.some(({ shown }) => tenantIn(shown) !== null && tenantIn(shown) === tenantIn(iss));
  const todo = sameTenant
    ? ' Both are of the same tenant, one of token version 1 and one of version 2: use the openid-config URL of the version that the token has (…/{tenant}/v2.0/.well-known/openid-configuration for version 2, without /v2.0 for version 1), or list both under <issuers>.'
    : ' Get the token from the right tenant or identity provider, or have this issuer added to the policy.';
  const shown = quoted(accepted.map((one) => one.shown));
  return {
    says: `The token ${iss === null ? 'names no issuer' : `was issued by "${iss}"`}, and the policy accepts ${shown}.${todo}`,
    observed: `iss ${iss === null ? 'none' : `"${iss}"`}`,
    expected: `iss ${shown}`,
    certain: accepted.every(({ sure }) => sure),
  };
}

function judgeTenant(policy: TokenPolicy, iss: string | null, tenant: string | null): Judged {
  const wanted = policy.tenant;
  if (wanted === null) return 'unclear';
  const id = tenantIn(wanted) ?? wanted.toLowerCase();
  if (['common', 'organizations', 'consumers'].includes(id)) return null;
  const own = tenant?.toLowerCase() ?? tenantIn(iss ?? '');
  if (own === id) return null;
  if (tenantIn(id) === null) return 'unclear';
  return {
    says: `The token is of ${own === null ? 'no tenant that it names' : `the tenant ${own}`}, and the policy accepts the tenant ${id}. Get the token from that tenant.`,
    observed: `tid ${own ?? 'none'}`,
    expected: `tid ${id}`,
    certain: own !== null || iss !== null,
  };
}

export const cause: Cause = { rule, fix: null };
