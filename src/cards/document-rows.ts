// Changed documents, such as policies, for a card: line by line, because a row for the whole text could not be read.
import type { Change } from '../causes/contract.ts';
import { codeLine } from './code-line.ts';
import type { Limits } from './fit.ts';
import { fieldWords, placeOf } from './place.ts';
import { plain } from './plain.ts';
import { type DiffLine, textDiff } from './policy-diff.ts';

export interface DocumentBlock {
  readonly heading: string;
  readonly lines: readonly { readonly text: string; readonly color: 'Attention' | 'Accent' | 'Default' }[];
}

const signs: Readonly<Record<DiffLine['kind'], string>> = { removed: '-', added: '+', same: ' ', gap: ' ', more: ' ' };
const colors = { removed: 'Attention', added: 'Accent', same: 'Default', gap: 'Default', more: 'Default' } as const;

/** A text of several lines that becomes another one. */
export function isDocument({ before, after }: Change): boolean {
  return typeof before === 'string' && typeof after === 'string' && before !== after && `${before}${after}`.includes('\n');
}

/** A block for each document, at most half of `limits.items`, and a line for those left out. */
export function documentBlocks(
  changes: readonly Change[],
  limits: Limits,
): { readonly blocks: readonly DocumentBlock[]; readonly more: string } {
  const most = Math.max(1, Math.floor(limits.items / 2));
  const blocks = changes.slice(0, most).map(({ on, field, before, after }): DocumentBlock => {
    const words = fieldWords(field);
    const chars = Math.min(limits.chars, 160);
    const lines = textDiff(String(before), String(after), { lines: limits.items * Math.max(2, 6 - changes.length), chars });
    const width = Math.max(...lines.map(({ number }) => String(number ?? '').length));
    const shared = sharedIndent(lines);
    return {
      heading: plain(words === '' || words === 'value' ? placeOf(on) : `${placeOf(on)}, ${words}`, limits.chars),
      lines: lines.map(({ kind, number, text }) => ({
        text: `${String(number ?? '').padStart(width, '\u00a0')}\u00a0${codeLine(`${signs[kind]} ${number === null ? text : text.slice(shared)}`, chars)}`,
        color: colors[kind],
      })),
    };
  });
  const left = changes.length - blocks.length;
  return { blocks, more: left === 0 ? '' : `and ${left} more ${left === 1 ? 'document' : 'documents'}` };
}

/** Characters of indentation that all shown lines have: a phone has no room for them. Zero where they are not the same blanks. */
function sharedIndent(lines: readonly DiffLine[]): number {
  const indents = lines
    .filter(({ number, text }) => number !== null && text.trim() !== '')
    .map(({ text }) => /^[\t ]*/.exec(text)?.[0] ?? '');
  const [first = '', ...rest] = indents;
  let length = first.length;
  for (const indent of rest) while (!indent.startsWith(first.slice(0, length))) length -= 1;
  return length;
}
