// Translator has been seen to answer 401001 when the free tier's characters are used up (field guide A12, one thread); the same number is
// also sent for a key that is simply wrong, so this is suspected at most.
import { isAiKeyCall } from '../ai-endpoint.ts';
import { accountField, accountLabel } from '../ai-key.ts';
import { type Cause, defineRule, factOrNull, ruledOut, suspected } from '../contract.ts';
import { complaint } from '../key-check.ts';
import { signEvidence, signOf } from '../signs.ts';

const expected = 'another number than 401001, or a paid tier';

export const rule = defineRule({
  id: 'ai-quota-reported-as-401',
  code: 'A12',
  stage: 'backend',
  title: 'The free quota is used up and reported as a 401',
  best: 'suspected',
  needs: [],
  wants: ['aiKey'],
  applies: isAiKeyCall,

  check({ symptom, aiKey }) {
    const sign = signOf(symptom, 'ai-401001');
    if (sign === null) return ruledOut('The answer does not carry the number 401001.', complaint(symptom, expected));
    const [match, ...more] = factOrNull(aiKey)?.matches ?? [];
    const account = more.length === 0 ? match?.account : undefined;
    if (account === undefined || account.sku === null) {
      return suspected(
        'The number 401001 has been seen when the free tier of Translator was used up; a wrong key or region gets it too. Look at the pricing tier and "Metrics" of the resource: if it is F0 and used up, move it to S1 or wait for the next month.',
        signEvidence(sign, expected),
      );
    }
    const tier = accountField(account, 'sku/name', account.sku, 'a paid tier');
    if (!/^F/i.test(account.sku))
      return ruledOut(`${accountLabel(account)} is in the paid tier ${account.sku}, which has no free quota to use up.`, tier);
    return suspected(
      `${accountLabel(account)} is in the free tier, and a used-up quota has been seen to be reported as 401001. Look at "Metrics" of the resource; move it to S1, or wait for the next month.`,
      tier,
      signEvidence(sign, expected),
    );
  },
});

export const cause: Cause = { rule, fix: null };
