// `context.LastError` in logs, traces and on-error headers says what the response does not. Source: field guide, a.2, LastError table.
import type { Code, Layer } from './symptom.ts';

export interface LastErrorMeaning {
  readonly layer: Layer;
  readonly code: Code;
}

const key = (code: Code): LastErrorMeaning => ({ layer: 'gateway-subscription', code });
const jwt = (code: Code): LastErrorMeaning => ({ layer: 'gateway-jwt', code });
const policy: LastErrorMeaning = { layer: 'gateway-policy-other', code: 'other' };
const no401 = (code: Code): LastErrorMeaning => ({ layer: 'not-a-401', code });

const meanings: Readonly<Record<string, LastErrorMeaning>> = {
  SubscriptionKeyNotFound: key('key-missing'),
  SubscriptionKeyInvalid: key('key-invalid'),
  TokenNotPresent: jwt('jwt-missing'),
  TokenNotFound: jwt('jwt-missing'),
  TokenSignatureInvalid: jwt('jwt-invalid'),
  TokenAudienceNotAllowed: jwt('jwt-audience'),
  TokenIssuerNotAllowed: jwt('jwt-invalid'),
  TokenExpired: jwt('jwt-expired'),
  TokenSignatureKeyNotFound: jwt('jwt-invalid'),
  TokenClaimNotFound: jwt('jwt-invalid'),
  TokenClaimValueNotAllowed: jwt('jwt-invalid'),
  JwtInvalid: jwt('jwt-invalid'),
  HeaderNotFound: policy,
  HeaderValueNotAllowed: policy,
  ClientCertificateIdentityNotMatched: policy,
  ClientCertificateNotTrusted: policy,
  ClientCertificateExpired: policy,
  ClientCertificateNotFound: policy,
  OperationNotFound: no401('not-found'),
  RateLimitExceeded: no401('quota'),
  QuotaExceeded: no401('quota'),
  FailedToParseCallerIP: no401('forbidden'),
  CallerIpNotAllowed: no401('forbidden'),
  CallerIpBlocked: no401('forbidden'),
  BackendConnectionFailure: no401('other'),
  ClientConnectionFailure: no401('other'),
  ExpressionValueEvaluationFailure: no401('other'),
  CallbackParameterInvalid: no401('other'),
};

const anyReason = new RegExp(`\\b(?:${Object.keys(meanings).join('|')})\\b`, 'i');
const byLower = new Map(Object.entries(meanings).map(([name, meaning]) => [name.toLowerCase(), { name, meaning }]));

const sources =
  /\b(?:last_?error_?source|error_?source|source|section_?source)["']?\s{0,3}[:=|\t]\s{0,3}["']?(configuration|authorization|rate-limit(?:-by-key)?|quota(?:-by-key)?|jsonp|ip-filter|check-header|validate-jwt|validate-azure-ad-token|validate-client-certificate|forward-request|request-forwarder|authentication-[a-z-]{1,40}|[a-z]{2,20}(?:-[a-z]{2,20}){1,4})/i;

export interface LastError {
  readonly source: string | null;
  readonly reason: string | null;
  readonly meaning: LastErrorMeaning | null;
}

/** The reason by its name wherever it stands; names like these are no ordinary words. */
export function readLastError(text: string): LastError | null {
  const found = anyReason.exec(text);
  const known = found === null ? undefined : byLower.get(found[0].toLowerCase());
  const source = sources.exec(text)?.[1] ?? null;
  if (known === undefined) {
    return source === null || !/last_?error|error_?source/i.test(text) ? null : { source, reason: null, meaning: null };
  }
  return { source: source?.toLowerCase() ?? null, reason: known.name, meaning: known.meaning };
}
