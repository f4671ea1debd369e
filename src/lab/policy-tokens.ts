// validate-jwt and validate-azure-ad-token. The lab has no signing keys and calls nobody, so signatures are NOT checked: only that there is one.
import { refusal } from './gateway-answer.ts';
import { isArray, isObject, type Json, type JsonObject } from './json.ts';
import { attributeOf, failed, numberOf, type Outcome, type PolicyCall, textsOf } from './policy-call.ts';
import type { Statement } from './policy-scopes.ts';

interface Wanted {
  readonly source: 'validate-jwt' | 'validate-azure-ad-token';
  readonly absent: string;
  readonly invalid: string;
}

interface Token {
  readonly isSigned: boolean;
  readonly claims: JsonObject;
}

type Fault =
  | 'TokenExpired'
  | 'TokenAudienceNotAllowed'
  | 'TokenIssuerNotAllowed'
  | 'TokenClaimNotFound'
  | 'TokenClaimValueNotAllowed'
  | 'JwtInvalid';

function refused(call: PolicyCall, statement: Statement, source: string, reason: string, standard: string): Outcome {
  const message = attributeOf(call, statement, 'failed-validation-error-message') || standard;
  return failed(source, reason, message, refusal(numberOf(call, statement, 'failed-validation-httpcode', 401), message));
}

function decoded(part: string | undefined): JsonObject | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Encrypted tokens (five parts) cannot be read here and count as malformed. */
function readToken(text: string): Token | null {
  const parts = text.split('.');
  const [header, claims] = [decoded(parts[0]), decoded(parts[1])];
  if (parts.length !== 3 || !header || !claims) return null;
  return { isSigned: parts[2] !== '' && String(header.alg).toLowerCase() !== 'none', claims };
}

/** The token as sent; null when there is none. The scheme is asked for only in the Authorization header. */
function sentToken(call: PolicyCall, statement: Statement): string | null {
  const parameter = attributeOf(call, statement, 'query-parameter-name');
  if (parameter !== undefined) return call.query.get(parameter) || null;
  const name = (attributeOf(call, statement, 'header-name') ?? 'Authorization').toLowerCase();
  const value = call.headers.get(name)?.trim() ?? '';
  const [, scheme = '', token = value] = /^(\S+)\s+(.+)$/.exec(value) ?? [];
  const wanted = attributeOf(call, statement, 'require-scheme');
  if (wanted !== undefined && name === 'authorization' && scheme.toLowerCase() !== wanted.toLowerCase()) return null;
  return token === '' ? null : token;
}

function valuesOf(claim: Json | undefined, separator: string | undefined): readonly string[] {
  if (claim === undefined || claim === null) return [];
  if (isArray(claim)) return claim.map(String);
  return separator ? String(claim).split(separator) : [String(claim)];
}

/** A slash at the end of an audience makes no difference to Microsoft's token library. */
function sameAudience(a: string, b: string): boolean {
  return a.replace(/\/$/, '') === b.replace(/\/$/, '');
}

function lifetimeFault(claims: JsonObject, now: number, skew: number, isLimited: boolean): Fault | null {
  const { exp, nbf } = claims;
  if (exp === undefined && isLimited) return 'JwtInvalid';
  if ((exp !== undefined && typeof exp !== 'number') || (nbf !== undefined && typeof nbf !== 'number')) return 'JwtInvalid';
  if (exp !== undefined && exp * 1000 < now - skew * 1000) return 'TokenExpired';
  return nbf !== undefined && nbf * 1000 > now + skew * 1000 ? 'JwtInvalid' : null;
}

const guid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** The issuers behind an OpenID configuration: known for Microsoft Entra by its address alone, null for everybody else. */
function issuersBehind(url: string): RegExp | null {
  const [, tenant = '', version] =
    /^https:\/\/(?:login\.microsoftonline\.com|sts\.windows\.net)\/([^/]+)(\/v2\.0)?\/\.well-known\//i.exec(url) ?? [];
  return tenant === '' ? null : entraIssuer(tenant, version === undefined ? ['1'] : ['2']);
}

/** A tenant that is named by a domain, or `common`, may have any id. */
function entraIssuer(tenant: string, versions: readonly string[]): RegExp {
  const id = new RegExp(`^${guid}$`, 'i').test(tenant) ? tenant : guid;
  const forms = { '1': `https://sts\\.windows\\.net/${id}/`, '2': `https://login\\.microsoftonline\\.com/${id}/v2\\.0` };
  return new RegExp(`^(?:${versions.map((version) => forms[version as '1' | '2']).join('|')})$`, 'i');
}

