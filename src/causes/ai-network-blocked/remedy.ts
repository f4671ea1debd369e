// Which networks may call is a decision about the account.

import { calledAccount } from '../ai-key.ts';
import { defineRemedy, factOrNull } from '../contract.ts';
import { az, command, named } from '../to-copy.ts';

export const remedy = defineRemedy({
  wants: ['aiAccounts', 'aiKey'],

  copy({ symptom, aiAccounts, aiKey }) {
    const called = calledAccount(symptom, factOrNull(aiAccounts)?.accounts ?? []);
    const account = called ?? factOrNull(aiKey)?.matches[0]?.account;
    return command(
      az(
        'cognitiveservices',
        'account',
        'network-rule',
        'add',
        ...named(account?.armId ?? ''),
        '--ip-address',
        'THE-ADDRESS-OF-THE-CALLER',
      ),
      'The owner of the account decides, with the owner of the network. Where public access is off altogether, a private endpoint is the way.',
    );
  },
});
