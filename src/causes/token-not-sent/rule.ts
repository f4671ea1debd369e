// "Not present" is the gateway's word for: no token where the policy looks (field guide P01, TokenNotPresent).
import { type Cause, confirmed, defineRule, ruledOut, suspected, unknown } from '../contract.ts';
import { complaint } from '../key-check.ts';
import { fromPolicy, lookedThrough, notThere, sameWords, statementEvidence, whenItRuns } from '../policy-check.ts';
import { placeOf, sentThere, tokenOf } from '../token-place.ts';
import { canHaveSaid, tokenPolicies } from '../token-policy.ts';

export const rule = defineRule({
  id: 'token-not-sent',
  code: 'P01',
  stage: 'policy',
  title: 'No token was sent where the policy looks',
  best: 'confirmed',
  needs: [],
  wants: ['policies', 'namedValues'],
  applies: (symptom) => fromPolicy(symptom) && !/resource_metadata/i.test(symptom.seen.challenge?.text ?? ''),

  check({ symptom, policies, namedValues }) {
    const said = symptom.code === 'jwt-missing' && symptom.layer === 'gateway-jwt';
    if (policies.status === 'unreadable' && !said) return unknown(policies.says);
    const all = policies.status === 'read' ? tokenPolicies(policies.value, namedValues) : [];
    const message = symptom.layer === 'unknown' ? null : symptom.message;
    const check = all.find((policy) => canHaveSaid(policy, message, sameWords)) ?? (said ? all[0] : undefined);
    const place = placeOf(check ?? null);
    const where = check === undefined ? [] : [statementEvidence(check.step, `looks for the token in ${place}`, `a token in ${place}`)];
    const todo = `Send it in ${place}${check?.scheme === null || check === undefined ? '' : `, with "${check.scheme} " before the token`}.`;
    const sent = tokenOf(symptom, check ?? null);

    if (sent !== null) {
      return ruledOut(`The request carries a token in ${place}.`, {
        at: `paste#/line/${sent.line}`,
        observed: sent.shown,
        expected: `no token in ${place}`,
      });
    }
    if (said && policies.status === 'read' && all.length === 0 && policies.value.unread.length === 0) {
      return ruledOut(
        'No policy that runs for this call asks for a token at present.',
        lookedThrough(policies.value, 'no validate-jwt or validate-azure-ad-token', 'one'),
      );
    }
    if (said) {
      const wrong = sentThere(symptom, check ?? null) ? ' The request has the header, but what stands in it is no token.' : '';
      return confirmed(
        `The gateway found no token where its policy looks.${wrong} ${todo}`,
        complaint(symptom, 'a request with a token'),
        ...where,
      );
    }
    const [evidence] = where;
    if (check === undefined || evidence === undefined) {
      return policies.status === 'read'
        ? notThere(
            policies.value,
            'No statement that runs for this call and can have said this checks a token.',
            'no validate-jwt or validate-azure-ad-token',
            'one',
          )
        : unknown(policies.says);
    }
    if (!symptom.requestSeen && check.message !== null && sameWords(symptom.message, check.message)) {
      return unknown(
        `The policy says the same for a token that is missing and for one that it refuses. Paste the request with its headers (curl -v). ${todo}`,
        evidence,
      );
    }
    if (!symptom.requestSeen || symptom.code === 'jwt-expired' || symptom.code === 'jwt-audience' || isAboutAnother(symptom.message))
      return ruledOut('The answer does not say that a token was missing, and the request is not shown without one.', evidence);
    const says = `The request carries no token, and ${check.step.where} asks for one. ${todo}${whenItRuns(check.step)}`;
    const sure = check.step.conditions.length === 0 && symptom.layer !== 'unknown' && check.message !== null;
    return sure ? confirmed(says, evidence, complaint(symptom, 'a request with a token')) : suspected(says, evidence);
  },
});

// The policies' own words for a token that was there and refused.
function isAboutAnother(message: string | null): boolean {
  return /^(?:Invalid JWT|Invalid Azure AD JWT|Invalid client certificate)\.?$/i.test(message?.trim() ?? '');
}

export const cause: Cause = { rule, fix: null };
