// The authentication settings of an API feed the consoles; nobody is checked by them. Only a policy does that (field guide P21).
import type { Symptom } from '../../symptom/symptom.ts';
import { type Cause, defineRule, ruledOut, suspected } from '../contract.ts';
import { complaint, sentKeys } from '../key-check.ts';
import { fromPolicy, notThere } from '../policy-check.ts';
import { tokenPolicies } from '../token-policy.ts';
import { remedy } from './remedy.ts';

export const rule = defineRule({
  id: 'oauth-settings-not-enforced',
  code: 'P21',
  stage: 'policy',
  title: 'The OAuth settings of the API check no token',
  best: 'suspected',
  needs: ['api', 'policies'],
  wants: ['namedValues'],
  applies: (symptom) => sentTokenAlone(symptom) || (fromPolicy(symptom) && symptom.layer !== 'gateway-jwt') || symptom.layer === 'backend',

  check({ symptom, api, policies, namedValues }) {
    const settings = {
      at: `${api.armId}#/properties/authenticationSettings`,
      observed: api.signIn.join(', ') || 'none',
      expected: 'a policy that checks the token',
    };
    if (api.signIn.length === 0) return ruledOut(`${api.displayName} has no OAuth or OpenID settings.`, settings);
    const [check] = tokenPolicies(policies, namedValues);
    if (check !== undefined)
      return ruledOut(`A policy checks the token: ${check.step.where}.`, { ...settings, expected: 'no policy that checks the token' });
    if (policies.unread.length > 0) return notThere(policies, '', '', '');
    const sent = sentTokenAlone(symptom);
    if (!sent && !symptom.requestHeaders.includes('authorization') && symptom.client !== 'console')
      return ruledOut('Nothing in the paste shows that a token was relied on.', complaint(symptom, 'a request with a token'));
    const why = sent
      ? `The token does not stand in for the key: ${api.displayName} still asks for one (header ${api.keyNames.header}).`
      : 'No policy looked at the token, so this 401 was decided elsewhere, most likely by the backend.';
    return suspected(
      `${api.displayName} has ${api.signIn.join(' and ')} settings, which only help the consoles to get a token; no policy checks one. ${why} To enforce sign-in, add validate-jwt or validate-azure-ad-token to the inbound policy.`,
      settings,
      complaint(symptom, 'an answer to a checked token'),
    );
  },
});

/** A token instead of a key, and the key check complains. */
function sentTokenAlone(symptom: Symptom): boolean {
  return (
    symptom.layer === 'gateway-subscription' &&
    symptom.code === 'key-missing' &&
    symptom.requestHeaders.includes('authorization') &&
    sentKeys(symptom).every(({ form }) => form === 'jwt')
  );
}

export const cause: Cause = { rule, fix: null, remedy };
