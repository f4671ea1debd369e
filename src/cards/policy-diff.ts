// Two texts as a reader compares them: the lines that differ, two lines around them, line numbers, and no line wider than a card.
import { diffLines, hunksOf, type LineEdit } from '../remediation/text-diff.ts';

export interface DiffLine {
  /** gap: lines that are the same were left out here · more: lines that differ did not fit */
  readonly kind: 'removed' | 'added' | 'same' | 'gap' | 'more';
  /** In the new text; of a removed line in the old one. From 1; null for gap and more. */
  readonly number: number | null;
  /** As it stands in the text, cut around what differs; for gap and more, words. */
  readonly text: string;
}

export interface DiffLimits {
  /** Lines of the whole diff; the one that counts the rest comes on top. */
  readonly lines: number;
  /** Characters of a line, ellipses included; at least 10. */
  readonly chars: number;
}

/** Same lines shown on each side of what differs. */
const context = 2;

/** The differing lines with their surroundings; empty for equal texts. Fast for any text, and made from nothing but the two. */
export function textDiff(before: string, after: string, limits: DiffLimits): readonly DiffLine[] {
  if (before === after) return [];
  const hunks = hunksOf(diffLines(before, after), context);
  const total = hunks.reduce((sum, hunk) => sum + hunk.length, 0);
  const endings = areEndingsWorthShowing(hunks);
  const lines: DiffLine[] = [];
  let shown = 0;
  for (const hunk of hunks) {
    if (shown >= limits.lines) break;
    if (lines.length > 0 || (hunk[0]?.after ?? hunk[0]?.before ?? 1) > 1) lines.push({ kind: 'gap', number: null, text: '…' });
    const fitting = hunk.slice(0, limits.lines - shown);
    const starts = startsOf(hunk, limits.chars);
    fitting.forEach(({ kind, text, before: old, after: now }, index) => {
      lines.push({ kind, number: now ?? old, text: cut(written(text, endings), starts[index] ?? 0, limits.chars) });
    });
    shown += fitting.length;
  }
  const left = total - shown;
  return left === 0 ? lines : [...lines, { kind: 'more', number: null, text: `and ${left} more ${left === 1 ? 'line' : 'lines'}` }];
}

/** A document that changes its line endings only would otherwise show the same line twice. */
function areEndingsWorthShowing(hunks: readonly (readonly LineEdit[])[]): boolean {
  const changed = hunks.flat().filter(({ kind }) => kind !== 'same');
  return changed.some(({ text }) => text.endsWith('\r')) && changed.some(({ text }) => !text.endsWith('\r'));
}

function written(text: string, endings: boolean): string {
  if (!text.endsWith('\r')) return text;
  return `${text.slice(0, -1)}${endings ? '␍' : ''}`;
}

/** From which character on each line of a hunk is shown: a removed line and the added one that takes its place from the same. */
function startsOf(hunk: readonly LineEdit[], chars: number): readonly number[] {
  const starts = hunk.map(() => 0);
  for (let at = 0; at < hunk.length; at += 1) {
    const removed = runFrom(hunk, at, 'removed');
    const added = runFrom(hunk, at + removed, 'added');
    for (let index = 0; index < Math.min(removed, added); index += 1) {
      const [old, fresh] = [hunk[at + index]?.text ?? '', hunk[at + removed + index]?.text ?? ''];
      if (Math.max(old.length, fresh.length) <= chars) continue;
      const start = Math.max(0, sharedStart(old, fresh) - Math.floor(chars / 3));
      starts[at + index] = start;
      starts[at + removed + index] = start;
    }
    at += Math.max(0, removed + added - 1);
  }
  return starts;
}

function runFrom(hunk: readonly LineEdit[], from: number, kind: LineEdit['kind']): number {
  let length = 0;
  while (hunk[from + length]?.kind === kind) length += 1;
  return length;
}

function sharedStart(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let at = 0;
  while (at < shorter && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return at;
}

/** The part of a line that is shown. Never through the middle of a character that takes two units. */
function cut(text: string, start: number, chars: number): string {
  if (text.length <= chars) return text;
  const from = Math.max(0, Math.min(start, text.length - chars + 1));
  const head = from === 0 ? '' : '…';
  const rest = chars - head.length;
  const tail = text.length - from > rest ? '…' : '';
  return `${head}${text.slice(from, from + rest - tail.length)}${tail}`.replace(
    /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    '',
  );
}
