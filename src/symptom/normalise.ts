// What chat clients, mail, terminals and JSON-in-JSON do to a paste is undone here, once, so that the readers see plain text.
// Lines keep their number: evidence must point into the paste as it was given.

/** Readable text of a paste, with the way back to the line it came from. */
export interface Paste {
  readonly text: string;
  /** Line of the paste as given, from 1, for an offset into `text`. */
  readonly lineOf: (offset: number) => number;
}

/** More than this is cut off: a megabyte is already far beyond any answer of a gateway. */
const longest = 2_097_152;

const entityText: Readonly<Record<string, string>> = { quot: '"', apos: "'", lt: '<', gt: '>', amp: '&', nbsp: ' ' };

export function normalise(given: string): Paste {
  const text = plainCharacters(given.slice(0, longest));
  const texts: string[] = [];
  const numbers: number[] = [];
  let number = 0;
  for (const line of text.split('\n')) {
    number += 1;
    for (const part of unescaped(line).split('\n')) {
      texts.push(part);
      numbers.push(number);
    }
  }
  const lines = withoutQuoteMarks(texts);
  return { text: lines.join('\n'), lineOf: lineFinder(lines, numbers) };
}

function plainCharacters(text: string): string {
  const plain = decodeEntities(text)
    .replace(/\r\n?|[\u2028\u2029\u000b\u000c]/g, '\n')
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]|\ufe0f/g, '')
    .replace(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\0]/g, ' ')
    .replace(/[\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02\u275d\u275e]/g, '"')
    .replace(/[\u2018\u2019\u201a\u201b\u2032\uff07]/g, "'")
    .replace(/[\u2010\u2011]/g, '-')
    .replace(/(^|\s)[\u2013\u2014](?=(?:header|request|data|url|location|verbose|include|user|insecure)\b)/g, '$1--')
    .replace(/(^|\s)[\u2013\u2014](?=[A-Za-z])/g, '$1-')
    .replace(/`(?!\n)/g, ' ');
  return plain.includes('safelinks.') ? withoutSafeLinks(plain) : plain;
}

/** Outlook and Teams wrap links; what was pasted is the link inside. */
function withoutSafeLinks(text: string): string {
  return text.replace(
    /https:\/\/[\w.-]{1,40}\.safelinks\.protection\.outlook\.com\/[\w/]{0,20}\?url=([^&\s"'<>]{1,4000})[^\s"'<>)]{0,2000}/g,
    (whole, inner: string) => {
      try {
        return decodeURIComponent(inner);
      } catch {
        return whole;
      }
    },
  );
}

/** Twice, because a message that was forwarded as HTML is often encoded again. */
function decodeEntities(text: string): string {
  if (!text.includes('&')) {
    return text;
  }
  return decodeOnce(decodeOnce(text));
}

function decodeOnce(text: string): string {
  return text.replace(/&(quot|apos|lt|gt|amp|nbsp|#\d{1,6}|#[xX][0-9a-fA-F]{1,5});/g, (whole, name: string) => {
    if (!name.startsWith('#')) {
      return entityText[name] ?? whole;
    }
    const code = /^#[xX]/.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** Undoes JSON's escapes at any depth, because agents and log rows nest answers in strings. A literal `\n` becomes a line of its own. */
function unescaped(line: string): string {
  if (!line.includes('\\')) {
    return line;
  }
  return line
    .replace(/\\{1,16}u00(22|27|26|3[cCeE])/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\{1,16}(["'/])/g, '$1')
    .replace(/(?:\\{1,16}r)?\\{1,16}n/g, '\n')
    .replace(/\\{1,16}[rt](?![a-z])/g, ' ')
    .replace(/(?:\\{1,16}t[^\\\n]{0,400}){3}/g, (row) => row.replace(/\\{1,16}t/g, '\t'));
}

/**
 * Block-quote marks go, curl's `>` stays: curl puts it before a request alone, and there is a request line or a `<` answer to show for it.
 * A `>` before an answer, JSON or another mark can only be a quote mark.
 */
function withoutQuoteMarks(lines: readonly string[]): readonly string[] {
  let result = lines;
  for (let depth = 0; depth < 4 && result.some((line) => /^[ \t]{0,8}>/.test(line)) && areQuoted(result); depth += 1) {
    result = result.map((line) => line.replace(/^[ \t]{0,8}> ?/, ''));
  }
  return result;
}

function areQuoted(lines: readonly string[]): boolean {
  const dump = lines.some((line) =>
    /^[ \t]{0,8}(?:> [A-Z]{3,7} \S{1,4000} HTTP\/[\d.]{1,3}\s{0,8}$|<[ \t]{1,4}(?:HTTP\/\d|[A-Za-z][\w-]{1,60}:))/.test(line),
  );
  return !dump || lines.some((line) => /^[ \t]{0,8}>[ \t]{0,8}(?:HTTP\/\d|[{}"<>*]|WWW-Auth)/i.test(line));
}

function lineFinder(lines: readonly string[], numbers: readonly number[]): (offset: number) => number {
  const starts = new Int32Array(lines.length);
  let start = 0;
  for (let index = 0; index < lines.length; index += 1) {
    starts[index] = start;
    start += (lines[index] ?? '').length + 1;
  }
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return numbers[low] ?? 1;
  };
}
