// Whether a changed policy lets more calls through. Nothing is taken for harmless without a rule that says why: what no rule knows leaves a doubt.
import { scanPolicy } from '../../snapshot/policies/scan.ts';
import type { Statement } from '../../snapshot/policies/statement.ts';
import { diffLists } from '../text-diff.ts';
import { type Judged, judgeAdded, judgeAttributes, judgeRemoved } from './policy-rules.ts';

export interface EditJudged {
  /** In what way more calls get through, as sentences. */
  readonly wider: readonly string[];
  /** In what way fewer do. */
  readonly narrower: readonly string[];
  /** False when a part of the change could not be judged. */
  readonly isClear: boolean;
}

/** One element with its place in the document. */
export interface Placed {
  readonly statement: Statement;
  readonly parent: Placed | null;
  /** Depth, name, attributes and text: the same for elements that are the same. Reading order and depth make the whole tree. */
  readonly key: string;
  readonly depth: number;
}

export function judgeEdit(before: string, after: string): EditJudged {
  const [old, fresh] = [scanPolicy(before), scanPolicy(after)];
  if (old.kind !== 'document' || fresh.kind !== 'document') return { wider: [], narrower: [], isClear: before === after };
  const { removed, added, changed } = differences(placed(old.root), placed(fresh.root));
  const judged: readonly Judged[] = [
    ...[...removed].filter((one) => !isInside(one, removed)).map((one) => judgeRemoved(one, removed)),
    ...[...added].filter((one) => !isInside(one, added)).map(judgeAdded),
    ...changed.flatMap(([from, to]) => judgeAttributes(from, to)),
  ];
  const says = (kind: Judged['kind']): readonly string[] => [...new Set(judged.filter((one) => one.kind === kind).map((one) => one.says))];
  return { wider: says('wider'), narrower: says('narrower'), isClear: judged.every(({ kind }) => kind !== 'unclear') };
}

interface Differences {
  readonly removed: ReadonlySet<Placed>;
  readonly added: ReadonlySet<Placed>;
  /** The same element with other attributes. */
  readonly changed: readonly (readonly [from: Placed, to: Placed])[];
}

function differences(before: readonly Placed[], after: readonly Placed[]): Differences {
  const removed = new Set<Placed>();
  const added = new Set<Placed>();
  const changed: (readonly [Placed, Placed])[] = [];
  let block: Placed[] = [];
  const edits = diffLists(
    before.map(({ key }) => key),
    after.map(({ key }) => key),
  );
  for (const edit of edits) {
    if (edit.kind === 'same') {
      block = [];
    } else if (edit.kind === 'removed') {
      const one = before[(edit.before ?? 0) - 1] as Placed;
      removed.add(one);
      block.push(one);
    } else {
      const one = after[(edit.after ?? 0) - 1] as Placed;
      const was = block.find((other) => isSameButAttributes(other, one));
      if (was === undefined) {
        added.add(one);
        continue;
      }
      block = block.filter((other) => other !== was);
      removed.delete(was);
      changed.push([was, one]);
    }
  }
  return { removed, added, changed };
}

function isSameButAttributes(a: Placed, b: Placed): boolean {
  return a.depth === b.depth && a.statement.name === b.statement.name && a.statement.text === b.statement.text;
}

function isInside(one: Placed, others: ReadonlySet<Placed>): boolean {
  for (let above = one.parent; above !== null; above = above.parent) if (others.has(above)) return true;
  return false;
}

/** Every element, outermost first, in reading order. */
function placed(root: Statement, parent: Placed | null = null): readonly Placed[] {
  const depth = parent === null ? 0 : parent.depth + 1;
  const attributes = Object.entries(root.attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  const own: Placed = { statement: root, parent, depth, key: JSON.stringify([depth, root.name, attributes, root.text]) };
  return [own, ...root.children.flatMap((child) => placed(child, own))];
}
