// From what was read to the symptom: public words only, every text redacted, every key a fingerprint.
import { readBody } from './body.ts';
import { evidenceAt } from './evidence.ts';
import type { FoundKey } from './found-key.ts';
import { isSecretParameter } from './key-names.ts';
import { readKeyValue, shownOf } from './key-values.ts';
import { toPastedKey } from './keys.ts';
import type { Paste } from './normalise.ts';
import type { Answer } from './read-answer.ts';
import type { KeyHasher, PastedToken, PasteEvidence, Symptom } from './symptom.ts';
import { readToken } from './token.ts';
import type { FoundWords } from './told.ts';
import { type FoundUrl, tidyPath } from './urls.ts';

export interface Workshop {
  readonly paste: Paste;
  readonly redact: (text: string) => string;
  readonly hash: KeyHasher;
  readonly client: Symptom['client'];
  readonly told: readonly FoundWords[];
}

export function toSymptom(answer: Answer, lender: Answer | null, { paste, redact, hash, client, told }: Workshop): Symptom {
  const { finding, status, challenge, realm } = answer;
  const source = lender !== null && answer.call.url === null && answer.call.path === null && answer.call.host === null ? lender : answer;
  const { call } = source;
  const body = readBody(answer.text);
  const at = (offset: number | null, from: Answer = answer): PasteEvidence | null =>
    offset === null ? null : evidenceAt(paste, from.base + offset, redact);
  const keys =
    source.keys === answer.keys
      ? answer.keys
      : [...source.keys.filter((key) => key.name !== null || key.where === 'bearer'), ...answer.keys];
  return {
    layer: finding.layer,
    code: finding.code,
    status: status?.status ?? null,
    host: call.host ?? realm?.host ?? null,
    apiPath: realm === null ? clean(call.path, redact) : clean(realm.path, redact),
    headerName: challenge?.scheme === 'AzureApiManagementKey' ? redact(challenge.name ?? '').slice(0, 200) || null : null,
    method: call.method,
    url: call.url === null ? null : redact(maskedUrl(call.url)).slice(0, 2000),
    urlPath: clean(call.path, redact),
    keys: keys.slice(0, 40).map((key) => toPastedKey(key, paste.lineOf((answer.keys.includes(key) ? answer : source).base + key.at), hash)),
    requestSeen: call.headersShown,
    requestHeaders: call.headerNames.map((name) => redact(name)),
    ...(Object.keys(call.versionHeaders).length === 0
      ? {}
      : { versionHeaders: Object.fromEntries(Object.entries(call.versionHeaders).map(([name, value]) => [name, redact(value)])) }),
    queryNames: call.queryNames.map((name) => redact(name)),
    date: answer.date,
    contentLength: answer.contentLength,
    lastError: answer.lastError === null ? null : { source: answer.lastError.source, reason: answer.lastError.reason },
    message: answer.message === null ? null : redact(answer.message.text).slice(0, 300),
    client,
    told: told.map((words) => ({ what: words.what, ...evidenceAt(paste, words.at, redact) })),
    edgeHeaders: Object.fromEntries(Object.entries(answer.edgeHeaders).map(([name, value]) => [name, redact(value)])),
    realmHost: realm?.host ?? null,
    token: firstToken(source, paste),
    seen: {
      status: at(status?.at ?? null),
      message: at(answer.knownAt ?? answer.message?.at ?? null),
      challenge: at(challenge?.at ?? null),
      url: at(call.urlAt, source),
    },
    bodySeen: answer.bodySeen,
    ...(body === null ? {} : { body: redact(body).slice(0, 1000) }),
    others: [],
  };
}

function clean(path: string | null, redact: (text: string) => string): string | null {
  return path === null ? null : tidyPath(redact(path).slice(0, 2000));
}

/** The URL with every query value masked that may be a secret; user information is dropped. */
function maskedUrl(url: FoundUrl): string {
  const query = url.query.replace(/(^|&)([^=&]{1,100})=([^&]*)/g, (whole, before: string, name: string, value: string) =>
    isSecretParameter(name) && readKeyValue(value) !== null ? `${before}${name}=${shownOf(value)}` : whole,
  );
  return `${url.scheme}${url.authority.replace(/^[^@]*@/, '')}${url.path}${query === '' ? '' : `?${query}`}`;
}

function firstToken(answer: Answer, paste: Paste): PastedToken | null {
  for (const match of answer.text.matchAll(/\beyJ[\w-]{6,16384}\.[\w-]{6,65536}/g)) {
    const token = readToken(match[0], paste.lineOf(answer.base + match.index));
    if (token !== null) return token;
  }
  return null;
}

export function isToldKey(key: FoundKey): boolean {
  return key.where === 'prose' && key.name === null;
}
