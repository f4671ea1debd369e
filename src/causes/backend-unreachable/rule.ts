// The gateway let the call pass and got no answer from behind: 500, 502 or 504, with BackendConnectionFailure or Timeout in LastError
// (field guide, a.2; seed 003). The body of a 500 says no more than "Internal server error".
import { hostKind } from '../../symptom/hosts.ts';
import type { Symptom } from '../../symptom/symptom.ts';
import { type Cause, confirmed, suspected } from '../contract.ts';
import { explain } from '../explain.ts';
import { complaint } from '../key-check.ts';
import { signEvidence, signOf } from '../signs.ts';
import { remedy } from './remedy.ts';

const checks =
  "Check the API's web service URL (scheme, host, port), that the backend runs and its certificate is trusted, and that the gateway's network may reach it (Network status of the service).";

export const cause: Cause = {
  ...explain({
    id: 'backend-unreachable',
    code: 'N05',
    stage: 'backend',
    title: 'The gateway cannot reach the backend',
    best: 'confirmed',
    applies: (symptom) =>
      signOf(symptom, 'backend-unreachable') !== null || isTimeout(symptom) || isServerError(symptom) || isBadGateway(symptom),
    judge(symptom) {
      const expected = 'an answer of the backend';
      const sign = signOf(symptom, 'backend-unreachable');
      if (sign !== null || isTimeout(symptom)) {
        const how = isTimeout(symptom) || /time(?:d )?-?out/i.test(sign?.text ?? '') ? 'did not answer in time' : 'could not be reached';
        return confirmed(
          `The gateway accepted the call, but the backend ${how}. ${checks}`,
          sign === null ? complaint(symptom, expected) : signEvidence(sign, expected),
        );
      }
      const says =
        symptom.status === 500
          ? 'A 500 "Internal server error" of the gateway means that the backend could not be reached or that a policy failed.'
          : `A ${symptom.status ?? 'bad gateway or gateway timeout'} comes from the gateway when the backend gives no usable answer, or from the backend itself.`;
      return suspected(
        `${says} LastErrorReason in the gateway log (BackendConnectionFailure, Timeout) settles it. ${checks}`,
        complaint(symptom, expected),
      );
    },
  }),
  remedy,
};

function isTimeout({ lastError }: Symptom): boolean {
  return lastError?.source === 'forward-request' && /timeout/i.test(lastError.reason ?? '');
}

function isBadGateway(symptom: Symptom): boolean {
  const { layer, status, host } = symptom;
  return layer === 'not-a-401' && status === null && host !== null && hostKind(host) === 'apim' && signOf(symptom, 'bad-gateway') !== null;
}

/** In the gateway's own words, or from its own host. Other products' errors are theirs. */
function isServerError({ layer, status, message, host, lastError }: Symptom): boolean {
  if (layer !== 'not-a-401' || status === null || ![500, 502, 503, 504].includes(status) || lastError?.reason) return false;
  if (host !== null) return hostKind(host) === 'apim';
  return status === 500 && /^Internal server error\.?$/i.test(message?.trim() ?? '');
}
