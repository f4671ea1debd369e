// Where a policy expression ends. In rawxml an expression stands in attributes and text as a person writes C#: with quotes and `<`.

/**
 * The offset behind the expression that opens at `start` (`@(` or `@{`), or -1 when it never ends.
 * Knows C# strings (plain, verbatim, with entities for quotes), characters and comments, so that a bracket in them does not count.
 */
export function expressionEnd(text: string, start: number): number {
  const [open, close] = text[start + 1] === '(' ? ['(', ')'] : ['{', '}'];
  let depth = 0;
  let at = start + 1;
  let lastLine = false;
  while (at < text.length) {
    const character = text[at];
    if (character === '"') at = stringEnd(text, at, '"');
    else if (character === '&' && text.startsWith('&quot;', at)) at = stringEnd(text, at, '&quot;');
    else if (character === "'") at = characterEnd(text, at);
    else if (character === '/' && text[at + 1] === '/') {
      // A comment runs to the line's end; on the last line `//` is part of a URL far more often.
      const end: number = lastLine ? -1 : text.indexOf('\n', at);
      lastLine = end < 0;
      at = end < 0 ? at + 2 : end;
    } else if (character === '/' && text[at + 1] === '*') at = after(text, '*/', at + 2);
    else {
      if (character === open) depth += 1;
      if (character === close) depth -= 1;
      at += 1;
      if (depth === 0) return at;
    }
    if (at < 0) return -1;
  }
  return -1;
}

function stringEnd(text: string, start: number, quote: string): number {
  const before = text.slice(Math.max(0, start - 2), start);
  const verbatim = before.endsWith('@') || before.endsWith('@$');
  let at = start + quote.length;
  while (at < text.length) {
    if (!verbatim && text[at] === '\\') at += 2;
    else if (text.startsWith(quote, at)) {
      at += quote.length;
      if (!verbatim || !text.startsWith(quote, at)) return at;
      at += quote.length;
    } else at += 1;
  }
  return -1;
}

// An apostrophe that is no character literal is left alone.
function characterEnd(text: string, start: number): number {
  const literal = /^'(?:\\[^\n]{1,6}?|[^'\\\n]|&[a-z]{2,5};)'/.exec(text.slice(start, start + 12));
  return start + (literal?.[0].length ?? 1);
}

function after(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end < 0 ? -1 : end + mark.length;
}
