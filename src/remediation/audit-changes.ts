// What the audit keeps of a change: everything but the body of a document. Of that, only the lines that differ.
import type { Change } from '../causes/contract.ts';
import { diffLines } from './text-diff.ts';

/** The changes with each text of several lines reduced to the lines that differ. Everything else stays as it is. */
export function auditChanges(changes: readonly Change[]): readonly Change[] {
  return changes.map((change) => {
    const [before, after] = differing(change.before, change.after);
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
  const only = (kind: 'removed' | 'added'): string =>
    edits
      .filter((edit) => edit.kind === kind)
      .map(({ text }) => text)
      .join('\n');
  return [only('removed'), only('added')];
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
