// The key check comes first, then the policy asks for a token: a client that sends one of the two gets a 401 of the other
// (field guide P11; SDKs of OpenAI send one header only).

import type { Symptom } from '../../symptom/symptom.ts';
import { type Cause, confirmed, defineRule, ruledOut, suspected, unknown } from '../contract.ts';
import { complaint, sentKeys } from '../key-check.ts';
import { fromPolicy, notThere, statementEvidence, whenItRuns } from '../policy-check.ts';
import { tokenPolicies } from '../token-policy.ts';
import { remedy } from './remedy.ts';

export const rule = defineRule({
  id: 'key-and-token-both-required',
  code: 'P11',
  stage: 'policy',
  title: 'The API asks for a key and a token, and got one of them',
  best: 'confirmed',
  needs: ['api', 'policies'],
  wants: ['namedValues', 'apiProducts'],
  applies: (symptom) => sentOne(symptom) !== null,

  check({ symptom, api, policies, namedValues, apiProducts }) {
    const sent = sentOne(symptom);
    const [check] = tokenPolicies(policies, namedValues);
    if (sent === null) return unknown('The request does not show which of the two was sent.');
    if (check === undefined)
      return notThere(policies, 'No policy that runs for this call asks for a token.', 'no validate-jwt or validate-azure-ad-token', 'one');
    const key = {
      at: `${api.armId}#/properties/subscriptionRequired`,
      observed: String(api.subscriptionRequired),
      expected: 'false, or a key beside the token',
    };
    const open = apiProducts.status === 'read' ? apiProducts.value.find(({ subscriptionRequired }) => !subscriptionRequired) : undefined;
    if (!api.subscriptionRequired) return ruledOut(`${api.displayName} asks for no key, so only the token counts.`, key);
    if (open !== undefined)
      return ruledOut(`The open product ${open.displayName} lets calls without a key in, so only the token counts.`, {
        at: `${open.armId}#/properties/subscriptionRequired`,
        observed: 'false',
        expected: 'true',
      });
    const token = statementEvidence(check.step, `<${check.kind}>`, 'a token beside the key');
    const lacks = sent === 'token' ? `the key (header ${api.keyNames.header})` : `the token (header ${check.header ?? 'Authorization'})`;
    const says = `${api.displayName} asks for a key and for a token, and the request carries the ${sent} alone. Send ${lacks} as well: SDKs have an option for further headers, such as default_headers.${whenItRuns(check.step)}`;
    return check.step.conditions.length === 0
      ? confirmed(says, key, token, complaint(symptom, 'key and token'))
      : suspected(says, key, token);
  },
});

/** Which of the two the shown request has, when it has one and the answer complains of the other. */
function sentOne(symptom: Symptom): 'key' | 'token' | null {
  if (!symptom.requestSeen) return null;
  const token = symptom.requestHeaders.includes('authorization');
  const key = sentKeys(symptom).some(({ name }) => name?.toLowerCase() !== 'authorization');
  if (symptom.layer === 'gateway-subscription' && symptom.code === 'key-missing') return token && !key ? 'token' : null;
  return fromPolicy(symptom) && symptom.code === 'jwt-missing' && key && !token ? 'key' : null;
}

export const cause: Cause = { rule, fix: null, remedy };
