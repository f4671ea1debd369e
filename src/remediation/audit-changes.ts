// What the audit keeps of a change: everything but the body of a document. Of that, only the lines that differ.
import type { Change } from '../causes/contract.ts';
import { diffLines } from './text-diff.ts';

/** Characters: a line up to `line` is kept whole, of a longer one `beside` on each side of what differs. */
const kept = { line: 240, beside: 80 } as const;

/** The changes with each text of several lines reduced to the lines that differ, and so each policy, which may stand on one line. Everything else stays as it is. */
export function auditChanges(changes: readonly Change[]): readonly Change[] {
  return changes.map((change) => {
    const both = isPolicy(change) ? lines : differing;
    const [before, after] = both(change.before, change.after);
    return { ...change, before, after };
  });
}

/** Both values with the lines that they share left out, wherever in them a text of several lines stands. */
function differing(before: unknown, after: unknown): readonly [unknown, unknown] {
  if (isLong(before) || isLong(after)) return lines(before, after);
  if (!isRecord(before) && !isRecord(after)) return [before, after];
  const names = new Set([...Object.keys(isRecord(before) ? before : {}), ...Object.keys(isRecord(after) ? after : {})]);
  const parts = [...names].map((name) => [name, differing(partOf(before, name), partOf(after, name))] as const);
  const side = (own: unknown, index: 0 | 1): unknown =>
    isRecord(own) ? Object.fromEntries(parts.filter(([name]) => name in own).map(([name, both]) => [name, both[index]])) : own;
  return [side(before, 0), side(after, 1)];
}

/** A text that was made or taken away is all difference; one that was saved again has none. */
function lines(before: unknown, after: unknown): readonly [unknown, unknown] {
  if (typeof before !== 'string' || typeof after !== 'string') return [before, after];
  const edits = diffLines(before, after);
  const only = (kind: 'removed' | 'added'): string[] => edits.filter((edit) => edit.kind === kind).map(({ text }) => text);
  const [removed, added] = [only('removed'), only('added')];
  const shorter = (own: readonly string[], others: readonly string[]): string => own.map((line, at) => cut(line, others[at])).join('\n');
  return [shorter(removed, added), shorter(added, removed)];
}

/** A long line without what it shares with the one that takes its place, but for a little on each side. */
function cut(line: string, other: string | undefined): string {
  if (other === undefined || line.length <= kept.line) return line;
  const least = Math.min(line.length, other.length);
  let start = 0;
  while (start < least && line[start] === other[start]) start += 1;
  let end = 0;
  while (end < least - start && line[line.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  const [from, to] = [Math.max(0, start - kept.beside), Math.min(line.length, line.length - end + kept.beside)];
  return `${from > 0 ? '…' : ''}${line.slice(from, to)}${to < line.length ? '…' : ''}`;
}

function isPolicy({ on, field }: Change): boolean {
  return field === 'properties.value' && /\/policies\/policy$/i.test(on);
}

function isLong(value: unknown): value is string {
  return typeof value === 'string' && value.includes('\n');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function partOf(of: unknown, name: string): unknown {
  return isRecord(of) ? of[name] : undefined;
}
