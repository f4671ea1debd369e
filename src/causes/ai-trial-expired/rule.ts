// Trial keys ended after 30 days; they were no Azure resources and lived in West Central US (field guide A07; seed 004).
import { aiEndpoint, isAiKeyCall } from '../ai-endpoint.ts';
import { type Cause, defineRule, factOrNull, ruledOut, suspected } from '../contract.ts';
import { complaint } from '../key-check.ts';
import { signEvidence, signOf } from '../signs.ts';

const expected = 'a key of an AI resource in Azure';
const advice = 'Trial keys end after 30 days: create an AI resource in Azure (tier F0 costs nothing) and use its key and endpoint.';

export const rule = defineRule({
  id: 'ai-trial-expired',
  code: 'A07',
  stage: 'backend',
  title: 'A trial key has run out',
  best: 'suspected',
  needs: [],
  wants: ['aiKey'],
  applies: isAiKeyCall,

  check({ symptom, aiKey }) {
    const key = factOrNull(aiKey);
    const [match] = key?.matches ?? [];
    if (match !== undefined) {
      const observed = `its ${match.slot} starts with ${key?.shown ?? ''}`;
      const { name, armId } = match.account;
      return ruledOut(`The key is of ${name}, a resource in Azure, so it is no trial key.`, { at: armId, observed, expected });
    }
    const trial = signOf(symptom, 'ai-trial');
    if (trial !== null) return suspected(`The paste speaks of a trial. ${advice}`, signEvidence(trial, expected));
    if (aiEndpoint(symptom).region === 'westcentralus' && key?.complete === true) {
      return suspected(
        `The call went to West Central US, where trial keys lived, with a key that none of the ${key.compared} AI accounts has. ${advice}`,
        { at: key.at, observed: `${key.shown} is a key of none of ${key.compared} AI accounts`, expected },
        complaint(symptom, expected),
      );
    }
    return ruledOut('Nothing in the paste points to a trial key.', complaint(symptom, 'words about a trial, or the region of trial keys'));
  },
});

export const cause: Cause = { rule, fix: null };
