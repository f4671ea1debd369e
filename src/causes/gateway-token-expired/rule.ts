// A self-hosted gateway whose token has expired goes on with what it knows: keys stay stale, and after a restart it answers 200 with nothing
// (field guide G05, a.4, b.13). Azure publishes no token's end, so the paste or a right key that is refused has to point there.
import { type Cause, defineRule, ruledOut, suspected } from '../contract.ts';
import { fromPaste } from '../key-check.ts';
import { lineOf, toldOf } from '../on-the-way.ts';
import { aboutSelfHosted, gatewayNamed, staleThere } from '../self-hosted.ts';
import { remedy } from './remedy.ts';

export const rule = defineRule({
  id: 'gateway-token-expired',
  code: 'G05',
  stage: 'configuration',
  title: "The self-hosted gateway's token has expired",
  best: 'suspected',
  needs: [],
  wants: ['selfHosted', 'key', 'api', 'apiProducts'],
  applies: aboutSelfHosted,

  check({ symptom, selfHosted, key, api, apiProducts }) {
    const gateway = gatewayNamed(selfHosted);
    const remedy = `Look for "Unauthorized" in the log of its pod. Make a new token (POST ${gateway.armId}/generateToken?api-version=2024-05-01 with keyType "primary" and expiry, at most 30 days ahead; or Gateways, Deployment in the portal), put it into the gateway's secret (kubectl create secret generic, key value "GatewayKey <token>") and restart the pod.`;
    const told = toldOf(symptom, 'gateway-token');
    if (told !== null) {
      return suspected(
        `The words point to the access token of the self-hosted gateway ${gateway.name}; a token lasts 30 days at most. ${remedy}`,
        fromPaste(told, 'a token that is valid'),
      );
    }
    if (symptom.status === 200 && toldOf(symptom, 'self-hosted-gateway') !== null) {
      return suspected(
        `A self-hosted gateway that starts with an expired token answers 200 with an empty body. ${remedy}`,
        lineOf(symptom, 'status 200 from a self-hosted gateway', 'an answer of the API'),
      );
    }
    const stale = staleThere({ symptom, selfHosted, key, api, apiProducts });
    if (stale !== null) {
      return suspected(
        `By what Azure has, this key should pass, and the self-hosted gateway ${gateway.name} refuses it: it may not have fetched its configuration since its token expired. ${remedy}`,
        ...stale,
      );
    }
    return ruledOut(
      "Nothing in the paste points to the gateway's token, and no key that is right in Azure was refused there.",
      lineOf(symptom, 'no word of a token', "a word of the gateway's token, or stale keys"),
    );
  },
});

export const cause: Cause = { rule, fix: null, remedy };
