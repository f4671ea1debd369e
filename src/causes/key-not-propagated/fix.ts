// Saving the subscription again makes the gateway load it (seed 000). One unchanged field is sent with the ETag, so nothing can be overwritten.
import { defineFix } from '../contract.ts';
import { labelOf, onlyMatch } from '../key-check.ts';

export const fix = defineFix({
  cause: 'key-not-propagated',
  label: 'Re-save the subscription',
  permission: 'Microsoft.ApiManagement/service/subscriptions/write',
  secondPerson: false,
  provable: false,
  needs: ['key'],

  plan({ key }) {
    const match = onlyMatch(key);
    if (match === null) return { kind: 'refuse', says: 'Several subscriptions fit the key. Give more of its first characters.' };
    const { subscription } = match;
    const [field, value] =
      subscription.displayName === null ? ['properties.state', subscription.state] : ['properties.displayName', subscription.displayName];
    return {
      kind: 'change',
      changes: [{ on: subscription.armId, field, before: value, after: value }],
      consequence: `Nothing about ${labelOf(subscription)} changes; saving it makes the gateway load it again. There is nothing to undo.`,
      undo: null,
    };
  },
});
