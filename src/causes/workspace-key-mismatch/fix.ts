// Key and API are in the same workspace: the API joins the product of the key, by a link. Across a border no product can hold the API.
import { policyWords, refuseOpen } from '../add-api-to-product.ts';
import { defineFix } from '../contract.ts';
import { onlyMatch, sameWorkspace, workspaceOf, workspaceOfKey } from '../key-check.ts';

export const fix = defineFix({
  cause: 'workspace-key-mismatch',
  label: 'Add the API to the product',
  permission: 'Microsoft.ApiManagement/service/workspaces/products/apiLinks/write',
  secondPerson: false,
  provable: true,
  needs: ['api', 'key', 'keyProduct'],
  wants: ['keyProductPolicy'],

  plan({ api, key, keyProduct, keyProductPolicy }) {
    const match = onlyMatch(key);
    if (match === null) return { kind: 'refuse', says: 'Several subscriptions fit the key. Give more of its first characters.' };
    const inside = workspaceOf(api.armId);
    const together = inside !== null && sameWorkspace(workspaceOfKey(match.subscription), inside);
    // Then a subscription in the place of the API is the way (other-fix.ts).
    if (keyProduct === null || !together) return { kind: 'refuse', says: '' };
    const open = refuseOpen(keyProduct);
    if (open !== null) return open;
    return {
      kind: 'change',
      changes: [{ on: `${keyProduct.armId}/apiLinks/${api.name}`, field: '', before: null, after: { properties: { apiId: api.armId } } }],
      consequence: `Every active key of the product ${keyProduct.displayName} in the workspace ${inside} can call ${api.displayName} from then on, not only this one.${policyWords(keyProductPolicy)}`,
      undo: `Takes ${api.displayName} out of the product ${keyProduct.displayName} again.`,
    };
  },
});
