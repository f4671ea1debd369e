// A key of a product opens the APIs that the product contains. An API in no product is closed to every such key,
// and a console that fills in product keys has none to send (field guide K01; seeds 001 and 002).

import { type Cause, confirmed, defineRule, type Evidence, ruledOut, suspected } from '../contract.ts';
import { fieldOf, fromKeyCheck, labelOf, nobodyHasIt, onlyMatch, workspaceOf, workspaceOfKey } from '../key-check.ts';
import { fix } from './fix.ts';

export const rule = defineRule({
  id: 'api-not-in-product',
  code: 'K01',
  stage: 'key',
  title: 'The API is in no product',
  best: 'confirmed',
  needs: ['api', 'apiProducts'],
  wants: ['key', 'keyProduct'],
  applies: fromKeyCheck,

  check({ symptom, api, apiProducts, key, keyProduct }) {
    const [product, ...others] = apiProducts;
    const at = `${api.armId}/products`;
    if (product !== undefined) {
      const names = [product, ...others].map((one) => one.displayName).join(', ');
      return ruledOut(`${api.displayName} is in ${others.length + 1} product(s): ${names}.`, {
        at,
        observed: names,
        expected: 'at least one product',
      });
    }
    if (!api.subscriptionRequired && symptom.code === 'key-missing') {
      return ruledOut(`${api.displayName} asks for no key at present, so no product has to give one.`, {
        at: `${api.armId}#/properties/subscriptionRequired`,
        observed: 'false',
        expected: 'true',
      });
    }

    const none: Evidence = { at, observed: 'no product', expected: 'the product that the key belongs to' };
    if (key.status === 'unreadable') {
      return suspected(`${api.displayName} is in no product, so no key of a product opens it and consoles have none to send.`, none);
    }
    if (key.value.matches.length === 0) return nobodyHasIt(key.value);
    const [inside] = key.value.matches.filter(({ subscription }) => workspaceOfKey(subscription) !== null);
    if (inside !== undefined || workspaceOf(api.armId) !== null) {
      return ruledOut('The key or the API belongs to a workspace, which is judged on its own.', {
        at: inside?.subscription.armId ?? api.armId,
        observed: `workspace ${inside === undefined ? workspaceOf(api.armId) : workspaceOfKey(inside.subscription)}`,
        expected: 'key and API of the service itself',
      });
    }

    const ofProducts = key.value.matches.filter(({ subscription }) => subscription.target.kind === 'product');
    const scopes = key.value.matches.map(({ subscription }) =>
      fieldOf(subscription, 'scope', subscription.scope, 'a product that contains the API'),
    );
    if (ofProducts.length === 0) {
      return ruledOut('The key does not belong to a product, so it does not matter that the API is in none.', ...atLeast(scopes, none));
    }
    const match = onlyMatch(key.value);
    if (match === null) {
      return suspected(
        `${api.displayName} is in no product. Several subscriptions fit the key, and keys of products cannot open it.`,
        none,
        ...scopes,
      );
    }
    if (keyProduct.status === 'read' && keyProduct.value === null) {
      return ruledOut(
        'The key belongs to a product that does not exist; adding the API to a product would not help it.',
        ...atLeast(scopes, none),
      );
    }
    return confirmed(
      `The key of ${labelOf(match.subscription)} belongs to a product, and ${api.displayName} is in no product, so the gateway calls the key invalid.`,
      none,
      ...scopes,
    );
  },
});

function atLeast(evidence: readonly Evidence[], fallback: Evidence): readonly [Evidence, ...Evidence[]] {
  const [first, ...rest] = evidence;
  return first === undefined ? [fallback] : [first, ...rest];
}

export const cause: Cause = { rule, fix };
