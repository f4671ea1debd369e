// The place in the paste that a statement rests on, in words that hold no secret.
import type { Paste } from './normalise.ts';
import type { PasteEvidence } from './symptom.ts';

const shownLength = 200;
const margin = 600;

export function evidenceAt(paste: Paste, at: number, redact: (text: string) => string): PasteEvidence {
  const from = paste.text.lastIndexOf('\n', at - 1) + 1;
  const end = paste.text.indexOf('\n', at);
  const to = end === -1 ? paste.text.length : end;
  return { line: paste.lineOf(at), text: cut(redact(slice(paste.text, from, to, at))) };
}

/** A line that is too long is cut at blanks: half a key would not be recognised as one. */
function slice(text: string, from: number, to: number, at: number): string {
  if (to - from <= 2 * margin) {
    return text.slice(from, to).trim();
  }
  const start = Math.max(from, at - 20);
  const near = text.slice(start, Math.min(to, at + margin));
  const head = start > from ? near.replace(/^[^\s,{"]{0,40}/, '') : near;
  return head.replace(/\S{0,2000}$/, (tail) => (at + margin < to ? '' : tail)).trim();
}

function cut(text: string): string {
  return text.length <= shownLength ? text : `${text.slice(0, shownLength - 1)}…`;
}
