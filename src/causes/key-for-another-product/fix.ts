import { addApiPermission, planAddApi } from '../add-api-to-product.ts';
import { defineFix } from '../contract.ts';

export const fix = defineFix({
  cause: 'key-for-another-product',
  label: 'Add the API to that product',
  permission: addApiPermission,
  secondPerson: false,
  provable: true,
  needs: ['api', 'key', 'keyProduct'],
  wants: ['keyProductPolicy'],
  plan: planAddApi,
});
