// What a validate-jwt or validate-azure-ad-token statement asks of a token
// (learn.microsoft.com/azure/api-management/validate-jwt-policy and validate-azure-ad-token-policy; field guide a.2 and P01 to P10).
import type { NamedValueFact, PoliciesFact } from '../snapshot/facts-policies.ts';
import type { Running } from '../snapshot/policies/running.ts';
import { attribute, childrenNamed, type Statement, textsUnder } from '../snapshot/policies/statement.ts';
import type { Reading } from './contract.ts';
import { resolved, runningNamed } from './policy-check.ts';

/** A list of a policy: what is known of it, and how many entries only run time knows (expressions, secret named values). */
export interface Wanted {
  readonly known: readonly string[];
  readonly open: number;
}

export interface WantedClaim extends Wanted {
  readonly name: string;
  readonly match: 'all' | 'any';
  readonly separator: string | null;
}

export interface TokenPolicy {
  readonly step: Running;
  readonly kind: 'validate-jwt' | 'validate-azure-ad-token';
  /** The header that is looked into; null when the token comes from a query parameter or an expression. */
  readonly header: string | null;
  readonly query: string | null;
  /** Only enforced for the header Authorization (field guide, P09). */
  readonly scheme: string | null;
  readonly audiences: Wanted;
  /** Application ids that stand for audiences, `backend-application-ids`. */
  readonly backends: Wanted;
  readonly issuers: Wanted;
  readonly openidUrls: Wanted;
  readonly tenant: string | null;
  readonly applications: Wanted;
  readonly claims: readonly WantedClaim[];
  /** Seconds; null when only run time knows. */
  readonly skew: number | null;
  readonly needsExpiry: boolean;
  readonly status: string;
  /** The author's text, or null for the policy's own. */
  readonly message: string | null;
}

type NamedValues = Reading<readonly NamedValueFact[]>;

/** The statements that check a token for this call, in order. */
export function tokenPolicies(policies: PoliciesFact, namedValues: NamedValues): readonly TokenPolicy[] {
  return runningNamed(policies, ['validate-jwt', 'validate-azure-ad-token'], ['inbound']).map((step) => toTokenPolicy(step, namedValues));
}

function toTokenPolicy(step: Running, namedValues: NamedValues): TokenPolicy {
  const { statement } = step;
  const wanted = (texts: readonly string[]): Wanted => {
    const values = texts.map((text) => resolved(text, namedValues));
    const known = values.flatMap((value) => (value === null || value === '' ? [] : [value]));
    return { known, open: values.filter((value) => value === null).length };
  };
  const value = (name: string): string | null => {
    const written = attribute(statement, name);
    return written === null ? null : resolved(written, namedValues);
  };
  const elsewhere = attribute(statement, 'query-parameter-name') !== null || attribute(statement, 'token-value') !== null;
  const skew = attribute(statement, 'clock-skew') === null ? 0 : Number(value('clock-skew') ?? Number.NaN);
  return {
    step,
    kind: statement.name === 'validate-jwt' ? 'validate-jwt' : 'validate-azure-ad-token',
    header: elsewhere ? null : (value('header-name') ?? 'Authorization'),
    query: value('query-parameter-name'),
    scheme: value('require-scheme'),
    audiences: wanted(textsUnder(statement, 'audiences', 'audience')),
    backends: wanted(textsUnder(statement, 'backend-application-ids', 'application-id')),
    issuers: wanted(textsUnder(statement, 'issuers', 'issuer')),
    openidUrls: wanted(childrenNamed(statement, 'openid-config').map(({ attributes }) => attributes.url ?? '')),
    tenant: value('tenant-id'),
    applications: wanted(textsUnder(statement, 'client-application-ids', 'application-id')),
    claims: claimsOf(statement, wanted),
    skew: Number.isFinite(skew) ? skew : null,
    needsExpiry: attribute(statement, 'require-expiration-time')?.toLowerCase() !== 'false',
    status: value('failed-validation-httpcode') ?? '401',
    message: value('failed-validation-error-message'),
  };
}

function claimsOf(statement: Statement, wanted: (texts: readonly string[]) => Wanted): readonly WantedClaim[] {
  return childrenNamed(statement, 'required-claims').flatMap((list) =>
    childrenNamed(list, 'claim').map((claim) => ({
      name: claim.attributes.name ?? '',
      match: claim.attributes.match?.toLowerCase() === 'any' ? ('any' as const) : ('all' as const),
      separator: claim.attributes.separator ?? null,
      ...wanted(childrenNamed(claim, 'value').map(({ text }) => text)),
    })),
  );
}

/** Whether a statement can be the one that answered with the pasted message (texts: field guide a.2). */
export function canHaveSaid(policy: TokenPolicy, message: string | null, same: (pasted: string, own: string) => boolean): boolean {
  if (message === null) return true;
  if (policy.message !== null) return same(message, policy.message);
  const entra = /Azure AD JWT/i.test(message);
  return policy.kind === 'validate-azure-ad-token' ? entra : !entra && /JWT|IDX\d/i.test(message);
}

/** The audience's other spelling: `api://GUID` for `GUID` and the reverse; null when it has none. */
export function twinOf(audience: string): string | null {
  const found = /^(api:\/\/)?([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/i.exec(audience);
  if (found === null) return null;
  return found[1] === undefined ? `api://${found[2]}` : (found[2] ?? null);
}
