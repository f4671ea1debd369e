// Keys were switched off by somebody.

import { calledAccount } from '../ai-key.ts';
import { defineRemedy, factOrNull } from '../contract.ts';
import { az, command } from '../to-copy.ts';

export const remedy = defineRemedy({
  wants: ['aiAccounts', 'aiKey'],

  copy({ symptom, aiAccounts, aiKey }) {
    const called = calledAccount(symptom, factOrNull(aiAccounts)?.accounts ?? []);
    const account = called ?? factOrNull(aiKey)?.matches[0]?.account;
    return command(
      az('resource', 'update', '--ids', account?.armId ?? 'THE-ARM-ID-OF-THE-ACCOUNT', '--set', 'properties.disableLocalAuth=false'),
      'The owner of the account decides, often a policy of the company: keys were switched off on purpose. The better way is a token of Entra.',
    );
  },
});
