// The named values that a call signs in with at its backend and whose last fetch from Key Vault failed (cause B02).
import type { NamedValueFact } from '../snapshot/facts-policies.ts';
import { namedValuesIn, withAllInside } from '../snapshot/policies/statement.ts';
import type { Way } from '../snapshot/way-to-backend.ts';

/** Statements that look at the caller, not at the backend. */
const aboutCaller = /^(?:validate-|check-header$|cors$|ip-filter$|rate-limit|quota|return-response$|include-fragment$|trace$)/;

/** Named values from Key Vault in what the gateway sends to the backend. */
export function vaultValuesOf(way: Way, namedValues: readonly NamedValueFact[]): readonly NamedValueFact[] {
  const inPolicies = way.steps
    .filter(({ statement }) => !aboutCaller.test(statement.name))
    .flatMap(({ statement }) => withAllInside(statement))
    .flatMap(({ attributes, text }) => [text, ...Object.values(attributes)])
    .flatMap(namedValuesIn);
  const used = new Set([...inPolicies, ...way.credentials.flatMap((one) => one.namedValues)].map((name) => name.toLowerCase()));
  return namedValues.filter(({ displayName, keyVault }) => keyVault !== null && used.has(displayName.toLowerCase()));
}

/** The last fetch failed. A value that was never fetched has no status, which says nothing. */
export function isStale({ keyVault }: NamedValueFact): boolean {
  const status = keyVault?.lastStatus ?? null;
  return status !== null && status.toLowerCase() !== 'success';
}

/** Fetching again cannot help: the vault said no, or has no such secret. */
export function isRefused({ keyVault }: NamedValueFact): boolean {
  return /forbidden|not_?found|denied|unauthori[sz]ed/i.test(keyVault?.lastStatus ?? '');
}
