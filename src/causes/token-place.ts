// Where a policy looks for the token, and what the pasted request has there.
import type { Symptom } from '../symptom/symptom.ts';
import type { TokenPolicy } from './token-policy.ts';

/** For a person. */
export function placeOf(policy: TokenPolicy | null): string {
  if (policy?.query != null) return `the query parameter ${policy.query}`;
  return policy !== null && policy.header === null ? 'the place that the policy names' : `the header ${policy?.header ?? 'Authorization'}`;
}

/** The request has something at that place. */
export function sentThere(symptom: Symptom, policy: TokenPolicy | null): boolean {
  if (policy?.query != null) return symptom.queryNames.some((name) => name.toLowerCase() === policy.query?.toLowerCase());
  const header = (policy?.header ?? 'Authorization').toLowerCase();
  return symptom.requestHeaders.includes(header);
}

/** The token that the request has at that place, with its line; null when it has none. */
export function tokenOf(symptom: Symptom, policy: TokenPolicy | null): { readonly line: number; readonly shown: string } | null {
  if (policy?.query != null || (policy !== null && policy.header === null)) return null;
  const header = (policy?.header ?? 'Authorization').toLowerCase();
  const found = symptom.keys.find(
    ({ form, where, name }) => form === 'jwt' && (where === 'bearer' ? header === 'authorization' : name?.toLowerCase() === header),
  );
  if (found !== undefined) return { line: found.line, shown: `${found.name ?? 'Authorization'}: ${found.shown}` };
  const { token } = symptom;
  return token !== null && header !== 'authorization' && symptom.requestHeaders.includes(header)
    ? { line: token.line, shown: `${header}: a token` }
    : null;
}
