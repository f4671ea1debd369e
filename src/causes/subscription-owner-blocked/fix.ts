// Blocking a user is a decision about everything that user has, so a second person agrees.
import { defineFix } from '../contract.ts';

export const fix = defineFix({
  cause: 'subscription-owner-blocked',
  label: 'Unblock the user',
  permission: 'Microsoft.ApiManagement/service/users/write',
  secondPerson: true,
  provable: true,
  needs: ['keyOwner'],

  plan({ keyOwner }) {
    if (keyOwner === null) return { kind: 'refuse', says: 'The owner of the subscription could not be found.' };
    return {
      kind: 'change',
      changes: [{ on: keyOwner.armId, field: 'properties.state', before: keyOwner.state, after: 'active' }],
      consequence:
        'Every subscription of this user works again, and the user can sign in to the developer portal. Somebody blocked the user on purpose: ask first.',
      undo: 'Blocks the user again.',
    };
  },
});
