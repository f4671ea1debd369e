// The key is good, but for another shelf: its product does not contain the API, and others do (field guide K02; seeds 000 and 003).

import { type Cause, defineRule, ruledOut } from '../contract.ts';
import { fieldOf, judgeSubscription, labelOf, maybeInvalid, sameName, workspaceOf } from '../key-check.ts';
import { fix } from './fix.ts';
import { otherFix } from './other-fix.ts';

export const rule = defineRule({
  id: 'key-for-another-product',
  code: 'K02',
  stage: 'key',
  title: 'The key belongs to another product than the API',
  best: 'confirmed',
  needs: ['api', 'apiProducts', 'key', 'keyProduct'],
  applies: maybeInvalid,

  check({ api, apiProducts, key, keyProduct }) {
    const names = apiProducts.map((product) => product.displayName).join(', ');
    const inProducts = { at: `${api.armId}/products`, observed: names === '' ? 'no product' : names, expected: 'the product of the key' };
    if (apiProducts.length === 0) {
      return ruledOut(`${api.displayName} is in no product at all, so there is no other product that the key should be of.`, inProducts);
    }
    return judgeSubscription(
      key,
      (subscription) => {
        const { target } = subscription;
        // Across the border of a workspace it is another cause (workspace-key-mismatch).
        if (target.kind !== 'product' || target.workspace !== null || workspaceOf(api.armId) !== null) return null;
        if (apiProducts.some((product) => sameName(product.name, target.name))) return null;
        // A product that is gone is another fault, with another remedy (subscription-scope-dangling).
        if (key.matches.length === 1 && keyProduct === null) return null;
        const product = keyProduct?.displayName ?? target.name;
        return {
          says: `The key of ${labelOf(subscription)} is for the product ${product}; ${api.displayName} is in ${names}.`,
          evidence: [fieldOf(subscription, 'scope', subscription.scope, `a product that contains ${api.name}`), inProducts],
        };
      },
      (subscription) => ({
        says: `The scope of ${labelOf(subscription)} is not a product that lacks the API.`,
        evidence: [fieldOf(subscription, 'scope', subscription.scope, 'a scope that covers the API'), inProducts],
      }),
    );
  },
});

export const cause: Cause = { rule, fix, otherFixes: [otherFix] };
