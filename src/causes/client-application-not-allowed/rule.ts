// validate-azure-ad-token lets in only the applications under client-application-ids (field guide P07, seen live).
// With validate-jwt the same is asked by a required claim appid (token version 1) or azp (version 2).
import { type Cause, defineRule } from '../contract.ts';
import { type Judged, judgeToken, quoted, tokenRefused } from '../token-check.ts';
import type { TokenPolicy } from '../token-policy.ts';
import { fix } from './fix.ts';

export const rule = defineRule({
  id: 'client-application-not-allowed',
  code: 'P07',
  stage: 'policy',
  title: 'The calling application is not on the list',
  best: 'confirmed',
  needs: [],
  wants: ['policies', 'namedValues'],
  applies: tokenRefused,

  check(input) {
    return judgeToken(input, {
      judge: (policy, token) => judge(policy, token.appid, token.claimNames),
      signs: /client application[^.]{0,60}not (?:allowed|permitted)|application id[^.]{0,60}not (?:allowed|permitted)/i,
      asks: (policy) => listed(policy).known.length + listed(policy).open > 0,
      wants: (policy) => `the application (claim appid or azp) has to be ${quoted(listed(policy).known)}.`,
      fine: 'The policy lets the calling application in.',
    });
  },
});

function judge(policy: TokenPolicy, appid: string | null, claimNames: readonly string[]): Judged {
  const { known, open } = listed(policy);
  if (known.length + open === 0) return null;
  if (appid !== null && known.some((id) => id.toLowerCase() === appid.toLowerCase())) return null;
  if (open > 0) return 'unclear';
  const who = appid === null ? 'The token names no application (neither appid nor azp)' : `The token was given to the application ${appid}`;
  return {
    says: `${who}, and the policy lets in ${quoted(known)} only. Call with one of these applications, or have this one added after asking who owns it.`,
    observed: appid === null ? `claims: ${claimNames.join(', ').slice(0, 150)}` : `appid "${appid}"`,
    expected: `appid ${quoted(known)}`,
    certain: true,
  };
}

function listed(policy: TokenPolicy): { readonly known: readonly string[]; readonly open: number } {
  const claims = policy.claims.filter(({ name }) => name === 'appid' || name === 'azp');
  return {
    known: [...policy.applications.known, ...claims.flatMap(({ known }) => known)],
    open: policy.applications.open + claims.reduce((sum, { open }) => sum + open, 0),
  };
}

export const cause: Cause = { rule, fix };
