// Azure's management API says itself that the token was too old (field guide M01, a.4). It is about whoever manages Azure, never about a caller.
import { type Cause, confirmed, ruledOut } from '../contract.ts';
import { explain } from '../explain.ts';
import { complaint } from '../key-check.ts';
import { remedy } from './remedy.ts';

const expected = 'a token that is still valid';

export const cause: Cause = {
  ...explain({
    id: 'arm-token-expired',
    code: 'M01',
    stage: 'access',
    title: "The token for Azure's management API has expired",
    best: 'confirmed',
    applies: ({ layer }) => layer === 'arm-management',
    judge(symptom, at) {
      const { token } = symptom;
      const end = token?.exp == null ? null : new Date(token.exp * 1000);
      const past = end !== null && end < at;
      if (symptom.code !== 'jwt-expired' && !past)
        return ruledOut('The answer does not speak of a token that is too old.', complaint(symptom, expected));
      return confirmed(
        "The token that was sent to Azure's management API had expired. Get a new one (az login, then az account get-access-token); a program asks its credential for a token before each call instead of keeping one.",
        complaint(symptom, expected),
        ...(past
          ? [{ at: `paste#/line/${token?.line ?? 1}`, observed: `exp ${end.toISOString()}`, expected: `after ${at.toISOString()}` }]
          : []),
      );
    },
  }),
  remedy,
};
