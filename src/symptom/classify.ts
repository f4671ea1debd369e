// Who sent the answer, and what it complains of. Order: what the words say, what a log's LastError says, then challenge, length, host and
// shape. What none of them tells is "unknown": that is an answer too (design.md, decision 9).
import type { HostKind } from './hosts.ts';
import { type Known, tokenFault } from './known.ts';
import type { LastError } from './reasons.ts';
import type { Challenge } from './response.ts';
import type { FoundStatus } from './status.ts';
import type { Code, Layer } from './symptom.ts';

export interface Signs {
  readonly text: string;
  readonly status: FoundStatus | null;
  readonly known: Known | null;
  readonly lastError: LastError | null;
  readonly challenge: Challenge | null;
  readonly contentLength: number | null;
  readonly bodySeen: boolean;
  readonly message: string | null;
  readonly host: HostKind;
  /** Status that the backend gave, from a gateway log or trace. */
  readonly backendStatus: number | null;
}

export interface Finding {
  readonly layer: Layer;
  readonly code: Code;
}

const finding = (layer: Layer, code: Code): Finding => ({ layer, code });

export function classify(signs: Signs): Finding {
  const status = signs.status?.status ?? null;
  if (status !== null && status !== 401) {
    return finding('not-a-401', otherStatus(status, signs));
  }
  return atHost(
    fromWords(signs, status) ?? fromChallenge(signs) ?? fromLength(signs, status) ?? fromReason(signs) ?? fromSurroundings(signs, status),
    signs.host,
  );
}

function otherStatus(status: number, { known, lastError }: Signs): Code {
  const said = known?.code ?? (lastError?.meaning?.code === 'other' ? null : lastError?.meaning?.code) ?? null;
  if (said !== null && said !== 'other' && !(status === 403 && known?.layer === 'gateway-jwt') && status < 500 && status >= 400)
    return said;
  if (status === 404) return 'not-found';
  if (status === 429) return 'quota';
  return status === 403 ? 'forbidden' : 'other';
}

function fromWords({ known, lastError, status }: Signs, shown: number | null): Finding | null {
  const reason = lastError?.meaning ?? null;
  if (
    reason !== null &&
    (known === null || known.layer === 'gateway-jwt' || known.layer === 'gateway-policy-other') &&
    (shown === null || reason.layer !== 'not-a-401')
  ) {
    return reason;
  }
  if (known === null) {
    return null;
  }
  // A text that belongs to another status, shown with a 401: still that sender's refusal (field guide, a.3, AuthenticationTypeDisabled).
  return known.layer === 'not-a-401' && status !== null ? finding(known.code === 'forbidden' ? 'azure-ai' : 'unknown', known.code) : known;
}

function fromChallenge({ challenge, contentLength, bodySeen, host, text }: Signs): Finding | null {
  if (challenge === null) {
    return null;
  }
  if (challenge.scheme === 'AzureApiManagementKey') {
    return finding('gateway-subscription', bodySeen ? 'other' : lengthCode(contentLength));
  }
  if (challenge.scheme === 'SharedAccessSignature') {
    return finding('arm-management', 'other');
  }
  if (challenge.scheme !== 'Bearer') {
    return null;
  }
  if (/resource_metadata/i.test(challenge.text)) {
    const gateway = host === 'apim' || /resource_metadata="?https:\/\/[^/"\s]{1,200}\.azure-api\.(?:net|us|cn)\b/i.test(challenge.text);
    return finding(gateway ? 'gateway-policy-other' : 'unknown', 'jwt-missing');
  }
  const code = /error=|error_description|invalid_token/i.test(challenge.text) ? tokenFault(challenge.text) : 'jwt-missing';
  if (host === 'arm' || /authorization_uri="?https:\/\/login\.(?:windows|microsoftonline)/i.test(challenge.text)) {
    return finding(host === 'arm' || host === 'unknown' ? 'arm-management' : 'backend', code);
  }
  if (host === 'other-product' || host === 'azure-ai') {
    return finding(host, code);
  }
  return /error=|IDX/i.test(challenge.text) || host === 'app-service' || /Kestrel|ASP\.NET/i.test(text) ? finding('backend', code) : null;
}

function lengthCode(length: number | null): Code {
  if (length === 152) return 'key-missing';
  return length === 143 ? 'key-invalid' : 'other';
}

/** Byte counts of exact bodies (field guide, a.1 and a.3). */
function fromLength({ contentLength, bodySeen, status, text, host }: Signs, shown: number | null): Finding | null {
  if (bodySeen || contentLength === null || shown !== 401 || status?.kind === 'mention') {
    return null;
  }
  if (contentLength === 152 || contentLength === 143) return finding('gateway-subscription', lengthCode(contentLength));
  if (contentLength === 224 && (host === 'azure-ai' || /apim-request-id|PermissionDenied/i.test(text)))
    return finding('azure-ai', 'ai-key-or-endpoint');
  if (contentLength === 99 && (host === 'azure-ai' || /apim-request-id|PermissionDenied/i.test(text)))
    return finding('azure-ai', 'aad-permission');
  return contentLength === 85 ? finding('gateway-jwt', 'jwt-invalid') : null;
}

