// Changes as a card shows them: where, what it is now, what it will be.
import type { Change } from '../causes/contract.ts';
import { diff, valueText } from './field-diff.ts';
import type { Limits } from './fit.ts';
import { fieldWords, placeOf } from './place.ts';
import { plain } from './plain.ts';

export interface ChangeRow {
  readonly where: string;
  readonly before: string;
  readonly after: string;
}

/** One row for each field that differs, at most `limits.items`, and a line for those left out. */
export function changeRows(changes: readonly Change[], limits: Limits): { readonly rows: readonly ChangeRow[]; readonly more: string } {
  const all = changes.flatMap(rowsOf);
  const rows = all.slice(0, limits.items).map(({ where, before, after }) => ({
    where: plain(where, limits.chars),
    before: plain(before, limits.chars) || 'nothing to see',
    after: plain(after, limits.chars) || 'nothing to see',
  }));
  const left = all.length - rows.length;
  return { rows, more: left === 0 ? '' : `and ${left} more ${left === 1 ? 'change' : 'changes'}` };
}

function rowsOf(change: Change): readonly ChangeRow[] {
  const { on, field, before, after } = change;
  const place = placeOf(on);
  if (field.startsWith('!')) {
    return [{ where: place, before: 'as it is', after: `action "${fieldWords(field.slice(1))}" is run` }];
  }
  if (field === '') {
    if (before === null || after === null) {
      return [{ where: place, before: before === null ? 'not there' : 'there', after: after === null ? 'removed' : 'added' }];
    }
    return within(place, '', before, after);
  }
  const differing = within(place, field, before, after);
  if (differing.length > 0) return differing;
  return [{ where: `${place}, ${fieldWords(field)}`, before: valueText(before), after: `${valueText(after)} (saved again, unchanged)` }];
}

function within(place: string, field: string, before: unknown, after: unknown): readonly ChangeRow[] {
  return diff(before, after).map((row) => {
    const words = fieldWords(`${field}/${row.path}`);
    return {
      where: words === '' ? place : `${place}, ${words}`,
      before: presence(row.before, 'not there'),
      after: presence(row.after, 'removed'),
    };
  });
}

function presence(value: unknown, without: string): string {
  return value === undefined ? without : valueText(value);
}
