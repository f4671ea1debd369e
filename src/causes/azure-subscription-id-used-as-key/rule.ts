// The Azure portal shows the subscription's id everywhere and the account's keys only on their own page, so the id is what people copy
// (field guide A01; seed 004). Azure makes the keys of AI accounts itself: none of them is a GUID.
import { isAiKeyCall } from '../ai-endpoint.ts';
import { type Cause, confirmed, defineRule, factOrNull, ruledOut, suspected } from '../contract.ts';
import { complaint } from '../key-check.ts';

const expected = 'a key of an AI account, 32 or 84 characters without hyphens';
const whereKeysAre = 'Send one of the two keys of the AI resource instead: Azure portal, the resource, "Keys and Endpoint".';

export const rule = defineRule({
  id: 'azure-subscription-id-used-as-key',
  code: 'A01',
  stage: 'backend',
  title: 'The id of the Azure subscription was sent as the key',
  best: 'confirmed',
  needs: [],
  wants: ['aiKey'],
  applies: isAiKeyCall,

  check({ symptom, aiKey }) {
    const fact = factOrNull(aiKey);
    const owned = fact !== null && fact.matches.length > 0;
    if (fact !== null && fact.azureSubscription !== null && !owned) {
      return confirmed(
        `The value that was sent is the id of the Azure subscription, which is billed but opens no API. ${whereKeysAre}`,
        { at: fact.azureSubscription, observed: 'equal to the value that was sent', expected: 'not a key' },
        ...(fact.line > 0 ? [{ at: `paste#/line/${fact.line}`, observed: fact.shown, expected }] : []),
      );
    }
    const guid = symptom.keys.find(({ form }) => form === 'guid');
    if (guid !== undefined && !owned) {
      return suspected(
        `The value that was sent is a GUID, the form of ids in Azure; keys of AI accounts are none. It may be the id of an Azure subscription. ${whereKeysAre}`,
        { at: `paste#/line/${guid.line}`, observed: `${guid.shown} (a GUID)`, expected },
      );
    }
    const [first] = symptom.keys;
    return ruledOut(
      owned ? 'The value that was sent is a key of an AI account.' : 'The paste shows no GUID in the place of the key.',
      first === undefined
        ? complaint(symptom, expected)
        : { at: `paste#/line/${first.line}`, observed: `${first.shown} (${first.form})`, expected },
    );
  },
});

export const cause: Cause = { rule, fix: null };