function fromReason({ status, text, bodySeen, message }: Signs): Finding | null {
  const reason = (status?.reason ?? '').replace(/\s/g, '').toLowerCase();
  if (reason === 'permissiondenied') {
    return finding(
      'azure-ai',
      /(?:error)?code["']?\s{0,3}[:=]\s{0,3}["']?PermissionDenied/i.test(text) ? 'aad-permission' : 'ai-key-or-endpoint',
    );
  }
  return reason === 'accessdenied' && (!bodySeen || message === null) ? finding('gateway-subscription', 'other') : null;
}

function fromSurroundings(signs: Signs, status: number | null): Finding {
  const { text, host, backendStatus } = signs;
  if (/["']?code["']?\s{0,3}[:=]\s{0,3}["']?PermissionDenied/i.test(text)) return finding('azure-ai', 'aad-permission');
  if (isOtherProduct(text)) return finding(host === 'apim' ? 'backend' : 'other-product', 'other');
  if (status === null) return withoutStatus(signs);
  if (backendStatus === 401) return finding('backend', 'other');
  if (host === 'azure-ai') return finding('azure-ai', 'ai-key-or-endpoint');
  if (host === 'arm') return finding('arm-management', 'other');
  if (host === 'apim-management') return finding('arm-management', 'other');
  if (
    host === 'app-service' ||
    /Microsoft\.AspNetCore|Server["']?\s{0,3}[:=]\s{0,3}["']?(?:Kestrel|Microsoft-IIS)|azure functions|x-powered-by["']?: ?["']?ASP/i.test(
      text,
    )
  )
    return finding('backend', 'other');
  if (host === 'other-product') return finding('other-product', 'other');
  return fromShape(signs);
}

/** Refusals that lost their number: a word in a field, or nothing but the word. */
function withoutStatus(signs: Signs): Finding {
  const { text, message } = signs;
  if (/invalid status code ["']?PermissionDenied/i.test(text)) return finding('azure-ai', 'ai-key-or-endpoint');
  const refused =
    /^\W{0,3}(?:unauthori[sz]ed|not authenticated|not authori[sz]ed|authentication (?:failed|required)|(?:the )?access token|invalid (?:api |subscription )?(?:key|token|credentials)|(?:missing|invalid) (?:authorization|authentication))/i.test(
      message ?? '',
    );
  const field =
    /["'](?:error|code|title|error_?code|reason)["']\s{0,3}:\s{0,3}["'](?:unauthori[sz]ed|invalid_token|not_?authori[sz]ed|unauthenticated|not_?authenticated)["']/i.test(
      text,
    );
  if (refused || field) return fromShape(signs);
  const word = /(?:status(?: ?code)?["']?\s{0,3}[:=]?\s{0,3}["']?|returned an error: |invalid status code ["'])Unauthorized\b/i.test(text);
  const alone = text.length <= 400 && /(?:^|[:"'])[^\w\n]{0,10}unauthori[sz]ed[^\w\n]{0,4}$/im.test(text);
  return finding(word || alone ? 'unknown' : 'not-a-401', 'other');
}

/** API Management's bodies have `statusCode` and `message` and nothing else; frameworks add fields of their own. */
function fromShape({ text, host, message }: Signs): Finding {
  const two = /["']status_?code["']\s{0,4}:\s{0,4}["']?401/i.test(text) && message !== null;
  const more = /["'](?:error|timestamp|path|trace|errors|details?|success|data|name|stack)["']\s{0,4}:/i.test(text);
  if (two && !more) {
    // Cut off before it says what is wrong with the key.
    if (/^access denied(?: due)?(?: to)?\W{0,3}$/i.test(message.trim())) return finding('gateway-subscription', 'other');
    if (/^unauthorized\.?$/i.test(message.trim()) && host !== 'apim') return finding('other-product', 'other');
    return /\b(?:jwt|token|bearer)\b/i.test(message)
      ? finding('gateway-jwt', tokenFault(message))
      : finding('gateway-policy-other', 'other');
  }
  const body = /["'](?:message|error|error_?code|errors|detail|title|code|reason)["']\s{0,4}:\s{0,4}["'[{\d]/i.test(text);
  if (/["']error["']\s{0,4}:\s{0,4}\{\s{0,9}["']code["']\s{0,4}:\s{0,4}["']401["']/i.test(text))
    return finding('azure-ai', 'ai-key-or-endpoint');
  const azureCode = /["']?code["']?\s{0,3}:\s{0,3}["'](?:401|Unauthorized)\b/i.test(text);
  if (body && host === 'unknown' && !azureCode) return finding('other-product', 'other');
  return finding('unknown', 'other');
}

function isOtherProduct(text: string): boolean {
  return (
    /["']status_?code["']\s{0,4}:\s{0,4}["']?401["']?[^}]{0,400}["']error["']\s{0,4}:\s{0,4}["']/i.test(text) ||
    /["']error["']\s{0,4}:\s{0,4}["'][^"'\n]{0,100}["'][^}]{0,300}["']status_?code["']\s{0,4}:\s{0,4}["']?401/i.test(text) ||
    /\b(?:apigw-requestid|x-amzn-(?:requestid|errortype|trace-id)|x-amz-apigw-id|x-kong-[\w-]{3,30}|kong\/\d|Microsoft-Azure-Application-Gateway)|["']code["']\s{0,4}:\s{0,4}["']?90090\d|<ams:code>90090\d|\(90090\d\)|["']error_?code["']\s{0,4}:\s{0,4}["'](?:NOT_AUTHORIZED|UNAUTHORIZED)["']/i.test(
      text,
    )
  );
}

/** Microsoft runs API Management in front of its AI services: there the host alone tells (field guide, a.3). */
function atHost(found: Finding, host: HostKind): Finding {
  if (host === 'azure-ai' && found.layer === 'gateway-subscription') return finding('azure-ai', 'ai-key-or-endpoint');
  if (host === 'arm' && (found.layer === 'backend' || found.layer === 'gateway-jwt')) return finding('arm-management', found.code);
  if (host === 'other-product' && found.layer === 'arm-management') return finding('other-product', 'other');
  return found;
}
