// Each AI resource has keys of its own: a Speech key opens no Translator, and one resource's key not another's own address
// (field guide A02; seed 004, "wrong API type").
import { isAiKeyCall } from '../ai-endpoint.ts';
import { accountField, accountLabel, addressOf, aiFit, judgeAiKey } from '../ai-key.ts';
import { type Cause, defineRule, factOrNull, suspected } from '../contract.ts';
import { signEvidence, signOf, unreadVerdict } from '../signs.ts';

export const rule = defineRule({
  id: 'ai-key-of-another-kind',
  code: 'A02',
  stage: 'backend',
  title: 'The key belongs to another AI resource than the one that was called',
  best: 'confirmed',
  needs: [],
  wants: ['aiAccounts', 'aiKey'],
  applies: isAiKeyCall,

  check({ symptom, aiAccounts, aiKey }) {
    const tier = signOf(symptom, 'ai-tier');
    const [accounts, key] = [factOrNull(aiAccounts), factOrNull(aiKey)];
    if (tier !== null && (accounts === null || key === null || key.matches.length === 0)) {
      return suspected(
        'The service names the tier of the key, and the called operation is not part of it: the key is of another kind of resource. Use the key of a resource whose kind offers this operation.',
        signEvidence(tier, 'a tier that has this operation'),
      );
    }
    if (accounts === null) return unreadVerdict(aiAccounts);
    if (key === null) return unreadVerdict(aiKey);
    return judgeAiKey(
      symptom,
      key,
      (account) => {
        const fit = aiFit(symptom, accounts, account);
        const elsewhere = fit.called !== null && fit.otherRegion === null;
        if (fit.multiServiceMixed || (fit.otherKind !== true && !elsewhere)) return null;
        const wanted = fit.called === null ? `a resource for ${fit.endpoint.service}` : accountLabel(fit.called);
        return {
          says: `The key belongs to ${accountLabel(account)}, but the call went to ${wanted}. Call ${addressOf(account)} with this key, or take the key of the resource that was called.`,
          evidence: [accountField(account, 'kind', `${account.kind} at ${addressOf(account)}`, wanted)],
        };
      },
      (account) => ({
        says: `The key is of ${accountLabel(account)}, and the call is not known to be for a single-service resource of another kind.`,
        evidence: [accountField(account, 'kind', account.kind, 'the kind that was called')],
      }),
    );
  },
});

export const cause: Cause = { rule, fix: null };
