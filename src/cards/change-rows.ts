// Changes as a card shows them: where, what it is now, what it will be.
import type { Change } from '../causes/contract.ts';
import type { PlanRecord } from '../remediation/plan-record.ts';
import { diff, valueText } from './field-diff.ts';
import type { Limits } from './fit.ts';
import { fieldWords, placeOf, shortIds } from './place.ts';
import { plain } from './plain.ts';

export interface ChangeRow {
  readonly where: string;
  readonly before: string;
  readonly after: string;
}

/** One row for each field that differs, at most `limits.items`, and a line for those left out. */
export function changeRows(
  { shown, service }: Pick<PlanRecord, 'shown' | 'service'>,
  limits: Limits,
): { readonly rows: readonly ChangeRow[]; readonly more: string } {
  const all = shown.flatMap(rowsOf);
  const value = (text: string): string => plain(shortIds(text, service), limits.chars) || 'nothing to see';
  const rows = all.slice(0, limits.items).map(({ where, before, after }) => ({
    where: plain(where, limits.chars),
    before: value(before),
    after: value(after),
  }));
  const left = all.length - rows.length;
  return { rows, more: left === 0 ? '' : `and ${left} more ${left === 1 ? 'change' : 'changes'}` };
}

function rowsOf(change: Change): readonly ChangeRow[] {
  const { on, field, before, after } = change;
  const place = placeOf(on);
  if (field.startsWith('!')) {
    return [{ where: place, ...actionWords(field.slice(1)) }];
  }
  if (field === '' && before === null) return [{ where: place, before: 'not there', after: madeWords(after) }];
  if (field === '' && after === null) return [{ where: place, before: 'there', after: 'not there' }];
  const differing = within(place, field, before, after);
  if (differing.length > 0) return differing;
  const whole = field === '';
  const where = whole ? place : `${place}, ${fieldWords(field)}`;
  if (typeof before === 'string' && before.includes('\n')) {
    return [{ where, before: `as it is, ${before.split('\n').length} lines`, after: 'the same (saved again, unchanged)' }];
  }
  return [{ where, before: whole ? 'there' : valueText(before), after: `${whole ? 'there' : valueText(after)} (saved again, unchanged)` }];
}

/** A new resource in one row, with what it is made of; a link is made of nothing but its id. */
function madeWords(after: unknown): string {
  const properties = (after as { readonly properties?: unknown } | null)?.properties;
  return properties === undefined ? 'there' : `there, with ${valueText(properties)}`;
}

/** What an action does: it has no values to show, and what it makes is not shown. */
function actionWords(action: string): Pick<ChangeRow, 'before' | 'after'> {
  const slot = /^regenerate(Primary|Secondary)Key$/.exec(action)?.[1]?.toLowerCase();
  if (slot !== undefined) return { before: `the old ${slot} key`, after: `a new ${slot} key, not shown here` };
  if (action === 'refreshSecret') return { before: 'the secret as it was fetched last', after: 'fetched from Key Vault again' };
  return { before: 'as before', after: `action "${fieldWords(action)}" is run` };
}

function within(place: string, field: string, before: unknown, after: unknown): readonly ChangeRow[] {
  return diff(before, after).map((row) => {
    const words = fieldWords(`${field}/${row.path}`);
    return {
      where: words === '' ? place : `${place}, ${words}`,
      before: presence(row.before),
      after: presence(row.after),
    };
  });
}

function presence(value: unknown): string {
  return value === undefined ? 'not there' : valueText(value);
}
