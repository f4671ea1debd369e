// The gateway keeps the issuer's signing keys for an hour, and looks for an unknown one at most once in five minutes (field guide P05).
// No source says that saving a policy empties that cache: waiting comes first.
import type { PastedToken, Symptom } from '../../symptom/symptom.ts';
import { type Cause, defineRule, ruledOut, suspected, unknown } from '../contract.ts';
import { complaint } from '../key-check.ts';
import { notThere, statementEvidence } from '../policy-check.ts';
import { tokenRefused } from '../token-check.ts';
import { issuersOf, tenantIn } from '../token-issuers.ts';
import { type TokenPolicy, tokenPolicies } from '../token-policy.ts';
import { fix } from './fix.ts';

const signs =
  /TokenSignatureKeyNotFound|TokenSignatureInvalid|IDX10501|IDX10503|IDX10511|IDX10500|IDX10516|signature validation failed|unable to match key/i;

/** The gateway's own words for every fault of a token but its absence (field guide a.2): they name none. */
function unexplained({ layer, lastError, message }: Symptom): boolean {
  return layer === 'gateway-jwt' && lastError === null && /^\s*Invalid (?:Azure AD )?JWT\.?\s*$/i.test(message ?? '');
}

/** Nothing else of the token can have been refused; false too where that is not known for sure. */
function allElseFits(policy: TokenPolicy, token: PastedToken, at: Date): boolean {
  const { audiences, backends, applications, claims, skew, tenant } = policy;
  const open = audiences.open + backends.open + applications.open + policy.issuers.open + policy.openidUrls.open;
  if (open > 0 || skew === null || claims.length > 0 || policy.step.conditions.length > 0) return false;
  const known = [...audiences.known, ...backends.known.flatMap((id) => [id, `api://${id}`])];
  // A token with a scope or a role is an access token; an ID token has neither.
  if (known.length === 0 || !token.aud.some((one) => known.includes(one)) || token.scopes.length + token.roles.length === 0) return false;
  if (applications.known.length > 0 && !applications.known.some((id) => id.toLowerCase() === token.appid?.toLowerCase())) return false;
  const iss = token.iss ?? '';
  const own = token.tenant?.toLowerCase() ?? tenantIn(iss);
  const issued =
    tenant === null ? issuersOf(policy).some(({ fits, sure }) => sure && fits(iss) === true) : own !== null && own === tenantIn(tenant);
  const now = at.getTime() / 1000;
  return issued && token.exp !== null && now <= token.exp + skew && now >= (token.nbf ?? 0) - skew;
}

export const rule = defineRule({
  id: 'signing-keys-rotated',
  code: 'P05',
  stage: 'policy',
  title: 'The issuer may have changed its signing keys',
  best: 'suspected',
  needs: [],
  wants: ['policies', 'namedValues'],
  applies: tokenRefused,

  check(input) {
    const { symptom, policies, namedValues } = input;
    const { token, lastError, message } = symptom;
    const said = signs.test(lastError?.reason ?? '') || signs.test(message ?? '') || signs.test(symptom.seen.message?.text ?? '');
    if (token?.hasNonce) {
      return ruledOut('The token is one of Microsoft Graph, whose signature nobody else can check.', {
        at: `paste#/line/${token.line}`,
        observed: 'a nonce in the header of the token',
        expected: 'a token for this API',
      });
    }
    if (!said && policies.status === 'unreadable') return unknown(policies.says);
    const checks = policies.status === 'read' ? tokenPolicies(policies.value, namedValues) : [];
    const check = checks.find(
      ({ kind, openidUrls }) => kind === 'validate-azure-ad-token' || openidUrls.known.length + openidUrls.open > 0,
    );
    if (!said) {
      if (check === undefined && policies.status === 'read')
        return notThere(
          policies.value,
          'No statement that runs for this call takes signing keys from an issuer.',
          'no openid-config',
          'one',
        );
      if (check === undefined || token === null || !unexplained(symptom) || !allElseFits(check, token, input.at))
        return ruledOut('Nothing in the answer speaks of a signature.', complaint(symptom, 'a reason such as TokenSignatureKeyNotFound'));
    }
    const key = token?.kid == null ? '' : ` The token names the key "${token.kid}": look for it under the jwks_uri of the issuer.`;
    const where = check === undefined ? '' : ` The keys are fetched by ${check.step.where}.`;
    const keys = check?.openidUrls.known[0] ?? 'the tenant';
    const why = said
      ? 'The gateway could not check the signature of the token.'
      : 'The audience, the issuer and the times of the token are as the policy wants them, which leaves its signature.';
    return suspected(
      `${why}${key}${where} It keeps the keys of an issuer for up to an hour, so after a change of keys wait that long first; if it goes on, save the policy again. A token that was altered on its way looks the same.`,
      complaint(symptom, 'a signature that the gateway can check'),
      ...(check === undefined ? [] : [statementEvidence(check.step, `keys from ${keys}`, 'the key that signed the token')]),
    );
  },
});

export const cause: Cause = { rule, fix };