function claimFault(call: PolicyCall, statement: Statement, claims: JsonObject): Fault | null {
  const required = statement.children.filter((child) => child.name === 'required-claims').flatMap((child) => child.children);
  for (const claim of required) {
    const name = attributeOf(call, claim, 'name') ?? '';
    if (claims[name] === undefined) return 'TokenClaimNotFound';
    const [wanted, found] = [textsOf(call, claim, null, 'value'), valuesOf(claims[name], attributeOf(call, claim, 'separator'))];
    const isEnough =
      attributeOf(call, claim, 'match') === 'any' ? wanted.some((one) => found.includes(one)) : wanted.every((one) => found.includes(one));
    if (wanted.length > 0 && !isEnough) return 'TokenClaimValueNotAllowed';
  }
  return null;
}

function audienceFault(wanted: readonly string[], claims: JsonObject): Fault | null {
  if (wanted.length === 0) return null;
  return valuesOf(claims.aud, undefined).some((own) => wanted.some((one) => sameAudience(one, own))) ? null : 'TokenAudienceNotAllowed';
}

function jwtFault(call: PolicyCall, statement: Statement, { isSigned, claims }: Token): Fault | null {
  if (!isSigned && attributeOf(call, statement, 'require-signed-tokens') !== 'false') return 'JwtInvalid';
  const isLimited = attributeOf(call, statement, 'require-expiration-time') !== 'false';
  const issuers = textsOf(call, statement, 'issuers', 'issuer');
  const addresses = statement.children
    .filter((child) => child.name === 'openid-config')
    .map((child) => attributeOf(call, child, 'url') ?? '');
  const behind = addresses.map(issuersBehind);
  const isIssuerKnown = issuers.length > 0 || (behind.length > 0 && behind.every((pattern) => pattern !== null));
  const issuer = String(claims.iss ?? '');
  return (
    lifetimeFault(claims, call.now, numberOf(call, statement, 'clock-skew', 0), isLimited) ??
    audienceFault(textsOf(call, statement, 'audiences', 'audience'), claims) ??
    (isIssuerKnown && !issuers.includes(issuer) && !behind.some((pattern) => pattern?.test(issuer)) ? 'TokenIssuerNotAllowed' : null) ??
    claimFault(call, statement, claims)
  );
}

function entraFault(call: PolicyCall, statement: Statement, { isSigned, claims }: Token): Fault | null {
  if (!isSigned) return 'JwtInvalid';
  const tenant = attributeOf(call, statement, 'tenant-id') ?? 'common';
  const backends = textsOf(call, statement, 'backend-application-ids', 'application-id');
  const clients = textsOf(call, statement, 'client-application-ids', 'application-id');
  // v1 tokens name the calling application in `appid`, v2 tokens in `azp`.
  const client = String(claims.appid ?? claims.azp ?? '').toLowerCase();
  return (
    lifetimeFault(claims, call.now, 0, true) ??
    (entraIssuer(tenant, ['1', '2']).test(String(claims.iss ?? '')) ? null : 'TokenIssuerNotAllowed') ??
    audienceFault([...textsOf(call, statement, 'audiences', 'audience'), ...backends.flatMap((id) => [id, `api://${id}`])], claims) ??
    (clients.length > 0 && !clients.some((id) => id.toLowerCase() === client) ? 'TokenClaimValueNotAllowed' : null) ??
    claimFault(call, statement, claims)
  );
}

function validate(
  call: PolicyCall,
  statement: Statement,
  { source, absent, invalid }: Wanted,
  fault: (call: PolicyCall, statement: Statement, token: Token) => Fault | null,
): Outcome {
  const given = statement.attributes['token-value'];
  const value = given === undefined ? sentToken(call, statement) : attributeOf(call, statement, 'token-value');
  // An expression that this lab cannot work out: nothing can be said of the token.
  if (value === undefined) return null;
  if (value === null || value === '') return refused(call, statement, source, 'TokenNotPresent', absent);
  const token = readToken(value.replace(/^bearer\s+/i, ''));
  const found = token === null ? 'JwtInvalid' : fault(call, statement, token);
  return found === null ? null : refused(call, statement, source, found, invalid);
}

export function validateJwt(call: PolicyCall, statement: Statement): Outcome {
  return validate(call, statement, { source: 'validate-jwt', absent: 'JWT not present.', invalid: 'Invalid JWT.' }, jwtFault);
}

/** Its texts have no full stop. */
export function validateAzureAdToken(call: PolicyCall, statement: Statement): Outcome {
  const words = { source: 'validate-azure-ad-token', absent: 'Azure AD JWT not present', invalid: 'Invalid Azure AD JWT' } as const;
  return validate(call, statement, words, entraFault);
}
