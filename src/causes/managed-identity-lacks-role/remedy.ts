// The narrowest role, at the one account.
import { defineRemedy } from '../contract.ts';
import { grant, judgeAccess } from '../identity-roles.ts';
import { command } from '../to-copy.ts';

export const remedy = defineRemedy({
  needs: ['identityAccess'],

  copy({ symptom, identityAccess }) {
    const refused = judgeAccess(identityAccess, symptom).find(({ may }) => may === 'not');
    return refused === undefined
      ? null
      : command(
          grant(refused.access),
          'An Owner or User Access Administrator of the AI account decides. It takes up to ten minutes to work.',
        );
  },
});
