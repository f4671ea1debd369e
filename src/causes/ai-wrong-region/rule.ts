// A key works only with the address of its own region; older client libraries call West US unless told otherwise
// (field guide A03; seed 004, "incorrect regional endpoint").
import { isAiKeyCall } from '../ai-endpoint.ts';
import { accountField, accountLabel, addressOf, aiFit, judgeAiKey } from '../ai-key.ts';
import { type Cause, defineRule } from '../contract.ts';
import { fromPaste } from '../key-check.ts';
import { signEvidence, signOf } from '../signs.ts';

export const rule = defineRule({
  id: 'ai-wrong-region',
  code: 'A03',
  stage: 'backend',
  title: 'The key belongs to another region than the one that was called',
  best: 'confirmed',
  needs: ['aiAccounts', 'aiKey'],
  applies: isAiKeyCall,

  check({ symptom, aiAccounts, aiKey }) {
    const { url } = symptom.seen;
    const setting = symptom.host === null ? signOf(symptom, 'ai-region-setting') : null;
    return judgeAiKey(
      symptom,
      aiKey,
      (account) => {
        const { otherRegion } = aiFit(symptom, aiAccounts, account);
        if (otherRegion === null) return null;
        const called = otherRegion === 'global' ? 'the address without a region' : `the region ${otherRegion}`;
        return {
          says: `The key belongs to ${accountLabel(account)}, but the call went to ${called}. Call ${addressOf(account)}, or set the region ${account.region} in the client.`,
          evidence: [
            accountField(account, 'location', account.region, otherRegion),
            ...(setting === null ? [] : [signEvidence(setting, `the region ${account.region}`)]),
            ...(url === null ? [] : [fromPaste(url, `an address in ${account.region}`)]),
          ],
        };
      },
      (account) => ({
        says: `The key belongs to ${accountLabel(account)}, and the called address is not known to be of another region.`,
        evidence: [accountField(account, 'location', account.region, 'the region that was called')],
      }),
    );
  },
});

export const cause: Cause = { rule, fix: null };
