// A key that was given beside the paste: `--key-prefix`, or a follow-up in a chat.
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
    form: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) ? 'guid' : /^[0-9a-f]{32}$/i.test(value) ? 'hex32' : 'other',
    partial: !/^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32})$/i.test(value),
  };
}
