// A new subscription rather than a new scope: with a new scope the other API would lose the key. `state: active` is sent, because without it
// a subscription is only submitted; `notify` is not, so nobody is sent a mail. The new keys are never read.
import { defineFix } from '../contract.ts';
import { labelOf, onlyMatch } from '../key-check.ts';

export const fix = defineFix({
  cause: 'key-for-another-api',
  label: 'Create a subscription for this API',
  permission: 'Microsoft.ApiManagement/service/subscriptions/write',
  secondPerson: false,
  // The key that was pasted stays a key of the other API; only a call with the new one shows that it works.
  provable: false,
  toBeSure:
    'The old key is still a key of the other API. Fetch a new one in the portal under Subscriptions and make the call with it to be sure.',
  needs: ['api', 'key', 'freeSubscription'],

  plan({ api, key, freeSubscription }) {
    const match = onlyMatch(key);
    if (match === null) return { kind: 'refuse', says: 'Several subscriptions fit the key. Give more of its first characters.' };
    const { armId, displayName } = freeSubscription;
    const after = { properties: { scope: `/apis/${api.name}`, displayName, state: 'active' } };
    return {
      kind: 'change',
      changes: [{ on: armId, field: '', before: null, after }],
      consequence: `Two new keys open ${api.displayName} and nothing else. They are not shown here: fetch one in the portal under Subscriptions, "${displayName}", "Show/hide keys", and call again with it. The key of ${labelOf(match.subscription)} stays as it is.`,
      undo: 'Deletes the new subscription; its keys stop working.',
    };
  },
});
