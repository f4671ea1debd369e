// Where the product of the key is not to have the API: a subscription to the product that has it. Which one is only certain when there is one.
import { defineFix } from '../contract.ts';
import { createPermission, fetchTheNewKey, planCreate } from '../create-subscription.ts';
import { labelOf, onlyMatch } from '../key-check.ts';

export const otherFix = defineFix({
  cause: 'key-for-another-product',
  name: 'create-subscription',
  label: 'Create a subscription for the right product',
  permission: createPermission,
  secondPerson: false,
  provable: false,
  toBeSure: fetchTheNewKey,
  needs: ['apiProducts', 'key', 'freeSubscription'],

  plan({ apiProducts, key, freeSubscription }) {
    const match = onlyMatch(key);
    if (match === null) return { kind: 'refuse', says: '' };
    const [product, ...more] = apiProducts.filter(({ subscriptionRequired }) => subscriptionRequired);
    if (product === undefined || more.length > 0) {
      const names = [product, ...more].map((one) => one?.displayName).join(', ');
      const why = product === undefined ? 'No product that has the API takes subscriptions.' : `Several products have the API (${names}).`;
      return { kind: 'refuse', says: `${why} Which subscription to create is for their owner to say.` };
    }
    const approval = product.approvalRequired
      ? ` Its owner approves each subscription to ${product.displayName}; this one needs no further approval, so ask first.`
      : '';
    const plan = planCreate({
      free: freeSubscription,
      scope: `/products/${product.name}`,
      opens: `the APIs of the product ${product.displayName}`,
      besides: `The key of ${labelOf(match.subscription)} stays as it is.${approval}`,
    });
    return { ...plan, secondPerson: product.approvalRequired };
  },
});
