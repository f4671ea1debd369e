// return-response (and a status set on the way out) answers with whatever its author wrote (field guide P16).

import type { PoliciesFact } from '../../snapshot/facts-policies.ts';
import type { Running } from '../../snapshot/policies/running.ts';
import { childrenNamed } from '../../snapshot/policies/statement.ts';
import { answersWith } from '../authored-answer.ts';
import { type Cause, confirmed, defineRule, ruledOut, suspected, unknown } from '../contract.ts';
import { complaint } from '../key-check.ts';
import { isGeneric, maybeAuthored, notThere, runningNamed, statementEvidence, tagOf, whenItRuns } from '../policy-check.ts';

export const rule = defineRule({
  id: 'policy-returns-401',
  code: 'P16',
  stage: 'policy',
  title: 'A policy answers 401 by itself',
  best: 'confirmed',
  needs: [],
  wants: ['policies', 'namedValues'],
  applies: maybeAuthored,

  check({ symptom, policies, namedValues }) {
    if (policies.status === 'unreadable') return unknown(policies.says);
    const steps = answering(policies.value).map((step) => ({ step, like: answersWith(step, symptom, namedValues) }));
    const found = steps.find(({ like }) => like === 'same') ?? steps.find(({ like }) => like === 'maybe');
    if (found === undefined) {
      const [first] = steps;
      if (first === undefined)
        return notThere(policies.value, 'No policy that runs for this call answers 401 by itself.', 'no return-response with 401', 'one');
      return ruledOut(
        'The policies that answer 401 by themselves say something else.',
        statementEvidence(first.step, tagOf(first.step.statement), 'the pasted words'),
      );
    }
    const { step, like } = found;
    const evidence = statementEvidence(step, `${tagOf(step.statement)} with status 401`, 'no answer before the backend');
    const when =
      step.conditions.length === 0
        ? ' No condition is set, so every call that comes this far gets it.'
        : ` It answers when this holds: ${step.conditions.join(' and ').slice(0, 300)}.`;
    const says = `${step.where.replace(/^t/, 'T')}, answers 401 by itself.${when} Ask the owner of the policy what the call has to bring.`;
    // One word that everybody uses may as well be the backend's; in the gateway's own two-field form it is not.
    const words = symptom.body ?? symptom.message ?? '';
    const telling = like === 'same' && (!isGeneric(words) || symptom.layer === 'gateway-policy-other' || symptom.layer === 'gateway-jwt');
    if (telling) return confirmed(says, complaint(symptom, 'another text than that of the policy'), evidence);
    if (symptom.layer === 'gateway-jwt' || (like === 'maybe' && symptom.layer !== 'unknown' && symptom.layer !== 'gateway-policy-other'))
      return ruledOut('The pasted words are not those of this policy.', evidence);
    return suspected(`${says}${whenItRuns(step)}`, evidence, complaint(symptom, 'an answer'));
  },
});

/** What answers on the way in, and what gives the backend's answer another status and text on the way out. */
function answering(policies: PoliciesFact): readonly Running[] {
  const whole = runningNamed(policies, ['return-response'], ['inbound', 'backend', 'outbound']).filter(({ statement }) =>
    refuses(childrenNamed(statement, 'set-status')[0]?.attributes.code),
  );
  const status = runningNamed(policies, ['set-status'], ['inbound', 'outbound']).filter(({ statement }) =>
    refuses(statement.attributes.code),
  );
  return [...whole, ...(status.length > 0 ? [...runningNamed(policies, ['set-body'], ['outbound']), ...status] : [])];
}

function refuses(code: string | undefined): boolean {
  return code !== undefined && (code.trim() === '401' || code.includes('@') || code.includes('{{'));
}

export const cause: Cause = { rule, fix: null };
