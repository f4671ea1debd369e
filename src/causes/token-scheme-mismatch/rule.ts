// require-scheme="Bearer" wants that word before the token, and is only looked at for the header Authorization (field guide P09).
import { type Cause, confirmed, defineRule, ruledOut, suspected, unknown } from '../contract.ts';
import { fromPolicy, notThere, statementEvidence, whenItRuns } from '../policy-check.ts';
import { tokenPolicies } from '../token-policy.ts';

export const rule = defineRule({
  id: 'token-scheme-mismatch',
  code: 'P09',
  stage: 'policy',
  title: 'The token was sent without the scheme that the policy asks for',
  best: 'confirmed',
  needs: [],
  wants: ['policies', 'namedValues'],
  applies: (symptom) => fromPolicy(symptom) && symptom.requestHeaders.includes('authorization'),

  check({ symptom, policies, namedValues }) {
    if (policies.status === 'unreadable') return unknown(policies.says);
    const strict = tokenPolicies(policies.value, namedValues).find(
      ({ header, scheme }) => scheme !== null && header?.toLowerCase() === 'authorization',
    );
    if (strict === undefined) {
      return notThere(
        policies.value,
        'No statement that runs for this call asks for a scheme before the token.',
        'no require-scheme for Authorization',
        'one',
      );
    }
    const scheme = strict.scheme ?? 'Bearer';
    const asks = statementEvidence(strict.step, `require-scheme="${scheme}"`, `Authorization: ${scheme} <token>`);
    const bearer = symptom.keys.find(({ where }) => where === 'bearer');
    if (bearer !== undefined && scheme.toLowerCase() === 'bearer')
      return ruledOut('The token was sent with the scheme that the policy asks for.', asks);
    const bare = bearer ?? symptom.keys.find(({ name, form }) => form === 'jwt' && name?.toLowerCase() === 'authorization');
    if (bare === undefined) return ruledOut('What the request has in Authorization is no token that lacks a scheme.', asks);
    const says = `The token stands in Authorization ${bearer === undefined ? 'without a scheme' : 'with the scheme Bearer'}, and the policy asks for "${scheme}". Send "Authorization: ${scheme} <token>".${whenItRuns(strict.step)}`;
    const sent = {
      at: `paste#/line/${bare.line}`,
      observed: `Authorization: ${bearer === undefined ? '' : 'Bearer '}${bare.shown}`,
      expected: `Authorization: ${scheme} …`,
    };
    return strict.step.conditions.length === 0 ? confirmed(says, sent, asks) : suspected(says, sent, asks);
  },
});

export const cause: Cause = { rule, fix: null };
