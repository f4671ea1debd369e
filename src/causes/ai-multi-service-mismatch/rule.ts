// A multi-service resource has one key for many services, at its own address; a single-service resource has its own. The key of one does not
// open the other's address, and some services are in no multi-service key at all (field guide A16, azure-docs#36456).
import { isAiKeyCall } from '../ai-endpoint.ts';
import { accountField, accountLabel, addressOf, aiFit, judgeAiKey } from '../ai-key.ts';
import { type Cause, defineRule } from '../contract.ts';

export const rule = defineRule({
  id: 'ai-multi-service-mismatch',
  code: 'A16',
  stage: 'backend',
  title: 'A multi-service key and a single-service address do not go together',
  best: 'confirmed',
  needs: ['aiAccounts', 'aiKey'],
  applies: isAiKeyCall,

  check({ symptom, aiAccounts, aiKey }) {
    return judgeAiKey(
      symptom,
      aiKey,
      (account) => {
        const { called, endpoint, multiServiceMixed } = aiFit(symptom, aiAccounts, account);
        if (!multiServiceMixed) return null;
        const wanted = called === null ? `a resource of its own for ${endpoint.service}` : accountLabel(called);
        return {
          says: `The key belongs to ${accountLabel(account)}, but the call went to ${wanted}. Call ${addressOf(account)} with this key, or take the key of the resource that was called.`,
          evidence: [
            accountField(account, 'kind', account.kind, wanted),
            ...(called === null ? [] : [accountField(called, 'kind', called.kind, account.kind)]),
          ],
        };
      },
      (account) => ({
        says: `The key is of ${accountLabel(account)}, and the called address is not one that this mix-up is about.`,
        evidence: [accountField(account, 'kind', account.kind, 'the kind that was called')],
      }),
    );
  },
});

export const cause: Cause = { rule, fix: null };
