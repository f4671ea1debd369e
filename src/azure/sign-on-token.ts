// Whose Teams sign-on token it is, looked at before it is sent anywhere: signed by an allowed tenant, for this bot, still good,
// and of the person whom Teams says has pressed. Claims: learn.microsoft.com/entra/identity-platform/access-token-claims-reference
import { createDefaultHttpClient, createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { createRemoteJWKSet, customFetch, decodeJwt, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Person } from '../remediation/plan-record.ts';
import { cannotReachEntra, foreignSignOn, guestSignOn, type SignOnRefusal, signOnEnded } from './sign-on-refusals.ts';

export interface SignOnRules {
  /** `https://login.microsoftonline.com` or another authority, without a slash at the end. */
  readonly authority: string;
  /** Application id, the audience of v2.0 tokens, and the application id URI, that of v1.0 tokens. */
  readonly audience: readonly string[];
  /** Lower-case tenant ids. */
  readonly allowedTenants: readonly string[];
  /** PEM of a further certificate authority; tests only. */
  readonly ca?: string;
}

export type SignOnChecked =
  /** `until`: when the token ends, in milliseconds since 1970. `tenant`: lower case, one of those allowed. */
  { readonly kind: 'good'; readonly tenant: string; readonly until: number } | SignOnRefusal;

/** Says whether the token is good for this person. Keys are read once a tenant and kept (jose: ten minutes, sooner for an unknown key). */
export function createSignOnCheck(rules: SignOnRules): (signOn: string, who: Person) => Promise<SignOnChecked> {
  const keysOf = new Map<string, JWTVerifyGetKey>();

  function keys(tenant: string): JWTVerifyGetKey {
    const known = keysOf.get(tenant);
    if (known !== undefined) return known;
    const made = createRemoteJWKSet(new URL(`${rules.authority}/${tenant}/discovery/v2.0/keys`), { [customFetch]: fetchThrough(rules.ca) });
    keysOf.set(tenant, made);
    return made;
  }

  return async (signOn, who) => {
    const tenant = tenantOf(signOn);
    // Nothing is asked of an authority for a tenant that is not ours.
    if (tenant === null || !rules.allowedTenants.includes(tenant)) return foreignSignOn;
    try {
      const { payload } = await jwtVerify(signOn, keys(tenant), {
        algorithms: ['RS256'],
        audience: [...rules.audience],
        issuer: issuersOf(rules.authority, tenant),
        requiredClaims: ['exp', 'oid', 'tid', 'scp'],
        clockTolerance: 5,
      });
      return judge(payload, tenant, who);
    } catch (error) {
      if (error instanceof errors.JWTExpired) return signOnEnded;
      return error instanceof errors.JOSEError && !isAboutKeys(error) ? foreignSignOn : cannotReachEntra;
    }
  };
}

function judge(claims: JWTPayload, tenant: string, who: Person): SignOnChecked {
  if (isGuest(claims, tenant) || who.guest === true) return guestSignOn;
  if (String(claims.oid).toLowerCase() !== who.id.toLowerCase()) return foreignSignOn;
  if (who.tenant !== null && who.tenant.toLowerCase() !== tenant) return foreignSignOn;
  // A token without a delegated scope is an application's, which nobody can act on behalf of.
  if (typeof claims.scp !== 'string' || !claims.scp.split(' ').includes('access_as_user')) return foreignSignOn;
  return { kind: 'good', tenant, until: (claims.exp ?? 0) * 1000 };
}

/** `acct` is 1 for a guest where the registration asks for it; `idp` is there when somebody's home is elsewhere. */
function isGuest(claims: JWTPayload, tenant: string): boolean {
  if (Number(claims.acct ?? 0) !== 0) return true;
  return claims.idp !== undefined && !String(claims.idp).toLowerCase().includes(tenant);
}

function tenantOf(signOn: string): string | null {
  try {
    const { tid } = decodeJwt(signOn);
    return typeof tid === 'string' ? tid.toLowerCase() : null;
  } catch {
    return null;
  }
}

// Which of the two a registration gets is its requestedAccessTokenVersion; both are signed with the same keys.
function issuersOf(authority: string, tenant: string): string[] {
  const older = authority.endsWith('.cn') ? 'https://sts.chinacloudapi.cn' : 'https://sts.windows.net';
  return [`${authority}/${tenant}/v2.0`, `${older}/${tenant}/`];
}

/** The keys could not be read, or what came is no key set. */
function isAboutKeys(error: InstanceType<typeof errors.JOSEError>): boolean {
  return error.code === 'ERR_JWKS_TIMEOUT' || error.code === 'ERR_JWKS_INVALID' || error.code === 'ERR_JOSE_GENERIC';
}

/** The SDK's own HTTP client in fetch's form: Node's fetch can be given no certificate authority. */
function fetchThrough(ca: string | undefined): (url: string, options: { headers: Headers; signal: AbortSignal }) => Promise<Response> {
  const client = createDefaultHttpClient();
  return async (url, { headers, signal }) => {
    const request = createPipelineRequest({ url, headers: createHttpHeaders(Object.fromEntries(headers)), abortSignal: signal });
    // Among its options it does not count (tried).
    if (ca !== undefined) request.tlsSettings = { ca };
    const answer = await client.sendRequest(request);
    return new Response(answer.bodyAsText ?? '', { status: answer.status });
  };
}
