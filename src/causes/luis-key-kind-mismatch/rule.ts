// LUIS has two kinds of keys: authoring (building an app) and prediction (asking it). Each is refused at the other's address
// (field guide A05; seed 004, "programmatic key"). Authoring keys made in the LUIS portal are no ARM resource, so this is suspected at most.
import type { Symptom } from '../../symptom/symptom.ts';
import { aiEndpoint, isAiKeyCall } from '../ai-endpoint.ts';
import { type Cause, defineRule, factOrNull, ruledOut, suspected } from '../contract.ts';
import { complaint, fromPaste } from '../key-check.ts';

export const rule = defineRule({
  id: 'luis-key-kind-mismatch',
  code: 'A05',
  stage: 'backend',
  title: 'A LUIS key was sent to the address of the other kind',
  best: 'suspected',
  needs: [],
  wants: ['aiKey'],
  applies: (symptom) => isAiKeyCall(symptom) && isLuis(symptom),

  check({ symptom, aiKey }) {
    const authoring = aiEndpoint(symptom).service === 'luis-authoring';
    const wanted = authoring ? 'LUIS.Authoring' : 'LUIS';
    const [match] = factOrNull(aiKey)?.matches ?? [];
    const where = symptom.seen.url ?? symptom.seen.challenge;
    const seen = where === null ? complaint(symptom, `a key for ${wanted}`) : fromPaste(where, `a key for ${wanted}`);
    if (match === undefined)
      return suspected(
        `The call went to LUIS, where each of two kinds of keys is refused at the other's address. ${advice(authoring)}`,
        seen,
      );
    const { account } = match;
    const kind = { at: `${account.armId}#/kind`, observed: account.kind, expected: wanted };
    if (!/^LUIS/i.test(account.kind) || account.kind.toLowerCase() === wanted.toLowerCase())
      return ruledOut(`The key is of ${account.name}, and that is no LUIS key of the other kind.`, kind, seen);
    return suspected(`The key is of ${account.name}, whose kind is ${account.kind}. ${advice(authoring)}`, kind, seen);
  },
});

function advice(authoring: boolean): string {
  return authoring
    ? 'This address is for authoring and takes the authoring key (Azure resource of kind LUIS.Authoring, or luis.ai, Manage, Azure Resources).'
    : 'This address is for prediction and takes the key of a prediction resource (kind LUIS) that is assigned to the app.';
}

function isLuis(symptom: Symptom): boolean {
  const { service, host } = aiEndpoint(symptom);
  return service === 'luis' || service === 'luis-authoring' || (host !== null && /(?:^|\.)luis\.ai$/.test(host));
}

export const cause: Cause = { rule, fix: null };
