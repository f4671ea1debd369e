// The gateway keeps the issuer's signing keys for an hour, and looks for an unknown one at most once in five minutes (field guide P05).
// No source says that saving a policy empties that cache: waiting comes first.
import { type Cause, defineRule, ruledOut, suspected, unknown } from '../contract.ts';
import { complaint } from '../key-check.ts';
import { notThere, statementEvidence } from '../policy-check.ts';
import { tokenRefused } from '../token-check.ts';
import { tokenPolicies } from '../token-policy.ts';
import { fix } from './fix.ts';

const signs =
  /TokenSignatureKeyNotFound|TokenSignatureInvalid|IDX10501|IDX10503|IDX10511|IDX10500|IDX10516|signature validation failed|unable to match key/i;

export const rule = defineRule({
  id: 'signing-keys-rotated',
  code: 'P05',
  stage: 'policy',
  title: 'The issuer may have changed its signing keys',
  best: 'suspected',
  needs: [],
  wants: ['policies', 'namedValues'],
  applies: tokenRefused,

  check({ symptom, policies, namedValues }) {
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
      return ruledOut('Nothing in the answer speaks of a signature.', complaint(symptom, 'a reason such as TokenSignatureKeyNotFound'));
    }
    const key = token?.kid == null ? '' : ` The token names the key "${token.kid}": look for it under the jwks_uri of the issuer.`;
    const where = check === undefined ? '' : ` The keys are fetched by ${check.step.where}.`;
    const keys = check?.openidUrls.known[0] ?? 'the tenant';
    return suspected(
      `The gateway could not check the signature of the token.${key}${where} It keeps the keys of an issuer for up to an hour, so after a change of keys wait that long first; if it goes on, save the policy again. A token that was altered on its way looks the same.`,
      complaint(symptom, 'a signature that the gateway can check'),
      ...(check === undefined ? [] : [statementEvidence(check.step, `keys from ${keys}`, 'the key that signed the token')]),
    );
  },
});

export const cause: Cause = { rule, fix };
