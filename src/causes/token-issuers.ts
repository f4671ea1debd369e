// Which issuers a statement accepts: those it lists, and those that its openid-config URLs imply.
import type { TokenPolicy } from './token-policy.ts';

export interface AcceptedIssuer {
  readonly shown: string;
  /** `unclear`: the URL names a tenant by a domain, or every tenant, and the issuer names it by its id. */
  readonly fits: (iss: string) => boolean | 'unclear';
  /** False where the issuer follows from a URL that a provider need not follow. */
  readonly sure: boolean;
}

const entraHosts =
  /^(?:login\.microsoftonline\.(?:com|us)|login\.microsoft\.com|login\.windows\.net|sts\.windows\.net|login\.partner\.microsoftonline\.cn|login\.chinacloudapi\.cn|sts\.chinacloudapi\.cn)$/;

export function issuersOf(policy: TokenPolicy): readonly AcceptedIssuer[] {
  const claims = policy.claims.filter(({ name }) => name === 'iss').flatMap(({ known }) => known);
  const listed = [...policy.issuers.known, ...claims].map(
    (issuer): AcceptedIssuer => ({ shown: issuer, fits: (iss) => iss === issuer, sure: true }),
  );
  return [...listed, ...policy.openidUrls.known.map(fromUrl)];
}

/** OpenID Connect Discovery puts the document below the issuer; Entra's version 1 and its domains do not follow that. */
function fromUrl(url: string): AcceptedIssuer {
  const parsed = URL.parse(url);
  if (parsed === null) return { shown: url, fits: () => 'unclear', sure: false };
  const host = parsed.hostname.toLowerCase();
  if (!entraHosts.test(host)) return fromOther(url, host);
  const second = /\/v2\.0\//i.test(parsed.pathname);
  const tenant = parsed.pathname.split('/')[1]?.toLowerCase() ?? '';
  return {
    shown: second ? `https://${host}/${tenant}/v2.0` : `https://sts.windows.net/${tenant}/`,
    sure: true,
    fits(iss) {
      if (!entraHosts.test(URL.parse(iss)?.hostname ?? '') || /\/v2\.0\/?$/i.test(iss) !== second) return false;
      return tenantIn(tenant) === null ? 'unclear' : tenantIn(iss) === tenant;
    },
  };
}

function fromOther(url: string, host: string): AcceptedIssuer {
  const issuer = url.replace(/\/?\.well-known\/openid-configuration.*$/i, '');
  // B2C and External ID name the tenant by its id in the issuer, whatever the URL says.
  const own = /(?:b2clogin|ciamlogin)\.com$/.test(host);
  const bare = (text: string): string => text.replace(/\/$/, '');
  return {
    shown: issuer,
    sure: false,
    fits: (iss) => bare(iss) === bare(issuer) || (own && URL.parse(iss)?.hostname === host ? 'unclear' : false),
  };
}

/** The tenant's id in an issuer, a URL or by itself; null when there is none. */
export function tenantIn(text: string): string | null {
  return /(?:^|\/)([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})(?:\/|$)/i.exec(text)?.[1]?.toLowerCase() ?? null;
}
