// The outline of a policy document: the same length, letter by letter, with everything blanked that only looks like markup (comments, CDATA,
// processing instructions, expressions, the values of attributes). What is found in it stands at the same place in the document.
import { expressionEnd } from '../snapshot/policies/expressions.ts';

export function outlineOf(text: string): string {
  const parts: string[] = [];
  let at = 0;
  // One expression without an end is enough to stop looking for others, as in scan.ts: the search stays linear.
  let hopeless = false;
  const keep = (to: number): void => {
    parts.push(text.slice(at, to));
    at = to;
  };
  const blank = (to: number, filler: string): void => {
    parts.push(text.slice(at, to).replace(/[^\r\n]/g, filler));
    at = to;
  };

  while (at < text.length) {
    if (text.startsWith('<!--', at)) blank(behind(text, '-->', at + 4), ' ');
    else if (text.startsWith('<![CDATA[', at)) blank(behind(text, ']]>', at + 9), ' ');
    else if (text.startsWith('<?', at)) blank(behind(text, '?>', at + 2), ' ');
    else if (text[at] === '<') tag();
    else {
      const end = endOfExpression(at);
      if (end > 0) blank(end, 'x');
      else keep(at + 1);
    }
  }
  return parts.join('');

  /** To the tag's `>`; the quotes of its attributes stay. */
  function tag(): void {
    keep(at + 1);
    while (at < text.length) {
      const character = text[at];
      if (character === '"' || character === "'") {
        keep(at + 1);
        blank(valueEnd(at, character), 'x');
        keep(Math.min(at + 1, text.length));
      } else {
        keep(at + 1);
        if (character === '>') return;
      }
    }
  }

  function valueEnd(from: number, quote: string): number {
    let end = from;
    while (end < text.length && text[end] !== quote) end = Math.max(endOfExpression(end), end + 1);
    return end;
  }

  /** -1 where no expression begins. */
  function endOfExpression(start: number): number {
    if (hopeless || text[start] !== '@' || (text[start + 1] !== '(' && text[start + 1] !== '{')) return -1;
    const end = expressionEnd(text, start);
    hopeless = end < 0;
    return end;
  }
}

function behind(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end < 0 ? text.length : end + mark.length;
}
