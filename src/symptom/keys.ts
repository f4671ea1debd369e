// The keys that a paste gives: in the request's headers, its query, as a bearer, sent where none is read, or told in words.
import { isSubscriptionKeyName } from './key-names.ts';
import { flawOf, formOf, isLiteral, type KeyValue, readKeyValue, shownOf } from './key-values.ts';
import { findProseKeys } from './prose-keys.ts';
import type { RequestSpan } from './request-spans.ts';
import { blank, type Span, within } from './spans.ts';
import type { KeyHasher, KeyPlace, PastedKey } from './symptom.ts';
import { type FoundUrl, findUrls } from './urls.ts';

export interface FoundKey {
  readonly at: number;
  readonly where: KeyPlace;
  readonly name: string | null;
  readonly value: KeyValue;
}

/** A paste with more keys than this is a dump, not a question. */
const most = 40;

export function findKeys(text: string, requests: readonly RequestSpan[], challengeName: string | null): readonly FoundKey[] {
  const urls = findUrls(text).slice(0, 400);
  const bodies = findBodies(text);
  const named = [...queryKeys(text, urls), ...headerKeys(text, requests, urls, bodies, challengeName), ...bearers(text)].slice(0, most);
  const taken: Span[] = [...urls, ...named.map((key) => ({ from: key.at, to: key.at + key.value.text.length }))];
  const prose = findProseKeys(blank(text, taken)).map((key): FoundKey => ({ ...key, where: 'prose', name: null }));
  return withoutRepeats([...named, ...prose].toSorted((a, b) => a.at - b.at)).slice(0, most);
}

/** The public form of a found key: fingerprints and at most four characters. */
export function toPastedKey(key: FoundKey, line: number, hash: KeyHasher): PastedKey {
  const { text, partial, form } = key.value;
  const flaw = key.where === 'prose' ? null : flawOf(text);
  return {
    shown: shownOf(text),
    where: key.where,
    name: key.name,
    line,
    length: text.length,
    fingerprint: hash(text),
    folded: hash(text.trim().toLowerCase()),
    form,
    partial,
    ...(flaw === null ? {} : { flaw }),
  };
}

function queryKeys(text: string, urls: readonly FoundUrl[]): readonly FoundKey[] {
  const found: FoundKey[] = [];
  for (const url of urls) {
    const start = url.from + text.slice(url.from, url.to).indexOf('?') + 1;
    if (url.query !== '') found.push(...inQuery(url.query, start));
  }
  for (const match of text.matchAll(
    /(?:^|[\s">])(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s{1,4}\/[^\s"'?#]{0,2000}\?([^\s"'#]{1,4000})/gm,
  )) {
    found.push(...inQuery(match[1] ?? '', match.index + match[0].length - (match[1] ?? '').length));
  }
  return found;
}

function inQuery(query: string, at: number): readonly FoundKey[] {
  const found: FoundKey[] = [];
  for (const match of query.matchAll(/(?:^|&)([^=&]{1,100})=([^&]{0,4000})/g)) {
    const name = match[1] ?? '';
    const sent = decoded(match[2] ?? '');
    const read = isQueryKey(name) ? readKeyValue(sent.replace(/^["']|["']$/g, '')) : null;
    // A whole value counts to the last character, blanks and quotation marks included.
    const value = read === null || read.partial || read.text === sent ? read : { ...read, text: sent, form: formOf(sent) };
    if (value !== null) found.push({ at: at + match.index + match[0].length - (match[2] ?? '').length, where: 'query', name, value });
  }
  return found;
}

function isQueryKey(name: string): boolean {
  return isSubscriptionKeyName(name) || /^(?:key|code)$/i.test(name);
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Header lines, options, JSON and code that set a header. On the wire the value counts to the last character, quotes included. */
function headerKeys(
  text: string,
  requests: readonly RequestSpan[],
  urls: readonly Span[],
  bodies: readonly Span[],
  challengeName: string | null,
): readonly FoundKey[] {
  const found: FoundKey[] = [];
  const wire = requests.filter((span) => span.kind === 'wire');
  for (const { name, to } of keyNames(text, challengeName)) {
    if (found.length >= most) break;
    const onWire = within(to, wire);
    const raw = within(to, urls) ? null : valueAfter(text, to, onWire);
    const value =
      raw === null
        ? null
        : onWire && /^\{\{.{1,60}\}\}$/.test(raw.text)
          ? { text: raw.text, partial: false, form: 'literal' as const }
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
    const end = quote === '' ? text.slice(from, from + 4000).search(/[\s}]/) : text.slice(from, from + 16_000).indexOf(quote);
    spans.push({ from, to: end === -1 ? Math.min(text.length, from + 2000) : from + end });
  }
  return spans;
}

function bearers(text: string): readonly FoundKey[] {
  const found: FoundKey[] = [];
  for (const match of text.matchAll(/\bBearer\s{1,4}["']?([\w.~+/*…-]{4,16384}={0,2})(?![\w=])/gi)) {
    const raw = match[1] ?? '';
    const value = /^[a-z_-]{1,30}=?$/i.test(raw) ? null : readKeyValue(raw.replace(/[.,]$/, ''));
    if (value !== null)
      found.push({
        at: match.index + match[0].length - raw.length,
        where: 'bearer',
        name: null,
        value: { ...value, form: formOf(value.text, value.partial) },
      });
  }
  return found;
}

function withoutRepeats(keys: readonly FoundKey[]): readonly FoundKey[] {
  const seen = new Set<string>();
  return keys.filter((key) => {
    const id = `${key.where === 'prose' && key.name === null ? '' : `${key.where} ${key.name?.toLowerCase()}`} ${key.value.text}`;
    const known =
      seen.has(id) ||
      (key.where === 'prose' &&
        key.name === null &&
        keys.some((other) => other !== key && other.where !== 'prose' && other.value.text.startsWith(key.value.text)));
    seen.add(id);
    return !known;
  });
}
