// What exactly changes, as rows: a change of one field is one row; a change of a whole document is a row for each place in it
// that differs. Entries of lists are compared by their name, so that taking one out reads as that, and not as all others moving.

export interface DiffRow {
  /** Path inside the field, slashed; '' for the field itself. */
  readonly path: string;
  /** Undefined where there is nothing. */
  readonly before: unknown;
  readonly after: unknown;
}

/** Every place that differs; empty when nothing does. */
export function diff(before: unknown, after: unknown, path = ''): readonly DiffRow[] {
  if (same(before, after)) return [];
  if (isText(before) && isText(after) && (before.includes('\n') || after.includes('\n'))) return [lines(before, after, path)];
  const [left, right] = [entries(before), entries(after)];
  if (left === null || right === null) return [{ path, before, after }];
  const names = new Set([...left.keys(), ...right.keys()]);
  return [...names].flatMap((name) => diff(left.get(name), right.get(name), path === '' ? name : `${path}/${name}`));
}

/** A value in one line: an object as its fields, everything else as it is. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (value === '') return 'an empty text';
  if (typeof value === 'string') return value;
  const fields = Array.isArray(value) ? null : entries(value);
  return fields === null || fields.size === 0
    ? JSON.stringify(value)
    : [...fields].map(([name, part]) => `${name}: ${typeof part === 'object' ? JSON.stringify(part) : String(part)}`).join(', ');
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function entries(value: unknown): ReadonlyMap<string, unknown> | null {
  if (Array.isArray(value)) return listEntries(value);
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : null;
}

function listEntries(list: readonly unknown[]): ReadonlyMap<string, unknown> {
  const names = list.map((entry) => (entry as { name?: unknown } | null)?.name);
  const byName = names.every(isText) && new Set(names).size === names.length;
  return new Map(list.map((entry, index) => [byName ? String(names[index]) : String(index + 1), entry]));
}

/** Of a long text only the lines between the first and the last difference. */
function lines(before: string, after: string, path: string): DiffRow {
  const [left, right] = [before.split('\n'), after.split('\n')];
  const shorter = Math.min(left.length, right.length);
  let head = 0;
  while (head < shorter && left[head] === right[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && left.at(-1 - tail) === right.at(-1 - tail)) tail += 1;
  const middle = (all: readonly string[]): string | undefined =>
    all
      .slice(head, all.length - tail)
      .join(' ')
      .trim() || undefined;
  const at = `line ${head + 1}`;
  return { path: path === '' ? at : `${path}/${at}`, before: middle(left), after: middle(right) };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
