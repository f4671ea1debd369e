// A subscription for the called API alone, where the API is: in its workspace, or in the service itself.
import { defineFix } from '../contract.ts';
import { createPermission, fetchTheNewKey, planCreate } from '../create-subscription.ts';
import { labelOf, onlyMatch, workspaceOf } from '../key-check.ts';

export const otherFix = defineFix({
  cause: 'workspace-key-mismatch',
  name: 'create-subscription',
  label: 'Create a subscription for this API',
  permission: createPermission,
  secondPerson: false,
  provable: false,
  toBeSure: fetchTheNewKey,
  needs: ['api', 'key', 'freeSubscription'],

  plan({ api, key, freeSubscription }) {
    const match = onlyMatch(key);
    if (match === null) return { kind: 'refuse', says: '' };
    const inside = workspaceOf(api.armId);
    return planCreate({
      free: freeSubscription,
      // In a workspace ARM's own examples give the whole id.
      scope: inside === null ? `/apis/${api.name}` : api.armId,
      opens: inside === null ? api.displayName : `${api.displayName} of the workspace ${inside}`,
      besides: `The key of ${labelOf(match.subscription)} stays as it is.`,
    });
  },
});
