// A new subscription rather than a new scope: with a new scope the other API would lose the key.
import { defineFix } from '../contract.ts';
import { createPermission, planCreate } from '../create-subscription.ts';
import { labelOf, onlyMatch } from '../key-check.ts';

export const fix = defineFix({
  cause: 'key-for-another-api',
  label: 'Create a subscription for this API',
  permission: createPermission,
  secondPerson: false,
  // The key that was pasted stays a key of the other API; only a call with the new one shows that it works.
  provable: false,
  toBeSure:
    'The old key is still a key of the other API. Fetch a new one in the portal under Subscriptions and make the call with it to be sure.',
  needs: ['api', 'key', 'freeSubscription'],

  plan({ api, key, freeSubscription }) {
    const match = onlyMatch(key);
    if (match === null) return { kind: 'refuse', says: 'Several subscriptions fit the key. Give more of its first characters.' };
    return planCreate({
      free: freeSubscription,
      scope: `/apis/${api.name}`,
      opens: api.displayName,
      besides: `The key of ${labelOf(match.subscription)} stays as it is.`,
    });
  },
});
