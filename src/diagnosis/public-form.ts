// A diagnosis as the JSON of contract.md. Adds to it; takes nothing away.
import { publicSymptom } from '../symptom/public-form.ts';
import type { CauseVerdict, Diagnosis, Offer } from './diagnosis.ts';
import { wholeSecrets } from './whole-keys.ts';

export function publicDiagnosis(diagnosis: Diagnosis): Readonly<Record<string, unknown>> {
  return {
    // A key from --key-prefix is no part of the paste.
    symptom: publicSymptom({ ...diagnosis.symptom, keys: diagnosis.symptom.keys.filter((key) => key.line > 0) }),
    service: diagnosis.service,
    headline: diagnosis.headline,
    answer: diagnosis.answer,
    warnings: warningsOf(diagnosis),
    verdicts: diagnosis.verdicts.map(publicVerdict),
    rotation:
      diagnosis.rotation === null ? null : { first: publicOffer(diagnosis.rotation.first), second: publicOffer(diagnosis.rotation.second) },
    scanned: diagnosis.scanned,
    partial: diagnosis.partial,
    arm: diagnosis.arm,
    ms: diagnosis.ms,
  };
}

/** What the author should know beside the answer: secrets that stood in the paste. */
export function warningsOf({ symptom, verdicts }: Diagnosis): readonly string[] {
  const { keys, tokens } = wholeSecrets(symptom, verdicts);
  return [
    ...(keys.length > 0 ? [`The paste holds a whole key (${keys.slice(0, 3).join(', ')}): rotate it where others could read it.`] : []),
    ...(tokens.length > 0 ? ['The paste holds a whole sign-in token: whoever could read it can use it until it expires.'] : []),
  ];
}

function publicVerdict({ cause, outcome, says, evidence, fix, otherFixes, copy }: CauseVerdict): Readonly<Record<string, unknown>> {
  return { cause, outcome, says, evidence, fix: fix && publicOffer(fix), otherFixes: otherFixes.map(publicOffer), copy };
}

/** `id` is what `fix --cause` and a button name it by: the cause's id, or that of one offer of several. */
function publicOffer({ cause, label, consequence, permission, undo, secondPerson, changes }: Offer): Readonly<Record<string, unknown>> {
  return { id: cause, label, consequence, permission, undo, secondPerson, changes };
}
