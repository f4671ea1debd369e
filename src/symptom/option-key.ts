// A key that was given beside the paste: `--key-prefix`, or a follow-up in a chat.
import { formOf } from './key-values.ts';
import type { KeyHasher, PastedKey } from './symptom.ts';

/** Line 0 says that it is not from the paste; it goes before every key that is. */
export function optionKey(text: string, hash: KeyHasher): PastedKey {
  const value = text.trim();
  return {
    shown: `${value.slice(0, 4)}…`,
    where: 'prose',
    name: null,
    line: 0,
    length: value.length,
    fingerprint: hash(value),
    folded: hash(value.toLowerCase()),
    form: formOf(value),
    partial: value.length < 20,
  };
}
