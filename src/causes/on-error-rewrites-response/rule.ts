// on-error can replace status and text of every answer, the key check's included: then nothing in the answer can be trusted
// (field guide P19 and a.4; seen live as 401 in the body of a 200).
import type { Running } from '../../snapshot/policies/running.ts';
import type { Symptom } from '../../symptom/symptom.ts';
import { answersWith } from '../authored-answer.ts';
import { type Cause, confirmed, defineRule, ruledOut, suspected, unknown } from '../contract.ts';
import { complaint } from '../key-check.ts';
import { isGeneric, maybeAuthored, notThere, runningNamed, statementEvidence, whenItRuns } from '../policy-check.ts';

export const rule = defineRule({
  id: 'on-error-rewrites-response',
  code: 'P19',
  stage: 'policy',
  title: 'The on-error section writes the answer anew',
  best: 'confirmed',
  needs: [],
  wants: ['policies', 'namedValues'],
  applies: (symptom) => maybeAuthored(symptom) || isDressedAs200(symptom),

  check({ symptom, policies, namedValues }) {
    if (policies.status === 'unreadable') return unknown(policies.says);
    const steps = runningNamed(policies.value, ['return-response', 'set-status', 'set-body'], ['on-error']);
    const [first] = steps;
    if (first === undefined)
      return notThere(
        policies.value,
        'No on-error section that runs for this call writes the answer.',
        'no set-status, set-body or return-response in on-error',
        'one',
      );
    const likes = steps.map((step) => ({ step, like: answersWith(step, symptom, namedValues) }));
    const same = likes.find(({ step, like }) => like === 'same' && step.statement.name !== 'set-status');
    const words = symptom.body ?? symptom.message ?? '';
    if (same !== undefined) {
      const sure = !isGeneric(words) || symptom.layer === 'gateway-policy-other' || symptom.layer === 'gateway-jwt';
      return (sure ? confirmed : suspected)(
        saying(same.step),
        statement(same.step),
        complaint(symptom, 'the answer as the gateway made it'),
      );
    }
    const maybe = likes.find(({ like }) => like === 'maybe');
    const own =
      symptom.layer === 'gateway-jwt' &&
      symptom.lastError === null &&
      /^(?:JWT not present|Invalid JWT|Azure AD JWT not present|Invalid Azure AD JWT)\.?$/i.test(symptom.message?.trim() ?? '');
    const foreign = symptom.layer !== 'unknown' && symptom.layer !== 'gateway-policy-other' && !isDressedAs200(symptom);
    if (maybe === undefined || own || foreign) return ruledOut('The pasted words are not those of the on-error section.', statement(first));
    return suspected(
      `${saying(maybe.step)}${whenItRuns(maybe.step)}`,
      statement(maybe.step),
      complaint(symptom, 'the answer as the gateway made it'),
    );
  },
});

function saying(step: Running): string {
  return `${step.where.replace(/^t/, 'T')}, writes the answer anew when something failed, so its status and words say little. The real reason stands in the gateway log (LastErrorSource and LastErrorReason), or add context.LastError.Reason to a header there.`;
}

function statement(step: Running): ReturnType<typeof statementEvidence> {
  return statementEvidence(step, `<${step.statement.name}> in on-error`, 'no change of the answer');
}

/** A 401 in the body of a 200. */
function isDressedAs200(symptom: Symptom): boolean {
  return symptom.layer === 'not-a-401' && symptom.status === 200 && /status_?code["']?\s{0,3}:\s{0,3}["']?401/i.test(symptom.body ?? '');
}

export const cause: Cause = { rule, fix: null };
