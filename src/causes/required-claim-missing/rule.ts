// required-claims asks for claims beside audience, issuer and application: mostly roles (application permissions) and scp (delegated ones).
// Field guide P08, seen live as "Invalid Azure AD JWT" for a missing app role.
import type { PastedToken } from '../../symptom/symptom.ts';
import { type Cause, defineRule } from '../contract.ts';
import { type Judged, judgeToken, quoted, tokenRefused } from '../token-check.ts';
import type { TokenPolicy, WantedClaim } from '../token-policy.ts';

/** Claims that other causes speak of: P02, P04, P07. */
const elsewhere = ['aud', 'iss', 'appid', 'azp'];

export const rule = defineRule({
  id: 'required-claim-missing',
  code: 'P08',
  stage: 'policy',
  title: 'The token lacks a required claim',
  best: 'confirmed',
  needs: [],
  wants: ['policies', 'namedValues'],
  applies: tokenRefused,

  check(input) {
    return judgeToken(input, {
      judge,
      signs: /TokenClaimNotFound|TokenClaimValueNotAllowed|claim value mismatch|claim [^.]{0,60}(?:not found|missing)/i,
      asks: (policy) => required(policy).length > 0,
      wants: (policy) =>
        required(policy).length === 0
          ? 'no further claim is asked for.'
          : `the token needs ${required(policy).map(inWords).join(', and ')}.`,
      fine: 'The token has every claim that the policy asks for.',
    });
  },
});

function judge(policy: TokenPolicy, token: PastedToken): Judged {
  if (policy.kind === 'validate-jwt' && policy.needsExpiry && token.exp === null) {
    return fault(
      'an expiration time (exp)',
      `claims: ${token.claimNames.join(', ').slice(0, 150)}`,
      'Ask the issuer for tokens that expire.',
    );
  }
  let unclear = false;
  for (const claim of required(policy)) {
    const values = valuesOf(claim, token);
    if (values === 'absent') return fault(inWords(claim), `no claim ${claim.name}`, grant(claim));
    if (claim.known.length + claim.open === 0) continue;
    if (values === 'unknown') {
      unclear = true;
      continue;
    }
    const has = (wanted: string): boolean => values.includes(wanted);
    const missing = claim.match === 'any' ? claim.open === 0 && !claim.known.some(has) : !claim.known.every(has);
    if (missing) return fault(inWords(claim), `${claim.name} ${quoted(values)}`, grant(claim));
    if (claim.open > 0 && (claim.match === 'all' || !claim.known.some(has))) unclear = true;
  }
  return unclear ? 'unclear' : null;
}

function required(policy: TokenPolicy): readonly WantedClaim[] {
  return policy.claims.filter(({ name }) => name !== '' && !elsewhere.includes(name));
}

function fault(wanted: string, observed: string, todo: string): Judged {
  return { says: `The token lacks what the policy asks for: ${wanted}. ${todo}`, observed, expected: wanted, certain: true };
}

/** The values that the statement compares: a scp of several scopes is one text unless the claim is split at blanks. */
function valuesOf(claim: WantedClaim, token: PastedToken): readonly string[] | 'absent' | 'unknown' {
  const { name, separator } = claim;
  if (!token.claimNames.includes(name)) return token.claimNames.length >= 100 ? 'unknown' : 'absent';
  const split = (values: readonly string[]): readonly string[] => (separator ? values.flatMap((one) => one.split(separator)) : values);
  if (name === 'roles') return split(token.roles);
  if (name === 'scp') return split([token.scopes.join(' ')]);
  if (name === 'tid' && token.tenant !== null) return [token.tenant];
  return name === 'ver' && token.version !== null ? [token.version] : 'unknown';
}

function inWords({ name, match, known, open }: WantedClaim): string {
  if (known.length + open === 0) return `the claim ${name}`;
  const values = known.map((value) => `"${value}"`).join(match === 'any' ? ' or ' : ' and ');
  return `${name} with ${values === '' ? 'a value that only run time knows' : values}`;
}

function grant({ name }: WantedClaim): string {
  if (name === 'roles')
    return 'Assign the app role to the calling application or person in Entra (admin consent included) and get a new token.';
  if (name === 'scp')
    return 'Ask for the scope when getting the token, and have it consented; a token of an application alone carries roles, not scp.';
  return 'Have the issuer put it into the token, and get a new one.';
}

export const cause: Cause = { rule, fix: null };
