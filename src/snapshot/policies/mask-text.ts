// A whole policy document as it may be shown: every value that is a fingerprint in its statements is the same fingerprint in its text.
// Lines keep their number, so that a place in the one is the same place in the other.
import { redact } from '../../symptom/redact.ts';
import type { KeyHasher } from '../../symptom/symptom.ts';
import { masked } from './mask.ts';
import { scanPolicy } from './scan.ts';
import type { Statement } from './statement.ts';

interface Hidden {
  readonly secret: string;
  readonly shown: string;
}

/** Longer secrets are hidden wherever they stand, in comments too; shorter ones only as a whole value. */
const telling = 8;

export function maskedText(text: string, hash: KeyHasher): string {
  const scanned = scanPolicy(text);
  if (scanned.kind !== 'document') return redact(text);
  const hidden = new Map(differences(scanned.root, masked(scanned.root, hash)).map((one) => [one.secret, one]));
  const found = [...hidden.values()].toSorted((a, b) => b.secret.length - a.secret.length);
  let out = text;
  for (const { secret, shown } of found) {
    for (const written of new Set([secret, escaped(secret)])) {
      const lines = '\n'.repeat(written.split('\n').length - 1);
      const [plain, word] = [shown.replace(/\n/g, ' ') + lines, pattern(written)];
      out = out.replace(
        new RegExp(`(=\\s*["']\\s*|>\\s*|<!\\[CDATA\\[\\s*)${word}(?=\\s*(?:["'<]|\\]\\]>))`, 'g'),
        (_, before: string) => before + plain,
      );
      if (secret.length >= telling) out = out.replaceAll(written, () => plain);
    }
  }
  return redact(out);
}

function differences(real: Statement, shown: Statement): readonly Hidden[] {
  const own = Object.entries(real.attributes).map(([name, secret]) => ({ secret, shown: shown.attributes[name] ?? '' }));
  const all = [...own, { secret: real.text, shown: shown.text }].filter((one) => one.secret !== one.shown && one.secret !== '');
  return [...all, ...all.flatMap(literals), ...real.children.flatMap((child, index) => differences(child, shown.children[index] ?? child))];
}

/** The texts inside an expression that became fingerprints: they are found whichever way the rest of it is written. */
function literals({ secret, shown }: Hidden): readonly Hidden[] {
  const [before, after] = [secret, shown].map((text) => [...text.matchAll(/"((?:[^"\\\n]|\\.)*)"/g)].map((found) => found[1] ?? ''));
  if (before === undefined || after === undefined || before.length !== after.length) return [];
  return before
    .map((one, index) => ({ secret: one, shown: after[index] ?? '' }))
    .filter((one) => one.secret.length >= telling && one.secret !== one.shown);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function pattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
