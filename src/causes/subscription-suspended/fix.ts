// Somebody suspended it on purpose, so a second person agrees, and the comment is on the card.
import { defineFix } from '../contract.ts';
import { labelOf } from '../key-check.ts';
import { planActivation } from '../subscription-state.ts';

export const fix = defineFix({
  cause: 'subscription-suspended',
  label: 'Activate the subscription',
  permission: 'Microsoft.ApiManagement/service/subscriptions/write',
  secondPerson: true,
  provable: true,
  needs: ['key'],

  plan({ key }) {
    return planActivation(
      key,
      (subscription) => {
        const comment =
          subscription.stateComment === null
            ? 'No comment says why it was suspended.'
            : `It was suspended with the comment: "${subscription.stateComment}".`;
        return `Everyone who holds a key of ${labelOf(subscription)} can call again. Somebody suspended it on purpose: ask them first. ${comment}`;
      },
      'Suspends the subscription again.',
    );
  },
});
