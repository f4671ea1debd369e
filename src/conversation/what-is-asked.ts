// What somebody wants who wrote this: help, a diagnosis, what waits for a second person, or to add the beginning of a key to what they pasted before.
import { findProseKeys } from '../symptom/prose-keys.ts';
import type { Symptom } from '../symptom/symptom.ts';

export type Asked =
  | { readonly kind: 'help' }
  /** What waits for a second person; `nth` is 1 for the newest. */
  | { readonly kind: 'waiting'; readonly nth: number }
  /** A 401, or something that the engine has to look at to say that it is none. */
  | { readonly kind: 'paste' }
  /** Nothing but a key, or its beginning. A secret: not for logs or cards. */
  | { readonly kind: 'key'; readonly start: string }
  | { readonly kind: 'key-too-short' }
  | { readonly kind: 'no-401' };

/** Fewer characters fit too many keys (contract.md, `--key-prefix`). */
export const fewest = 4;

/** A longer text is no remark about a key. */
const longestRemark = 300;

const greeting =
  /^(?:help|\?+|hi+|hello|hey|hiya|good (?:morning|afternoon|evening)|start|hilfe|hallo|aide|bonjour|salut|ayuda|hola|ajuda|olá|aiuto|ciao)(?: (?:there|bot|locksmith|all|everyone|me|please))?[\s!.?,:)]*$/i;

const waiting =
  /^(?:show (?:me )?|list )?(?:(?:what(?:['’]?s| is)? )?(?:still )?waiting(?: for (?:an? |the )?(?:approvals?|(?:second|2nd) person|us|me))?|(?:open |pending )?(?:approvals?|requests?))(?: (\d{1,2}))?[\s!.?]*$/i;

/** `before`: this person pasted something in this conversation a moment ago. */
export function whatIsAsked(text: string, read: (text: string) => Symptom, before: boolean): Asked {
  const trimmed = text.trim();
  if (trimmed === '' || (trimmed.length < 60 && greeting.test(trimmed.replace(/^\//, '')))) return { kind: 'help' };

  const list = waiting.exec(trimmed.replace(/^\//, ''));
  if (list !== null) return { kind: 'waiting', nth: Math.max(1, Number(list[1] ?? 1)) };

  const symptom = read(text);
  const nothingElse = symptom.status === null && symptom.host === null && symptom.requestSeen === false;
  if (nothingElse && trimmed.length <= longestRemark && symptom.keys.every(({ where, name }) => where === 'prose' && name === null)) {
    const start = findProseKeys(trimmed)[0]?.value.text ?? (before ? lonelyStart(trimmed) : null);
    if (start !== null) return start.length < fewest ? { kind: 'key-too-short' } : { kind: 'key', start };
  }
  return symptom.layer === 'not-a-401' && symptom.status === null && symptom.keys.length === 0 ? { kind: 'no-401' } : { kind: 'paste' };
}

/** After a paste a single odd word is the beginning of its key: `dead`, `it was 9b1c22aa`. */
function lonelyStart(text: string): string | null {
  const words = text.split(/\s+/).map((word) => word.replace(/^["'`(]+|["'`).,!…]+$/g, ''));
  const [only] = words;
  if (words.length === 1 && only !== undefined && /^[0-9a-f]{1,64}$/i.test(only)) return only;
  const odd = words.filter((word) => /^[\w+/=-]{4,256}$/.test(word) && /\d/.test(word) && /[a-z]/i.test(word));
  return words.length <= 8 && odd.length === 1 ? (odd[0] ?? null) : null;
}
