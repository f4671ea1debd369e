// Reads a policy document as `rawxml`: XML in which expressions stand as they are. Tolerant, linear, never throws.
// Document types and entity declarations are refused: nothing in a policy needs them, and following them is how parsers are attacked.
import { decode } from './entities.ts';
import { expressionEnd } from './expressions.ts';
import type { Scanned, Statement } from './statement.ts';

/** Deeper nesting is nobody's policy. */
const deepest = 200;

interface Open {
  readonly name: string;
  readonly written: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly line: number;
  readonly children: Statement[];
  readonly texts: string[];
}

export function scanPolicy(text: string): Scanned {
  if (/<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)\b/i.test(withoutComments(text)))
    return { kind: 'refused', says: 'The document declares a document type or entities; those are not followed.' };
  const reader = createReader(text);
  const open: Open[] = [];
  let root: Statement | null = null;

  while (reader.at < text.length) {
    const words = reader.words();
    const inside = open.at(-1);
    if (inside !== undefined) inside.texts.push(words);
    else if (words.trim().replace(/^\ufeff/, '') !== '') return broken(reader.line(), 'text stands outside the document');
    if (reader.at >= text.length) break;
    if (text.startsWith('<!--', reader.at)) {
      if (!reader.skip('-->')) return broken(reader.line(), 'a comment never ends');
    } else if (text.startsWith('<![CDATA[', reader.at)) {
      const from = reader.at + 9;
      if (!reader.skip(']]>')) return broken(reader.line(), 'a CDATA section never ends');
      inside?.texts.push(text.slice(from, reader.at - 3));
    } else if (text.startsWith('<?', reader.at)) {
      if (!reader.skip('?>')) return broken(reader.line(), 'a processing instruction never ends');
    } else if (text.startsWith('</', reader.at)) {
      const line = reader.line();
      const name = reader.endTag();
      const ended = open.pop();
      if (name === null || ended === undefined || ended.written !== name) return broken(line, 'an end tag does not match its start tag');
      root = place(close(ended), open, root);
    } else {
      const line = reader.line();
      const tag = reader.startTag();
      if (tag === null) return broken(line, 'a tag is not well formed');
      if (open.length === 0 && root !== null) return broken(line, 'there is more than one document');
      const started: Open = { name: tag.name.toLowerCase(), written: tag.name, attributes: tag.attributes, line, children: [], texts: [] };
      if (!tag.closed) open.push(started);
      else root = place(close(started), open, root);
      if (open.length > deepest) return broken(line, 'elements are nested too deep');
    }
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined) return broken(unclosed.line, `the element "${unclosed.name.slice(0, 60)}" is not closed`);
  return root === null ? { kind: 'broken', says: 'The document is empty.' } : { kind: 'document', root };
}

function place(statement: Statement, open: readonly Open[], root: Statement | null): Statement | null {
  const parent = open.at(-1);
  if (parent === undefined) return statement;
  parent.children.push(statement);
  return root;
}

function close({ name, attributes, line, children, texts }: Open): Statement {
  return { name, attributes, line, children, text: texts.join('').trim() };
}

function broken(line: number, why: string): Scanned {
  return { kind: 'broken', says: `The document is not XML that can be read: line ${line}, ${why}.` };
}

function withoutComments(text: string): string {
  return text.replace(/<!--[\s\S]*?(?:-->|$)/g, '').replace(/<!\[CDATA\[[\s\S]*?(?:\]\]>|$)/g, '');
}

interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly closed: boolean;
}

interface Reader {
  at: number;
  line(): number;
  /** Text up to the next `<` that is not in an expression. */
  words(): string;
  /** Moves behind the next `mark`; false when there is none. */
  skip(mark: string): boolean;
  startTag(): Tag | null;
  endTag(): string | null;
}

function createReader(text: string): Reader {
  let counted = 0;
  let lines = 1;
  // One expression without an end is enough to stop looking for others: the search stays linear.
  let hopeless = false;

  let nextAt = -1;

  /** The next expression from `from` on and before `before`; null when there is none. */
  const expression = (from: number, before: number): { readonly start: number; readonly end: number } | null => {
    for (let at = from; !hopeless; at = nextAt + 1) {
      if (nextAt < at) nextAt = nextIndex(text, '@', at);
      if (nextAt >= before) return null;
      if (text[nextAt + 1] !== '(' && text[nextAt + 1] !== '{') continue;
      const end = expressionEnd(text, nextAt);
      if (end >= 0) return { start: nextAt, end };
      hopeless = true;
    }
    return null;
  };

  /** Moves to the next `mark` that is in no expression, or to the end. */
  const advance = (mark: string): void => {
    for (let stop = -1; ; ) {
      if (stop < reader.at) stop = nextIndex(text, mark, reader.at);
      const found = expression(reader.at, stop);
      reader.at = found?.end ?? stop;
      if (found === null) return;
    }
  };

  const reader: Reader = {
    at: 0,
    line() {
      for (; counted < reader.at; counted += 1) if (text.charCodeAt(counted) === 10) lines += 1;
      return lines;
    },
    words() {
      const from = reader.at;
      advance('<');
      return decode(text.slice(from, reader.at));
    },
    skip(mark) {
      const end = text.indexOf(mark, reader.at);
      reader.at = end < 0 ? text.length : end + mark.length;
      return end >= 0;
    },
    endTag() {
      const found = sticky(/<\/([A-Za-z_][\w.:-]{0,200})\s*>/y, text, reader.at);
      if (found === null) return null;
      reader.at += found[0].length;
      return found[1] ?? null;
    },
    startTag() {
      const start = sticky(/<([A-Za-z_][\w.:-]{0,200})/y, text, reader.at);
      if (start === null) return null;
      reader.at += start[0].length;
      const attributes: Record<string, string> = Object.create(null);
      for (;;) {
        const end = sticky(/\s*(\/?)>/y, text, reader.at);
        if (end !== null) {
          reader.at += end[0].length;
          return { name: start[1] ?? '', attributes: { ...attributes }, closed: end[1] === '/' };
        }
        const attribute = sticky(/\s+([A-Za-z_][\w.:-]{0,200})\s*=\s*(["'])/y, text, reader.at);
        if (attribute === null) return null;
        reader.at += attribute[0].length;
        const value = quoted(attribute[2] ?? '"');
        if (value === null) return null;
        const name = (attribute[1] ?? '').toLowerCase();
        // What splits a claim may be a blank.
        attributes[name] = name === 'separator' ? value : value.trim();
      }
    },
  };

  function quoted(quote: string): string | null {
    const from = reader.at;
    advance(quote);
    if (reader.at >= text.length) return null;
    reader.at += 1;
    return decode(text.slice(from, reader.at - 1));
  }

  return reader;
}

function nextIndex(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at;
}

function sticky(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
