// Finds URLs in text by hand: pasted URLs have placeholders, ports, missing ends and punctuation glued to them, which `URL` refuses.
import { hostKind, isPlausibleHost } from './hosts.ts';

export interface FoundUrl {
  readonly from: number;
  readonly to: number;
  readonly scheme: string;
  /** Lower case, without port; null for a placeholder or an implausible name. */
  readonly host: string | null;
  /** What stood in the host's place, lower case, to recognise the suffix behind a placeholder. */
  readonly authority: string;
  readonly path: string;
  /** Without the question mark; empty when there is none. */
  readonly query: string;
}

const closers: Readonly<Record<string, string>> = { '[': ']', '{': '}', '<': '>' };

/** A scheme, or the name of a service with a path after it, as people write it in a sentence. */
const start =
  /\b(?:https?|wss?):\/\/|\.(?:azure-api\.(?:net|us|cn)|openai\.azure\.com|cognitiveservices\.azure\.com|api\.cognitive\.microsoft\.com|azurewebsites\.net)(?=(?::\d{1,5})?\/[\w{[-])/gi;

export function findUrls(text: string): readonly FoundUrl[] {
  const found: FoundUrl[] = [];
  const pattern = new RegExp(start);
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const named = match[0].startsWith('.');
    const from = named
      ? match.index - (/[a-z0-9.-]{1,200}$/i.exec(text.slice(Math.max(0, match.index - 200), match.index))?.[0].length ?? 0)
      : match.index;
    const url = from === match.index && named ? null : readUrl(text, from, named ? '' : match[0]);
    if (url !== null && from >= (found.at(-1)?.to ?? 0)) {
      found.push(url);
      pattern.lastIndex = Math.max(url.to, pattern.lastIndex);
    }
  }
  return found;
}

function readUrl(text: string, from: number, scheme: string): FoundUrl | null {
  const authorityFrom = from + scheme.length;
  const authorityTo = scan(text, authorityFrom, '/?#"\'<>|\\,;)(', 300, true);
  const authority = text
    .slice(authorityFrom, authorityTo)
    .toLowerCase()
    .replace(/[.:*]+$/, '');
  if (authority === '') {
    return null;
  }
  const pathTo =
    text[authorityTo] === '/' ? beforeColumn(text, authorityTo, scan(text, authorityTo, '?#"\'<>|\\', 2000, true)) : authorityTo;
  const queryTo = text[pathTo] === '?' ? scan(text, pathTo + 1, '"\'|\\#', 4000, true) : pathTo;
  const end = withoutTail(text, authorityTo, queryTo);
  const path = text.slice(authorityTo, Math.min(pathTo, end));
  const query = pathTo < end && text[pathTo] === '?' ? text.slice(pathTo + 1, end) : '';
  return { from, to: end, scheme: scheme.toLowerCase(), host: plainHost(authority), authority, path, query };
}

/** Reads on until a stop or white space; a placeholder in brackets is stepped over, blanks and all. */
function scan(text: string, from: number, stops: string, limit: number, placeholders: boolean): number {
  const last = Math.min(text.length, from + limit);
  let index = from;
  while (index < last) {
    const char = text[index] ?? '';
    const closer = placeholders ? closers[char] : undefined;
    if (closer !== undefined) {
      const close = text.slice(index + 1, index + 60).search(new RegExp(`[\\n\\${closer}]`));
      if (
        close >= 0 &&
        text[index + 1 + close] === closer &&
        (char !== '<' || /^<[\w .$-]{1,50}$/.test(text.slice(index, index + 1 + close)))
      ) {
        index += close + 2;
        continue;
      }
      if (char !== '{' || stops.includes(char)) {
        return index;
      }
    }
    if (char <= ' ' || stops.includes(char) || char === '}' || char === ']' || (char > '\u007f' && /\s/.test(char))) {
      return index;
    }
    index += 1;
  }
  return index;
}

/** In a row of comma-separated values the status follows the URL without a blank. */
function beforeColumn(text: string, from: number, to: number): number {
  const column = text.slice(from, to).search(/,[1-5]\d\d(?:,|$)/);
  return column === -1 ? to : from + column;
}

/** Punctuation at the end belongs to the sentence, a closing bracket without its opener too. */
function withoutTail(text: string, from: number, to: number): number {
  let end = to;
  while (end > from) {
    const char = text[end - 1] ?? '';
    const unbalanced = char === ')' && !text.slice(from, end).includes('(');
    if (!unbalanced && !/[.,;:!*…]/.test(char)) {
      return end;
    }
    end -= 1;
  }
  return end;
}

function plainHost(authority: string): string | null {
  const host = authority.replace(/^[^@]*@/, '').replace(/:\d{0,5}$/, '');
  return isPlausibleHost(host) ? host : null;
}

/** Repeated slashes collapse, a trailing one stays; null when there is no path to speak of. */
export function tidyPath(path: string): string | null {
  const tidy = path.replace(/[?#].*$/s, '').replace(/\/{2,}/g, '/');
  return tidy.startsWith('/') ? tidy : null;
}

/** True for links to documentation, sign-in pages, portals and schemas. */
export function isReference(url: FoundUrl): boolean {
  return hostKind(url.host ?? url.authority) === 'reference';
}
