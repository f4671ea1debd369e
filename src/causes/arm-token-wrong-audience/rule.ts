// A token is for one audience, and Azure's management API takes its own only (field guide M02, a.4).
import { type Cause, confirmed, ruledOut } from '../contract.ts';
import { explain } from '../explain.ts';
import { complaint } from '../key-check.ts';
import { remedy } from './remedy.ts';

const expected = 'audience https://management.azure.com';
/** The public cloud's and the national clouds' audiences, with and without the slash, and the id of the API. */
const audiences =
  /^(?:https:\/\/management\.(?:azure\.com|usgovcloudapi\.net|chinacloudapi\.cn|core\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn))\/?|797f4846-ba00-4fd7-ba43-dac1f8f63013)$/i;

export const cause: Cause = {
  ...explain({
    id: 'arm-token-wrong-audience',
    code: 'M02',
    stage: 'access',
    title: "The token is not for Azure's management API",
    best: 'confirmed',
    applies: ({ layer }) => layer === 'arm-management',
    judge(symptom) {
      const { token } = symptom;
      const foreign = token !== null && token.aud.length > 0 && !token.aud.some((one) => audiences.test(one));
      if (symptom.code !== 'jwt-audience' && !foreign)
        return ruledOut('The answer does not speak of a wrong audience.', complaint(symptom, expected));
      return confirmed(
        "The token that was sent is for another service than Azure's management API. Ask for the scope https://management.azure.com/.default (az account get-access-token --resource https://management.azure.com).",
        complaint(symptom, expected),
        ...(foreign ? [{ at: `paste#/line/${token.line}`, observed: `aud ${token.aud.join(', ')}`.slice(0, 200), expected }] : []),
      );
    },
  }),
  remedy,
};
