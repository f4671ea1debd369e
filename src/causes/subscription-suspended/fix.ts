// Somebody suspended it on purpose, so a second person agrees, and the comment is on the card.
import { defineFix } from '../contract.ts';
import { labelOf, onlyMatch } from '../key-check.ts';

export const fix = defineFix({
  cause: 'subscription-suspended',
  label: 'Activate the subscription',
  permission: 'Microsoft.ApiManagement/service/subscriptions/write',
  secondPerson: true,
  provable: true,
  needs: ['key'],

  plan({ key }) {
    const match = onlyMatch(key);
    if (match === null) return { kind: 'refuse', says: 'Several subscriptions fit the key. Give more of its first characters.' };
    const { subscription } = match;
    const comment =
      subscription.stateComment === null
        ? 'No comment says why it was suspended.'
        : `It was suspended with the comment: "${subscription.stateComment}".`;
    return {
      kind: 'change',
      changes: [{ on: subscription.armId, field: 'properties.state', before: subscription.state, after: 'active' }],
      consequence: `Everyone who holds a key of ${labelOf(subscription)} can call again. Somebody suspended it on purpose: ask them first. ${comment}`,
      undo: 'Suspends the subscription again.',
    };
  },
});
