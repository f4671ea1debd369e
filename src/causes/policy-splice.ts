// The three edits that fixes make in a policy: one more entry of a list, an attribute, an element at the head of a section.
import type { Statement } from '../snapshot/policies/statement.ts';

/** Puts `text` in place of what stands from `from` to `to`. */
export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export interface Splicing {
  /** Where the statement's `<` is in the document and its outline -> what to put where; null when the place is not found. */
  readonly splice: (document: string, outline: string, start: number) => Splice | null;
  /** The statement as it was -> as it has to be; all else in the document stays. */
  readonly wanted: (old: Statement) => Statement;
}

/** Puts one more element behind the last of its kind inside a list of the statement, indented like it. */
export function entryAdded(name: string, list: string, entry: string, value: string): Splicing {
  const added: Statement = { name: entry, attributes: {}, line: 0, children: [], text: value };
  return {
    splice(document, outline, start) {
      const end = outline.indexOf('>', outline.slice(start).search(new RegExp(`</${name}\\s*>`, 'i')) + start);
      const statement = outline.slice(start, end);
      const opens = statement.search(new RegExp(`<${list}(?=[\\s/>])`, 'i'));
      const closes = statement.search(new RegExp(`</${list}\\s*>`, 'i'));
      if (opens < 0 || closes < opens) return null;
      const last = [...statement.slice(opens, closes).matchAll(new RegExp(`<${entry}(?=[\\s>])[^>]*>[^<]*</${entry}\\s*>`, 'gi'))].at(-1);
      if (last === undefined) return null;
      const from = start + opens + last.index;
      const at = from + last[0].length;
      const blanks = /\s*$/.exec(document.slice(0, from))?.[0] ?? '';
      return { from: at, to: at, text: `${blanks}<${entry}>${value}</${entry}>` };
    },
    wanted: (old) => ({
      ...old,
      children: old.children.map((child) => (child.name === list ? { ...child, children: [...child.children, added] } : child)),
    }),
  };
}

/** Sets an attribute of the statement's start tag; quotes that it has already stay. An expression is never replaced. */
export function attributeSet(name: string, attribute: string, value: string): Splicing {
  return {
    splice(document, outline, start) {
      const tag = outline.slice(start, outline.indexOf('>', start) + 1);
      const own = new RegExp(`\\s${attribute}\\s*=\\s*(["'])([^"']*)\\1`, 'i').exec(tag);
      if (own === null) {
        const at = start + 1 + name.length;
        return { from: at, to: at, text: ` ${attribute}="${value}"` };
      }
      const to = start + own.index + own[0].length - 1;
      const from = to - (own[2] ?? '').length;
      return document.slice(from, to).includes('@') ? null : { from, to, text: value };
    },
    wanted: (old) => ({ ...old, attributes: { ...withFirst(attribute, value, old.attributes) } }),
  };
}

// A new attribute is put before the others; one that is there keeps its place.
function withFirst(attribute: string, value: string, attributes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return attribute in attributes ? { ...attributes, [attribute]: value } : { [attribute]: value, ...attributes };
}

/** Puts an empty element first in the section, as far in as what stands below it. */
export function elementFirst(name: string, element: string): Splicing {
  const added: Statement = { name: element, attributes: {}, line: 0, children: [], text: '' };
  return {
    splice(document, outline, start) {
      const end = outline.indexOf('>', start);
      if (end < 0 || outline[end - 1] === '/' || !new RegExp(`^<${name}\\s*>`, 'i').test(outline.slice(start, end + 1))) return null;
      const blanks = /^\s*/.exec(document.slice(end + 1))?.[0] ?? '';
      const at = end + 1 + blanks.length;
      // Before the section's own end tag there is nothing to line up with.
      return { from: at, to: at, text: `<${element} />${document.startsWith('</', at) ? '' : blanks}` };
    },
    wanted: (old) => ({ ...old, children: [added, ...old.children] }),
  };
}
