// Changes one thing in the text of a policy and leaves every other byte alone: one splice. What comes out is read again, and an edit that
// did not do exactly what was wanted, in the whole document, is not offered.
import type { PolicyText } from '../snapshot/facts-policies.ts';
import type { Running } from '../snapshot/policies/running.ts';
import { scanPolicy } from '../snapshot/policies/scan.ts';
import { type Statement, textsUnder } from '../snapshot/policies/statement.ts';
import { mapSealed } from '../snapshot/sealed.ts';
import type { Change, FixPlan } from './contract.ts';
import { outlineOf } from './policy-outline.ts';
import { entryAdded, type Splicing } from './policy-splice.ts';

export interface PolicyEdit extends Splicing {
  /** The policy resource, and the line of the statement in it. */
  readonly armId: string;
  readonly line: number;
  readonly name: string;
}

/** The change of a policy document; null when it cannot be made safely. */
export function editPolicy(texts: readonly PolicyText[], edit: PolicyEdit): Change | null {
  const before = texts.find(({ armId }) => armId === edit.armId)?.text;
  if (before === undefined) return null;
  // The real text differs from what is shown in the secrets that are masked, and one of them might look like markup: both have to do.
  let fits = true;
  const after = mapSealed(before, (text) => {
    const edited = editedText(text, edit);
    fits &&= edited !== null;
    return edited ?? text;
  });
  return fits ? { on: edit.armId, field: 'properties.value', before, after } : null;
}

/** The text with the change; null when the outcome is not exactly what was wanted. */
export function editedText(text: string, edit: Omit<PolicyEdit, 'armId'>): string | null {
  const outline = outlineOf(text);
  const start = placeOf(outline, edit.line, edit.name);
  const splice = start < 0 ? null : edit.splice(text, outline, start);
  if (splice === null) return null;
  const after = text.slice(0, splice.from) + splice.text + text.slice(splice.to);
  return isAsWanted(text, after, edit) ? after : null;
}

/** The one `<name` on that line; -1 when there is none, or several. */
function placeOf(outline: string, line: number, name: string): number {
  let start = 0;
  for (let count = 1; count < line; count += 1) {
    start = outline.indexOf('\n', start) + 1;
    if (start === 0) return -1;
  }
  const end = outline.indexOf('\n', start);
  const here = outline.slice(start, end < 0 ? outline.length : end);
  const found = [...here.matchAll(new RegExp(`<${name}(?=[\\s/>]|$)`, 'gi'))];
  return found.length === 1 && found[0] !== undefined ? start + found[0].index : -1;
}

function isAsWanted(before: string, after: string, { line, name, wanted }: Omit<PolicyEdit, 'armId'>): boolean {
  const [old, fresh] = [scanPolicy(before), scanPolicy(after)];
  if (old.kind !== 'document' || fresh.kind !== 'document' || before === after) return false;
  let found = 0;
  const replaced = (statement: Statement): Statement => {
    if (statement.line === line && statement.name === name) {
      found += 1;
      return wanted(statement);
    }
    return { ...statement, children: statement.children.map(replaced) };
  };
  const expected = replaced(old.root);
  return found === 1 && comparable(expected) === comparable(fresh.root);
}

// Lines move with what is put in, and so do the blanks between elements.
function comparable(statement: Statement): string {
  return JSON.stringify(statement, (key, value) =>
    key === 'line' ? undefined : key === 'text' ? String(value).replace(/\s+/g, ' ') : value,
  );
}

/** One more value in a list that the statement has already (`audiences/audience`); null when it cannot be added safely. */
export function admit(
  texts: readonly PolicyText[],
  { document, statement }: Running,
  list: string,
  entry: string,
  value: string,
): Change | null {
  const { name, line } = statement;
  if (!/^[\w.:/-]+$/.test(value) || textsUnder(statement, list, entry).includes(value)) return null;
  return editPolicy(texts, { armId: document.armId, line, name, ...entryAdded(name, list, entry, value) });
}

/** A plan of one policy change, or why there is none. */
export function planOf(change: Change | null, step: Running, consequence: string, undo: string | null): FixPlan {
  if (change !== null) return { kind: 'change', changes: [change], consequence, undo, permission: writingOf(change.on) };
  const why =
    step.document.scope === 'fragment'
      ? 'it stands in a fragment that other APIs may use'
      : 'the text has a form that is not changed by machine';
  return { kind: 'refuse', says: `No button is offered, because ${why}: change ${step.where} by hand.` };
}

/** The ARM action that writes a policy: it is another one for each scope. */
export function writingOf(armId: string): string {
  const path = armId.replace(/^.*\/providers\/Microsoft\.ApiManagement\/service\/[^/]+\//i, '').split('/');
  return ['Microsoft.ApiManagement/service', ...path.filter((_, index) => index % 2 === 0), 'write'].join('/');
}
