// The call as the paste shows it: method, URL, the names of its headers and query parameters.

import { findBodies } from './header-keys.ts';
import { type HostKind, hostKind, isPlausibleHost } from './hosts.ts';
import type { RequestSpan } from './request-spans.ts';
import { blank, only } from './spans.ts';
import { type FoundUrl, findUrls, isReference, tidyPath } from './urls.ts';

export interface Call {
  readonly url: FoundUrl | null;
  readonly urlAt: number | null;
  readonly host: string | null;
  /** Whose host it is, also when the name itself is a placeholder. */
  readonly kind: HostKind;
  readonly path: string | null;
  readonly method: string | null;
  readonly headersShown: boolean;
  readonly headerNames: readonly string[];
  /** Short values of request headers that are named as a version, by small-letter name. */
  readonly versionHeaders: Readonly<Record<string, string>>;
  readonly queryNames: readonly string[];
}

const method =
  /(?<![\w-])(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|TRACE)(?=["']?\s{1,4}(?:["']?https?:|\/|\{)|["']?\s{0,3},?\s{0,3}["']?https?:)/;
const namedMethod =
  /(?:-X\s{0,3}|--request[\s=]{1,3}|-Method\s{1,3}|["']?\b(?:request ?)?method["']?\s{0,3}[:=|]\s{0,3}|HttpMethod\.|requests\.|axios\.|client\.)["']?(get|post|put|patch|delete|head|options)\b/i;

export function readCall(text: string, requests: readonly RequestSpan[], challengeAt: number | null): Call {
  const shown = only(text, requests);
  const url = chooseUrl(text, shown, challengeAt);
  const line = /(?:^|[\s">])(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|TRACE)\s{1,4}(\/[^\s"'?#]{0,2000})(?:\?([^\s"'#]{0,4000}))?/m.exec(
    text,
  );
  const hostLine = hostNamed(shown, text);
  const authority = url?.authority ?? hostLine ?? '';
  // The gateway goes by the Host header; people set it when they call a gateway at an address.
  const local = url?.host != null && /^(?:localhost|[\d.]{7,15}|\[[0-9a-f:]+\])$/.test(url.host);
  const called = local ? (hostHeader(shown)?.[1]?.toLowerCase() ?? null) : null;
  const host = url === null ? hostLine : (called ?? url.host);
  const path = url === null ? (line?.[1] ?? operationPath(text)) : url.path === '' && line !== null ? (line[1] ?? null) : url.path;
  const query = url === null || url.query === '' ? (line?.[2] ?? url?.query ?? '') : url.query;
  return {
    url,
    urlAt: url?.from ?? (line === null ? null : line.index),
    host: host !== null && isPlausibleHost(host) ? host : null,
    kind: authority === '' ? 'unknown' : hostKind((called ?? authority).replace(/:\d{1,5}$/, '')),
    path: path === null ? null : tidyPath(path),
    method: readMethod(text, shown, requests),
    headersShown: headersShown(shown, requests),
    headerNames: headerNames(blank(shown, findBodies(shown)), requests),
    versionHeaders: versionHeaders(shown),
    queryNames: [...query.matchAll(/(?:^|&)([^=&\s]{1,100})=/g)].map((match) => match[1] ?? ''),
  };
}

/** The URL of the call: one in a request before one that an error names, that before one in passing; links to documentation never. */
function chooseUrl(text: string, shown: string, challengeAt: number | null): FoundUrl | null {
  let best: FoundUrl | null = null;
  let bestRank = 0;
  // Looked for once: most pastes hold no policy, and a log may hold hundreds of URLs.
  const policies = text.includes('forward-request');
  for (const url of findUrls(text).slice(0, 400)) {
    const rank = rankUrl(url, text, shown, challengeAt, policies);
    if (rank > bestRank) {
      best = url;
      bestRank = rank;
    }
  }
  return best;
}

function rankUrl(url: FoundUrl, text: string, shown: string, challengeAt: number | null, policies: boolean): number {
  const before = text.slice(Math.max(0, url.from - 60), url.from);
  const inChallenge =
    challengeAt !== null &&
    url.from > challengeAt &&
    url.from < challengeAt + 2500 &&
    /(?:realm|authorization(?:_uri)?|resource(?:_metadata|_id)?|scope)\s{0,3}=\s{0,3}["']?\s{0,3}$/i.test(before);
  const inRequest = shown[url.from] === text[url.from];
  // A developer portal is a page to read, except where a call is shown to go there: the wrong door then.
  const page = isReference(url) && !(inRequest && isPortal(url.host ?? ''));
  if (page || isAudience(url) || inChallenge || notCalled.test(before)) return 0;
  if (policies && /forward-request[^\n]{0,800}$/.test(text.slice(Math.max(0, url.from - 900), url.from))) return 1;
  if (inRequest && !/(?:origin|referer|referrer)["']?\s{0,3}[:=]\s{0,3}["']?$/i.test(before)) return 4;
  if (
    /(?:for url:?|connecting to (?:the )?[\w ]{0,20}:?|request (?:url|uri|to)["']?|requesturi["']?|["']?\b(?:url|uri|endpoint)["']?|(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)["']?,?)\s{0,3}[:=|(]?\s{0,3}["'(<[]{0,2}$/i.test(
      before,
    )
  )
    return 3;
  if (url.host === null && !/[[{<]/.test(url.authority)) return 0;
  return /(?:origin|referer|referrer|docs?|documentation|see|visit|read|more information|learn more)["']?\s{0,3}[:=]?\s{0,3}["'(<[]{0,2}$/i.test(
    before,
  )
    ? 0
    : 2;
}

function isPortal(host: string): boolean {
  return /\.(?:developer|portal)\.azure-api\.(?:net|us|cn)$/.test(host);
}

/** The names of services as tokens know them; nothing answers there. */
function isAudience(url: FoundUrl): boolean {
  return (
    /^(?:cognitiveservices\.azure\.(?:com|us|cn)|bing\.azure\.com|management\.core\.windows\.net|vault\.azure\.net|ml\.azure\.com)$/.test(
      url.authority,
    ) && url.path.length <= 1
  );
}

/** What stands before a URL that names an audience, an issuer, a schema or a page to read. */
const notCalled =
  /(?:audience is incorrect \(\s{0,20}|\b(?:aud|iss|audience|issuer|resource|scope|xmlns(?::\w{1,20})?|\$schema|authority|redirect_uri|go here:?|find your api key at|refer to|href=|src=|link:|allowed audiences|tenant|origin ?'?)["']?\s{0,3}[:=]?\s{0,3}["'(<]{0,2})$/i;

function hostHeader(shown: string): RegExpExecArray | null {
  return /(?:^|[\s>"':,])host["']?\s{0,3}[:=]\s{0,3}["']?([a-z0-9.-]{1,253})(?::\d{1,5})?(?=[\s"',;]|$)/im.exec(shown);
}

function hostNamed(shown: string, text: string): string | null {
  const header = hostHeader(shown);
  const known = header ?? /^[ \t]{0,8}(?::authority|host):[ \t]{0,3}([a-z0-9.-]{1,253})/im.exec(text);
  const connection =
    known ??
    /\b(?:to host|connected to|resolve host:?|left intact to|Host) ([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8})(?::\d{1,5})?\b/i.exec(
      text,
    ) ??
    bareHost(text);
  const host = connection?.[1]?.toLowerCase().replace(/\.$/, '') ?? null;
  return host !== null && isPlausibleHost(host) && (hostKind(host) !== 'reference' || (header !== null && isPortal(host))) ? host : null;
}

/** A gateway's name without a scheme, as people write it in a sentence. */
function bareHost(text: string): RegExpExecArray | null {
  return /(?<![\w.@/-])([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.(?:azure-api\.(?:net|us|cn)|openai\.azure\.com|cognitiveservices\.azure\.com|api\.cognitive\.microsoft\.com))(?![\w-])/i.exec(
    text,
  );
}

/** "to perform GET /path operation": a path that only a message names. */
function operationPath(text: string): string | null {
  return /(?:["']?\b(?:path|url|uri|requestpath|endpoint)["']?\s{0,3}[:=|]\s{0,3}["']?)(\/[^\s"'?#,;|]{1,1000})/i.exec(text)?.[1] ?? null;
}

function readMethod(text: string, shown: string, requests: readonly RequestSpan[]): string | null {
  const named = namedMethod.exec(shown)?.[1] ?? method.exec(shown)?.[1] ?? method.exec(text)?.[1] ?? namedMethod.exec(text)?.[1];
  if (named !== undefined) return named.toUpperCase();
  if (!requests.some((span) => span.kind === 'curl')) return null;
  if (/\s(?:-d|--data(?:-\w{1,12})?|-F|--form|--json)[\s='"@]/.test(shown)) return 'POST';
  return /\s(?:-I|--head)\s/.test(shown) ? 'HEAD' : 'GET';
}

/** A command line shows all that it sends, unless it hides some in a variable or a file. */
function headersShown(shown: string, requests: readonly RequestSpan[]): boolean {
  if (requests.some((span) => span.kind === 'wire' || span.kind === 'panel')) return true;
  if (requests.some((span) => span.kind === 'har')) return /"headers"/.test(shown);
  return requests.some((span) => span.kind === 'curl') && !/\.\.\.|…|--config|\s-K\s|\s-H\s{0,3}["']?[$@]/.test(shown);
}

function headerNames(shown: string, requests: readonly RequestSpan[]): readonly string[] {
  const commands = only(
    shown,
    requests.filter((span) => span.kind === 'command' || span.kind === 'curl'),
  );
  const names = [
    ...shown.matchAll(/(?:^|\s)(?:-H|--header)[\s=]{0,4}["']?([A-Za-z][\w-]{0,80})\s{0,2}[:;]/g),
    ...shown.matchAll(/^[ \t]{0,8}>?[ \t]{0,4}([A-Za-z][\w-]{0,80})[ \t]{0,2}:(?!\/\/)/gm),
    ...shown.matchAll(/"name"\s{0,4}:\s{0,4}"([A-Za-z][\w-]{0,80})"\s{0,4},\s{0,4}"value"/g),
    ...commands.matchAll(/[{;,@(]\s{0,4}["']([A-Za-z][\w-]{0,80})["']\s{0,4}(?:=|:)\s{0,4}["'$]/g),
  ];
  const ordered = names.toSorted((a, b) => a.index - b.index).map((match) => (match[1] ?? '').toLowerCase());
  return [...new Set(ordered)].filter((name) => !/^(?:https?|request-(?:url|method))$/.test(name)).slice(0, 200);
}

/** `X-Version: v2`, `"Api-Version": "2024-01-01"`, a HAR's pair: which version was asked for is no secret, and some APIs are chosen by it (field guide, b.1). */
function versionHeaders(shown: string): Readonly<Record<string, string>> {
  const named = /(?<![\w-])([A-Za-z][\w-]{0,60})["']?\s{0,2}(?::|,\s{0,4}"value"\s{0,2}:)[ \t]{0,4}["']?([\w.-]{1,16})(?=["'\s,;]|$)/g;
  const found = [...shown.matchAll(named)].map(([, name = '', value = '']): [string, string] => [name.toLowerCase(), value]);
  return Object.fromEntries(found.filter(([name]) => /version|(?:^|-)v(?:er)?(?:-|$)/.test(name)));
}
