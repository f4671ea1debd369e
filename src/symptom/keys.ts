// The keys that a paste gives: in the request's headers, its query, as a bearer, sent where none is read, or told in words.

import { type FoundKey, mostKeys } from './found-key.ts';
import { findBodies, headerKeys } from './header-keys.ts';
import { isSubscriptionKeyName } from './key-names.ts';
import { flawOf, formOf, readKeyValue, shownOf } from './key-values.ts';
import { findProseKeys } from './prose-keys.ts';
import type { RequestSpan } from './request-spans.ts';
import { blank, type Span } from './spans.ts';
import type { KeyHasher, PastedKey } from './symptom.ts';
import { type FoundUrl, findUrls } from './urls.ts';

export function findKeys(text: string, requests: readonly RequestSpan[], challengeName: string | null): readonly FoundKey[] {
  const urls = findUrls(text).slice(0, 400);
  const bodies = findBodies(text);
  const named = [...queryKeys(text, urls), ...headerKeys(text, requests, urls, bodies, challengeName), ...bearers(text)].slice(0, mostKeys);
  const taken: Span[] = [...urls, ...named.map((key) => ({ from: key.at, to: key.at + key.value.text.length }))];
  const prose = findProseKeys(blank(text, taken)).map((key): FoundKey => ({ ...key, where: 'prose', name: null }));
  return withoutRepeats([...named, ...prose].toSorted((a, b) => a.at - b.at)).slice(0, mostKeys);
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
    // An elision at the end was taken for the sentence's punctuation.
    const elided = /^(?:\.{2,}|…|\*{2,})/.test(text.slice(url.to, url.to + 3)) ? '...' : '';
    if (url.query !== '') found.push(...inQuery(url.query + elided, start));
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
    const value = read === null || read.partial || read.text === sent ? read : { ...read, text: sent, written: sent, form: formOf(sent) };
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
