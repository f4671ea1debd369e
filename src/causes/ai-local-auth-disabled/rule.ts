// With disableLocalAuth an AI account takes no keys at all, only tokens of Entra ID (field guide A13 and a.3). Mostly a 403, sometimes a 401.
import { isAiCall } from '../ai-endpoint.ts';
import { accountField, accountLabel, calledAccount } from '../ai-key.ts';
import { type Cause, confirmed, defineRule, factOrNull, ruledOut, suspected } from '../contract.ts';
import { complaint } from '../key-check.ts';
import { signEvidence, signOf, unreadVerdict } from '../signs.ts';
import { remedy } from './remedy.ts';

const field = 'properties/disableLocalAuth';
const expected = 'a key that is accepted';
const advice =
  'Sign in with Entra ID instead (role "Cognitive Services User" or "Cognitive Services OpenAI User" on the resource), or have its owner allow keys again; an Azure Policy may forbid that.';

export const rule = defineRule({
  id: 'ai-local-auth-disabled',
  code: 'A13',
  stage: 'backend',
  title: 'The AI account accepts no keys',
  best: 'confirmed',
  needs: [],
  wants: ['aiAccounts', 'aiKey'],
  applies: (symptom) => signOf(symptom, 'ai-keys-disabled') !== null || (isAiCall(symptom) && symptom.code === 'ai-key-or-endpoint'),

  check({ symptom, aiAccounts, aiKey }) {
    const sign = signOf(symptom, 'ai-keys-disabled');
    const listed = factOrNull(aiAccounts);
    const [match, ...more] = factOrNull(aiKey)?.matches ?? [];
    const target = calledAccount(symptom, listed?.accounts ?? []) ?? (more.length === 0 ? match?.account : undefined);
    const told = sign === null ? [] : [signEvidence(sign, expected)];
    if (target?.keysDisabled === true) {
      const says = `Keys are switched off for ${accountLabel(target)}, so every key gets this answer. ${advice}`;
      return confirmed(says, accountField(target, field, 'true', 'false'), ...told);
    }
    if (target !== undefined) return ruledOut(`${accountLabel(target)} accepts keys now.`, accountField(target, field, 'false', 'false'));
    if (sign === null) {
      if (listed === null) return unreadVerdict(aiAccounts);
      return ruledOut(
        'The answer does not say that keys are switched off, and the called address is of no account that I can see.',
        complaint(symptom, 'the words "Key based authentication is disabled"'),
      );
    }
    const off = (listed?.accounts ?? []).filter(({ keysDisabled }) => keysDisabled);
    const [only, ...others] = off;
    if (only !== undefined && others.length === 0 && symptom.host === null) {
      const says = `The service says that keys are switched off, and ${accountLabel(only)} is the one account here where they are. ${advice}`;
      return confirmed(says, accountField(only, field, 'true', 'false'), ...told);
    }
    return suspected(
      `The service says that keys are switched off for the called resource. ${advice}`,
      signEvidence(sign, expected),
      ...off.slice(0, 5).map((one) => accountField(one, field, 'true', 'false')),
    );
  },
});

export const cause: Cause = { rule, fix: null, remedy };
