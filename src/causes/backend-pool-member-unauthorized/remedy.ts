// The same role as at the members that accept the gateway.
import { defineRemedy, factOrNull } from '../contract.ts';
import { grant, judgeAccess } from '../identity-roles.ts';
import { az, command } from '../to-copy.ts';

export const remedy = defineRemedy({
  wants: ['identityAccess'],

  copy({ symptom, identityAccess }) {
    const refused = judgeAccess(factOrNull(identityAccess) ?? [], symptom).find(({ may }) => may === 'not');
    const unknown = az(
      ...['role', 'assignment', 'create', '--role', 'Cognitive Services User', '--assignee-principal-type', 'ServicePrincipal'],
      ...['--assignee-object-id', 'THE-OBJECT-ID-OF-THE-IDENTITY', '--scope', 'THE-ARM-ID-OF-THE-MEMBER'],
    );
    return command(
      refused === undefined ? unknown : grant(refused.access),
      'An Owner or User Access Administrator of the member decides. It takes up to ten minutes to work.',
    );
  },
});
