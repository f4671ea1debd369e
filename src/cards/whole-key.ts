// Somebody pasted a whole key: everybody in the chat has it now. The card says so, and shows at most four characters of it.
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { PastedKey } from '../symptom/symptom.ts';
import { plain } from './plain.ts';

/** Shorter texts of no known form are words and examples more often than keys. */
const keyLength = 16;

/** One warning for keys and one for tokens, or none. */
export function secretWarnings({ symptom, verdicts }: Diagnosis): readonly { readonly text: string }[] {
  // The value was found to be an id or a name: no secret.
  if (verdicts.some(({ cause, outcome }) => cause === 'not-a-subscription-key' && outcome === 'confirmed')) return [];
  const whole = [symptom, ...symptom.others].flatMap(({ keys }) => keys).filter(isWhole);
  const tokens = whole.filter(({ form }) => form === 'jwt');
  const keys = whole.filter(({ form }) => form !== 'jwt');
  return [
    ...sentence(
      keys,
      (shown) =>
        `Your message holds a whole key (${shown}). Delete the message, then rotate that key: whoever can read this chat has it now.`,
    ),
    ...sentence(
      tokens,
      () => 'Your message holds a whole sign-in token. Delete the message: whoever can read this chat can use the token until it expires.',
    ),
  ];
}

function sentence(keys: readonly PastedKey[], says: (shown: string) => string): readonly { readonly text: string }[] {
  const starts = [...new Set(keys.map(({ shown }) => `${[...shown.replace(/[….]+$/, '')].slice(0, 4).join('')}…`))];
  return starts.length === 0 ? [] : [{ text: plain(says(starts.slice(0, 3).join(', ')), 300) }];
}

function isWhole({ partial, form, length }: PastedKey): boolean {
  return !partial && form !== 'literal' && (form === 'hex32' || form === 'jwt' || length >= keyLength);
}
