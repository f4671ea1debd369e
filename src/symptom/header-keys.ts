// Keys under a header's name, wherever such a name is written: wire, command line, JSON, code.

import { type FoundKey, mostKeys } from './found-key.ts';
import { isSubscriptionKeyName } from './key-names.ts';
import { isLiteral, readKeyValue } from './key-values.ts';
import type { RequestSpan } from './request-spans.ts';
import { type Span, within } from './spans.ts';

/** Header lines, options, JSON and code that set a header. On the wire the value counts to the last character, quotes included. */
export function headerKeys(
  text: string,
  requests: readonly RequestSpan[],
  urls: readonly Span[],
  bodies: readonly Span[],
  challengeName: string | null,
): readonly FoundKey[] {
  const found: FoundKey[] = [];
  const wire = requests.filter((span) => span.kind === 'wire');
  for (const { name, to } of keyNames(text, challengeName)) {
    if (found.length >= mostKeys) break;
    const onWire = within(to, wire);
    const raw = within(to, urls) ? null : valueAfter(text, to, onWire);
    const value =
      raw === null
        ? null
        : onWire && /^\{\{.{1,60}\}\}$/.test(raw.text)
          ? { text: raw.text, written: raw.text, partial: false, form: 'literal' as const }
          : readKeyValue(raw.text);
    if (raw === null || value === null || (isLiteral(value.text) && raw.bare)) continue;
    const elsewhere = within(to, bodies) || raw.cookie;
    found.push({ at: raw.at, where: elsewhere ? 'prose' : 'header', name: raw.cookie ? 'Cookie' : name, value });
  }
  return found;
}

function* keyNames(text: string, challengeName: string | null): Generator<{ readonly name: string; readonly to: number }> {
  const wanted = challengeName?.toLowerCase() ?? null;
  const other = wanted !== null && /^[\w-]{2,80}$/.test(wanted) && !isSubscriptionKeyName(wanted) ? `|(?<![\\w-])${wanted}(?![\\w-])` : '';
  const pattern = new RegExp(`(?<![\\w-])[A-Za-z][\\w-]{0,55}(?<=key[12]?)(?![\\w-])|(?<![\\w-])authorization(?![\\w-])${other}`, 'gi');
  for (const match of text.matchAll(pattern)) {
    const name = match[0];
    if (isSubscriptionKeyName(name) || name.toLowerCase() === wanted || /^authorization$/i.test(name))
      yield { name, to: match.index + name.length };
  }
}

interface RawValue {
  readonly text: string;
  readonly at: number;
  /** Unquoted after a quoted name: code or JSON, where `null` means that nothing is sent. */
  readonly bare: boolean;
  readonly cookie: boolean;
}

const between =
  /^(?:["']\s{0,3},\s{0,3}["']value["']\s{0,3}:\s{0,3}|["']?\]?\s{0,3}(?:=>|->|:=|[:=|\t])\s{0,3}|["']\s{0,3},\s{0,3}(?=["'])|:?[ \t]{0,3}\n[ \t]{0,8}(?=[0-9a-f]{32}\b|undefined\b))/i;

function valueAfter(text: string, from: number, onWire: boolean): RawValue | null {
  const rest = text.slice(from, from + 2000);
  const separator = between.exec(rest)?.[0];
  if (separator === undefined) return null;
  // The query of a request line can hold a parameter with a header's name; queryKeys reads it.
  if (
    separator.includes('=') &&
    /(?:^|[\s">])(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s{1,4}\/[^\s]{0,600}$/.test(text.slice(Math.max(0, from - 700), from))
  )
    return null;
  const start = from + separator.length;
  const scheme = /authorization$/i.test(text.slice(Math.max(0, from - 13), from));
  const cookie = /(?:^|[\s"'>])cookie["']?\s{0,3}:[^\n]{0,300}$/i.test(text.slice(Math.max(0, from - 360), from));
  const value = text.slice(start, start + 16_400);
  if (scheme) {
    const plain = /^["']?([\w+/=.~-]{16,4000})["']?(?=[\s,;}]|$)/.exec(value)?.[1];
    return plain === undefined || !/\d/.test(plain) ? null : { text: plain, at: start, bare: false, cookie };
  }
  const quoteOpen = /^["']/.exec(value)?.[0];
  const headerQuote = /["']/.exec(text.slice(Math.max(0, from - 62), from))?.[0];
  if (onWire && !separator.startsWith('"')) {
    const line =
      /^[^\n]{0,16384}/
        .exec(value)?.[0]
        .replace(/\s(?:[A-Z][\w-]{1,60}:\s|HTTP\/[\d.]{1,3}\s\d{3}).{0,16384}$/s, '')
        .trimEnd() ?? '';
    return { text: line, at: start, bare: false, cookie };
  }
  if (quoteOpen !== undefined) {
    const end = value.indexOf(quoteOpen, 1);
    const inner = end === -1 ? (/^[^\s,;]{0,16384}/.exec(value.slice(1))?.[0] ?? '') : value.slice(1, end);
    return inner.includes('\n') ? null : { text: inner, at: start + 1, bare: false, cookie };
  }
  const enclosed = headerQuote !== undefined && new RegExp(`${headerQuote}[\\w-]{1,60}$`).test(text.slice(Math.max(0, from - 62), from));
  const word =
    enclosed && !separator.startsWith(headerQuote ?? '')
      ? upTo(value, headerQuote ?? '"')
      : (/^(?:[<[{][^\n>\]}]{1,60}[>\]}]{1,2}|[^\s"',;|}&)<]{1,16384})/.exec(value)?.[0] ?? '');
  return { text: word, at: start, bare: separator.startsWith('"') || separator.startsWith("'"), cookie };
}

function upTo(value: string, quote: string): string {
  const end = value.search(new RegExp(`[${quote}\\n]`));
  return end === -1 ? value.slice(0, 400) : value.slice(0, end);
}

/** Bodies and form fields of a command: a key in there is not where the gateway looks. */
export function findBodies(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(/\s(?:-d|--data(?:-\w{1,12})?|--json|-F|--form|-Body)[\s=]{1,4}(?:@?\{)?(["']?)/g)) {
    const from = match.index + match[0].length;
    const quote = match[1] ?? '';
    const end = quote === '' ? text.slice(from, from + 4000).search(/[\s}]/) : endOfBody(text.slice(from, from + 16_000), quote);
    spans.push({ from, to: end === -1 ? Math.min(text.length, from + 2000) : from + end });
  }
  return spans;
}

/** Where a quoted body ends. Escaped quotation marks have lost their backslashes by now, so a JSON body ends at its last brace. */
function endOfBody(rest: string, quote: string): number {
  const json = rest.startsWith('{') ? rest.indexOf(`}${quote}`) : -1;
  return json === -1 ? rest.indexOf(quote) : json + 1;
}
