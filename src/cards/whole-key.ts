// Somebody pasted a whole key: everybody in the chat has it now. The card says so, and shows at most four characters of it.
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { wholeSecrets } from '../diagnosis/whole-keys.ts';
import { plain } from './plain.ts';

/** One warning for keys and one for tokens, or none. */
export function secretWarnings({ symptom, verdicts }: Diagnosis): readonly { readonly text: string }[] {
  const { keys, tokens } = wholeSecrets(symptom, verdicts);
  const warnings: string[] = [];
  if (keys.length > 0) {
    const shown = keys.slice(0, 3).join(', ');
    warnings.push(
      `Your message holds a whole key (${shown}). Delete the message, then rotate that key: whoever can read this chat has it now.`,
    );
  }
  if (tokens.length > 0) {
    warnings.push(
      'Your message holds a whole sign-in token. Delete the message: whoever can read this chat can use the token until it expires.',
    );
  }
  return warnings.map((text) => ({ text: plain(text, 300) }));
}
