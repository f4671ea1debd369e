// Changes one thing in the text of a policy and leaves every other byte alone. What comes out is read again: an edit that did not do
// exactly what was wanted is not offered.
import type { PolicyText } from '../snapshot/facts-policies.ts';
import type { Running } from '../snapshot/policies/running.ts';
import { scanPolicy } from '../snapshot/policies/scan.ts';
import { type Statement, textsUnder, withAllInside } from '../snapshot/policies/statement.ts';
import { mapSealed } from '../snapshot/sealed.ts';
import type { Change, FixPlan } from './contract.ts';

export interface PolicyEdit {
  /** The policy resource, and the line of the statement in it. */
  readonly armId: string;
  readonly line: number;
  readonly name: string;
  /** The text from the statement's `<` on -> the same with the change; null when the place is not found. */
  readonly change: (from: string) => string | null;
  /** The statement as it has to be afterwards. */
  readonly done: (statement: Statement) => boolean;
}

/** The change of a policy document; null when it cannot be made safely. */
export function editPolicy(texts: readonly PolicyText[], edit: PolicyEdit): Change | null {
  const before = texts.find(({ armId }) => armId === edit.armId)?.text;
  // What is shown differs from the real text in masked secrets alone, so it tells whether the edit can be made.
  if (before === undefined || edited(before.shown, edit) === before.shown) return null;
  return { on: edit.armId, field: 'properties.value', before, after: mapSealed(before, (text) => edited(text, edit)) };
}

/** The text with the change; as it was when the outcome is not exactly what was wanted. */
function edited(text: string, edit: PolicyEdit): string {
  const at = placeOf(text, edit.line, edit.name);
  const tail = at < 0 ? null : edit.change(text.slice(at));
  const after = tail === null ? text : text.slice(0, at) + tail;
  return isSafe(text, after, edit) ? after : text;
}

/** The one `<name` on that line; -1 when there is none, or several. */
function placeOf(text: string, line: number, name: string): number {
  let start = 0;
  for (let count = 1; count < line; count += 1) {
    start = text.indexOf('\n', start) + 1;
    if (start === 0) return -1;
  }
  const end = text.indexOf('\n', start);
  const here = text.slice(start, end < 0 ? text.length : end);
  const found = [...here.matchAll(new RegExp(`<${name}(?=[\\s/>])`, 'gi'))];
  return found.length === 1 && found[0] !== undefined ? start + found[0].index : -1;
}

function isSafe(before: string, after: string, { line, name, done }: PolicyEdit): boolean {
  const [old, fresh] = [scanPolicy(before), scanPolicy(after)];
  if (old.kind !== 'document' || fresh.kind !== 'document') return false;
  const changed = withAllInside(fresh.root).find((one) => one.line === line && one.name === name);
  return changed !== undefined && done(changed) && withAllInside(fresh.root).length - withAllInside(old.root).length <= 1;
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
  return editPolicy(texts, {
    armId: document.armId,
    line,
    name,
    change: addToList(name, list, entry, value),
    done: (changed) => textsUnder(changed, list, entry).includes(value),
  });
}

/** Puts one more element behind the last of its kind inside a list of the statement, indented like it. */
function addToList(statement: string, list: string, entry: string, value: string): (from: string) => string | null {
  return (from) => {
    const end = from.search(new RegExp(`</${statement}\\s*>`, 'i'));
    const opens = from.search(new RegExp(`<${list}\\s*>`, 'i'));
    const closes = from.search(new RegExp(`</${list}\\s*>`, 'i'));
    if (opens < 0 || closes < opens || end < closes) return null;
    const inside = from.slice(opens, closes);
    const last = [...inside.matchAll(new RegExp(`(\\s*)<${entry}\\s*>[^<]*</${entry}\\s*>`, 'gi'))].at(-1);
    if (last === undefined) return null;
    const at = opens + last.index + last[0].length;
    return `${from.slice(0, at)}${last[1] ?? ''}<${entry}>${value}</${entry}>${from.slice(at)}`;
  };
}

/** Sets an attribute of the statement's start tag. */
export function setAttribute(statement: string, attribute: string, value: string): (from: string) => string | null {
  return (from) => {
    const own = new RegExp(
      `^(<${statement}(?:\\s+[\\w.:-]+\\s*=\\s*(?:"[^"@]*"|'[^'@]*'))*?\\s+${attribute}\\s*=\\s*)(?:"[^"@]*"|'[^'@]*')`,
      'i',
    );
    if (own.test(from)) return from.replace(own, (_, before: string) => `${before}"${value}"`);
    return from.replace(new RegExp(`^<${statement}(?=[\\s/>])`, 'i'), (tag) => `${tag} ${attribute}="${value}"`);
  };
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
