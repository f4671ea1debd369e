// A diagnosis as the JSON of contract.md. Adds to it; takes nothing away.
import { publicSymptom } from '../symptom/public-form.ts';
import type { CauseVerdict, Diagnosis } from './diagnosis.ts';

export function publicDiagnosis(diagnosis: Diagnosis): Readonly<Record<string, unknown>> {
  return {
    symptom: publicSymptom(diagnosis.symptom),
    service: diagnosis.service,
    headline: diagnosis.headline,
    answer: diagnosis.answer,
    verdicts: diagnosis.verdicts.map(publicVerdict),
    scanned: diagnosis.scanned,
    partial: diagnosis.partial,
    arm: diagnosis.arm,
    ms: diagnosis.ms,
  };
}

function publicVerdict({ cause, outcome, says, evidence, fix }: CauseVerdict): Readonly<Record<string, unknown>> {
  if (fix === null) return { cause, outcome, says, evidence, fix: null };
  const { label, consequence, permission, undo, secondPerson, changes } = fix;
  return { cause, outcome, says, evidence, fix: { label, consequence, permission, undo, secondPerson, changes } };
}
