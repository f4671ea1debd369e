// Two tokens that people take for an access token of their API: one of Microsoft Graph, which nobody else can validate, and an ID token,
// which says who signed in and opens nothing (field guide P10; learn.microsoft.com/entra/identity-platform/access-tokens).
import type { PastedToken } from '../../symptom/symptom.ts';
import { type Cause, confirmed, defineRule, ruledOut, unknown } from '../contract.ts';
import { notThere, statementEvidence } from '../policy-check.ts';
import { tokenRefused } from '../token-check.ts';
import { tokenPolicies } from '../token-policy.ts';

const graph =
  /^(?:00000003-0000-0000-c000-000000000000|https:\/\/graph\.microsoft\.(?:com|us)\/?|https:\/\/microsoftgraph\.chinacloudapi\.cn\/?|00000002-0000-0000-c000-000000000000|https:\/\/graph\.windows\.net\/?)$/i;

export const rule = defineRule({
  id: 'wrong-kind-of-token',
  code: 'P10',
  stage: 'policy',
  title: 'The token is not an access token for this API',
  best: 'confirmed',
  needs: [],
  wants: ['policies', 'namedValues'],
  applies: (symptom) => tokenRefused(symptom) && symptom.token !== null,

  check({ symptom, policies, namedValues }) {
    const { token } = symptom;
    if (token === null) return unknown('The paste shows no token.');
    if (policies.status === 'unreadable') return unknown(policies.says);
    const [check] = tokenPolicies(policies.value, namedValues);
    if (check === undefined)
      return notThere(
        policies.value,
        'No statement that runs for this call checks a token.',
        'no validate-jwt or validate-azure-ad-token',
        'one',
      );
    const kind = kindOf(token, check.audiences.known);
    const seen = {
      at: `paste#/line/${token.line}`,
      observed: kind?.observed ?? `aud ${token.aud.join(', ')}`,
      expected: 'an access token for this API',
    };
    const asks = statementEvidence(check.step, `<${check.kind}>`, 'an access token for this API');
    return kind === null
      ? ruledOut('The token has the form of an access token for an API of its own.', seen, asks)
      : confirmed(kind.says, seen, asks);
  },
});

function kindOf(token: PastedToken, accepted: readonly string[]): { readonly says: string; readonly observed: string } | null {
  const forGraph = token.aud.find((aud) => graph.test(aud));
  if ((forGraph !== undefined || token.hasNonce) && !token.aud.some((aud) => accepted.includes(aud))) {
    return {
      says: 'The token is one for Microsoft Graph, which only Graph can validate. Ask for a scope of this API (api://{its client id}/.default, or a scope that it exposes) instead of User.Read or https://graph.microsoft.com/.default.',
      observed: forGraph === undefined ? 'a nonce in the header, as tokens of Graph have it' : `aud ${forGraph}`,
    };
  }
  const has = (name: string): boolean => token.claimNames.includes(name);
  const opens = has('scp') || has('roles') || has('appid') || has('azp') || has('scope');
  const signs = ['at_hash', 'c_hash', 'nonce'].filter(has);
  if (opens || signs.length === 0) return null;
  return {
    says: 'The token is an ID token: it says who signed in and opens no API. Send the access token that came with it (access_token, not id_token).',
    observed: `claims ${signs.join(', ')} and neither scp nor roles`,
  };
}

export const cause: Cause = { rule, fix: null };
