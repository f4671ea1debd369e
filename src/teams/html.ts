// The HTML that Teams writes, as text. Not a browser: it knows which tags break a line, and leaves every word in place.
const BREAKS = new Set(['br', 'p', 'div', 'li', 'ul', 'ol', 'tr', 'table', 'pre', 'code', 'codeblock', 'blockquote', 'hr']);
const HEADINGS = /^h[1-6]$/;
const SILENT = new Set(['style', 'script', 'attachment', 'title']);
const INLINE_CODE_PARENTS = new Set(['pre', 'codeblock']);
// No part may run past the next `<`: text of a million `<a` must still be read in one pass.
const TAG = /<(\/?)([a-z][a-z0-9]*)\b[^<>]*>|<!--[^<>]*-->/gi;

/** Text of an HTML fragment: one line for each block or <br>, entities resolved, indentation inside <pre> kept. */
export function htmlToText(html: string): string {
  const parts: string[] = [];
  let preformatted = 0;
  let silent = 0;
  let from = 0;
  const add = (raw: string): void => {
    const layout = preformatted === 0 && raw.trim() === '' && raw.includes('\n');
    if (silent === 0 && raw !== '' && !layout) {
      parts.push(unescapeEntities(preformatted > 0 ? raw : raw.replace(/[ \t]*\r?\n[ \t]*/g, ' ')));
    }
  };
  for (const match of html.matchAll(TAG)) {
    add(html.slice(from, match.index));
    from = match.index + match[0].length;
    const name = match[2]?.toLowerCase();
    if (name === undefined) {
      continue;
    }
    const closing = match[1] === '/';
    const step = closing ? -1 : 1;
    const preformats = INLINE_CODE_PARENTS.has(name);
    if (preformats) {
      preformatted = Math.max(0, preformatted + step);
    }
    if (SILENT.has(name)) {
      silent = Math.max(0, silent + step);
    }
    if (name === 'br') {
      parts.push('\n');
    } else if (HEADINGS.test(name) || (BREAKS.has(name) && (name !== 'code' || preformatted > 0))) {
      parts.push(BLOCK);
    } else if (name === 'td' || name === 'th') {
      parts.push(closing ? '\t' : '');
    }
  }
  add(html.slice(from));
  return joinBlocks(parts);
}

// Stands for "a new line starts here, unless one just did".
const BLOCK = '\u0000';

function joinBlocks(parts: readonly string[]): string {
  let text = '';
  for (const part of parts) {
    if (part !== BLOCK) {
      text += part;
    } else if (text !== '' && !text.endsWith('\n')) {
      text += '\n';
    }
  }
  return text;
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' };

/** Resolves the entities that Teams writes, once: `&amp;lt;` becomes `&lt;`. */
export function unescapeEntities(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) {
      return NAMED[String(name).toLowerCase()] ?? whole;
    }
    const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code === 160 ? ' ' : code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
