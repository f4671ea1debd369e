// Only for a key whose product has another version: the called one is added beside it. A version that does not exist cannot be added.
import { addApiPermission, planAddApi } from '../add-api-to-product.ts';
import { defineFix } from '../contract.ts';

export const fix = defineFix({
  cause: 'wrong-version-or-revision',
  label: 'Add the version to the product',
  permission: addApiPermission,
  secondPerson: false,
  provable: true,
  needs: ['api', 'key', 'keyProduct'],
  wants: ['keyProductPolicy'],

  plan(input) {
    const [match] = input.key.matches;
    if (match?.subscription.target.kind !== 'product')
      return { kind: 'refuse', says: 'The key is not of a product, so there is none to add the version to.' };
    return planAddApi(input);
  },
});
