// Statements that look at the client's certificate: the policy made for it, and conditions on context.Request.Certificate.
import type { NamedValueFact, PoliciesFact } from '../snapshot/facts-policies.ts';
import { type Running, running } from '../snapshot/policies/running.ts';
import { withAllInside } from '../snapshot/policies/statement.ts';
import type { Symptom } from '../symptom/symptom.ts';
import { answersWith } from './authored-answer.ts';
import type { Reading } from './contract.ts';

export interface CertificateStep {
  readonly step: Running;
  /** The pasted text is the one that this statement answers with. */
  readonly same: boolean;
}

export function certificateSteps(
  policies: PoliciesFact,
  symptom: Symptom,
  namedValues: Reading<readonly NamedValueFact[]>,
): readonly CertificateStep[] {
  return running(policies, 'inbound')
    .filter((step) => step.statement.name === 'validate-client-certificate' || asksInCode(step))
    .map((step) => ({
      step,
      same:
        step.statement.name === 'validate-client-certificate'
          ? aboutCertificate(symptom)
          : answersWith(step, symptom, namedValues) === 'same',
    }));
}

function asksInCode({ conditions, statement }: Running): boolean {
  const code = [...conditions, ...withAllInside(statement).flatMap(({ text, attributes }) => [text, ...Object.values(attributes)])];
  return code.some((text) => /context\s*\.\s*Request\s*\.\s*Certificate\b/.test(text));
}

/** The gateway's own words about a certificate (field guide a.2). */
export function aboutCertificate({ message, body, lastError }: Symptom): boolean {
  return (
    /client certificate|Certificate does not match/i.test(`${message ?? ''} ${body ?? ''}`) ||
    /ClientCertificate/i.test(lastError?.reason ?? '')
  );
}
