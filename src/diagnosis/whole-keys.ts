// Whole keys and tokens that somebody pasted: whoever can read the message has them now, so the author is told to rotate them.
import type { PastedKey, Symptom } from '../symptom/symptom.ts';
import type { CauseVerdict } from './diagnosis.ts';

/** Shorter texts of no known form are words and examples more often than keys. */
const keyLength = 16;

export interface WholeSecrets {
  /** The beginnings of whole keys, `4f2a…`, each once. */
  readonly keys: readonly string[];
  /** The same of sign-in tokens. */
  readonly tokens: readonly string[];
}

export function wholeSecrets(symptom: Symptom, verdicts: readonly Pick<CauseVerdict, 'cause' | 'outcome'>[]): WholeSecrets {
  // The value was found to be an id or a name: no secret.
  if (verdicts.some(({ cause, outcome }) => cause === 'not-a-subscription-key' && outcome === 'confirmed')) return { keys: [], tokens: [] };
  const whole = [symptom, ...symptom.others].flatMap(({ keys }) => keys).filter(isWhole);
  return { keys: beginnings(whole.filter(({ form }) => form !== 'jwt')), tokens: beginnings(whole.filter(({ form }) => form === 'jwt')) };
}

function beginnings(keys: readonly PastedKey[]): readonly string[] {
  return [...new Set(keys.map(({ shown }) => `${[...shown.replace(/[….]+$/, '')].slice(0, 4).join('')}…`))];
}

// A key that was given beside the paste (line 0) is in nobody's chat.
function isWhole({ partial, form, length, line }: PastedKey): boolean {
  return line > 0 && !partial && form !== 'literal' && (form === 'hex32' || form === 'jwt' || length >= keyLength);
}
