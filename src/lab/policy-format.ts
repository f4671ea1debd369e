// Policies as `xml` (expressions escaped) and `rawxml` (expressions as a person writes them).
import type { JsonObject } from './json.ts';

const entities: Readonly<Record<string, string>> = { '&quot;': '"', '&lt;': '<', '&gt;': '>', '&apos;': "'", '&amp;': '&' };
const escapes: Readonly<Record<string, string>> = { '"': '&quot;', '<': '&lt;', '>': '&gt;', '&': '&amp;' };

interface Piece {
  /** The character meant, and the text it was written as. */
  readonly character: string;
  readonly written: string;
}

function pieceAt(text: string, at: number, escaped: boolean): Piece {
  if (escaped && text[at] === '&') {
    const entity = /^&(quot|lt|gt|apos|amp);/.exec(text.slice(at, at + 6))?.[0];
    if (entity !== undefined) return { character: entities[entity] ?? entity, written: entity };
  }
  return { character: text.charAt(at), written: text.charAt(at) };
}

/** The pieces of the expression that opens at `start` (`@(` or `@{`), up to its closing bracket; null when it never closes. */
function expressionAt(text: string, start: number, escaped: boolean): readonly Piece[] | null {
  const [open, close] = text[start + 1] === '(' ? ['(', ')'] : ['{', '}'];
  const pieces: Piece[] = [];
  let depth = 0;
  let quote: string | null = null;
  for (let at = start; at < text.length; ) {
    const piece = pieceAt(text, at, escaped);
    pieces.push(piece);
    at += piece.written.length;
    if (quote !== null) {
      if (piece.character === '\\' && at < text.length) {
        const next = pieceAt(text, at, escaped);
        pieces.push(next);
        at += next.written.length;
      } else if (piece.character === quote) quote = null;
    } else if (piece.character === '"' || piece.character === "'") quote = piece.character;
    else if (piece.character === open) depth += 1;
    else if (piece.character === close) {
      depth -= 1;
      if (depth === 0) return pieces;
    }
  }
  return null;
}

function mapExpressions(text: string, escaped: boolean, write: (character: string) => string): string {
  let out = '';
  for (let at = 0; at < text.length; ) {
    const opens = text[at] === '@' && (text[at + 1] === '(' || text[at + 1] === '{');
    const pieces = opens ? expressionAt(text, at, escaped) : null;
    if (pieces === null) {
      out += text.charAt(at);
      at += 1;
    } else {
      for (const piece of pieces) {
        out += write(piece.character);
        at += piece.written.length;
      }
    }
  }
  return out;
}

export function escapeExpressions(raw: string): string {
  return mapExpressions(raw, false, (character) => escapes[character] ?? character);
}

export function unescapeExpressions(xml: string): string {
  return mapExpressions(xml, true, (character) => character);
}

/** The properties of a policy in the format asked for: `rawxml`, else `xml`. */
export function convertPolicy(properties: JsonObject, format: string): JsonObject {
  const value = properties.value;
  const asked = format.toLowerCase() === 'rawxml' ? 'rawxml' : 'xml';
  if (typeof value !== 'string') return properties;
  const isRaw = String(properties.format).toLowerCase().startsWith('rawxml');
  if (isRaw === (asked === 'rawxml')) return { ...properties, format: asked };
  return { ...properties, format: asked, value: isRaw ? escapeExpressions(value) : unescapeExpressions(value) };
}

const markup =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|</g;

/** What is wrong with a policy document, or null when its tags are well formed. */
export function policyFault(value: string, format: string): string | null {
  const xml = format.toLowerCase().startsWith('rawxml') ? escapeExpressions(value) : value;
  const open: string[] = [];
  let roots = 0;
  for (const match of xml.matchAll(markup)) {
    const [whole, closing, name = '', , selfClosing] = match;
    if (whole === '<') return 'The policy is not well-formed XML.';
    if (name === '') continue;
    if (closing === '/') {
      if (open.pop() !== name) return `The end tag '${name}' does not match its start tag.`;
      continue;
    }
    if (open.length === 0) roots += 1;
    if (selfClosing !== '/') open.push(name);
  }
  if (open.length > 0) return `The element '${open.at(-1)}' is not closed.`;
  return roots === 1 ? null : 'Root element is missing, or there is more than one.';
}
