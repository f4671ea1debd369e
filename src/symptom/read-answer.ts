// Reads one answer of a paste, with the request that stands before it.
import { classify, type Finding } from './classify.ts';
import { isGeneral } from './documents.ts';
import { readEdgeHeaders } from './edge.ts';
import type { FoundKey } from './found-key.ts';
import { hostKind, isPlausibleHost } from './hosts.ts';
import { findKeys } from './keys.ts';
import { findKnown } from './known.ts';
import { type LastError, readLastError } from './reasons.ts';
import { type Call, readCall } from './request.ts';
import type { RequestSpan } from './request-spans.ts';
import { type Challenge, type Message, readChallenge, readContentLength, readDate, readMessage, showsBody } from './response.ts';
import { blank } from './spans.ts';
import { chooseStatus, type FoundStatus, findStatuses } from './status.ts';
import { tidyPath } from './urls.ts';

/** What an answer says, with offsets into its own text. Holds secrets (in `keys` and `call`): it does not leave this folder. */
export interface Answer {
  readonly base: number;
  readonly text: string;
  readonly finding: Finding;
  readonly status: FoundStatus | null;
  readonly knownAt: number | null;
  readonly challenge: Challenge | null;
  readonly realm: { readonly host: string | null; readonly path: string | null } | null;
  readonly call: Call;
  readonly keys: readonly FoundKey[];
  readonly date: string | null;
  readonly contentLength: number | null;
  readonly lastError: LastError | null;
  readonly message: Message | null;
  readonly bodySeen: boolean;
  readonly edgeHeaders: Readonly<Record<string, string>>;
}

export function readAnswer(text: string, requests: readonly RequestSpan[], base: number): Answer {
  const reply = blank(text, requests);
  const challenge = readChallenge(reply);
  const realm = challenge === null || challenge.scheme !== 'AzureApiManagementKey' ? null : readRealm(challenge.realm);
  const call = readCall(text, requests, challenge?.at ?? null);
  const lastError = readLastError(reply);
  const contentLength = readContentLength(reply);
  const found = findStatuses(reply);
  const known = findKnown(
    reply,
    found.some((one) => one.status === 401),
  );
  const structured =
    known !== null ||
    challenge !== null ||
    (lastError !== null && lastError.meaning !== null) ||
    call.host !== null ||
    requests.length > 0 ||
    /["'](?:status_?code|status|error|message|code|url)["']\s{0,4}:/i.test(reply);
  const status = chooseStatus(structured ? found : found.filter((one) => !isTalk(one, reply)));
  const message = readMessage(reply, known?.at ?? null);
  const bodySeen = contentLength === 0 || showsBody(reply) || (known !== null && known.code !== 'other');
  const finding = classify({
    text: reply,
    status,
    known,
    lastError,
    challenge,
    contentLength,
    bodySeen,
    message: message?.text ?? null,
    host: realm?.host != null && call.kind === 'unknown' ? hostKind(realm.host) : call.kind,
    backendStatus: readBackendStatus(reply),
  });
  return {
    base,
    text,
    finding,
    status,
    knownAt: known?.at ?? null,
    challenge,
    realm,
    call,
    keys: findKeys(text, requests, challenge?.name ?? null),
    date: readDate(reply),
    contentLength,
    lastError,
    message,
    bodySeen,
    edgeHeaders: readEdgeHeaders(reply),
  };
}

/** Nothing but words: a general sentence about 401s is no report of one. */
function isTalk(one: FoundStatus, text: string): boolean {
  return (one.kind === 'words' || one.kind === 'mention') && isGeneral(text, one.at);
}

function readRealm(realm: string | null): Answer['realm'] {
  const parts = /^(?:https?:\/\/)?([^/\s?#]{1,300})(\/[^\s?#]{0,2000})?/i.exec(realm ?? '');
  if (parts === null) {
    return null;
  }
  const host = (parts[1] ?? '').toLowerCase().replace(/:\d{1,5}$/, '');
  return { host: isPlausibleHost(host) ? host : null, path: parts[2] === '/…' ? null : tidyPath(parts[2] ?? '/') };
}

/** `backendResponseCode` of a gateway log, or the status that a trace shows under forward-request. */
function readBackendStatus(text: string): number | null {
  const found =
    /backend_?\s?response_?\s?code["']?\s{0,3}[:=|]\s{0,3}["']?([1-5]\d\d)\b/i.exec(text) ??
    /forward-request["'][\s\S]{0,800}?["'](?:code|statusCode)["']\s{0,3}:\s{0,3}([1-5]\d\d)\b/.exec(text);
  return found === null ? null : Number(found[1]);
}
