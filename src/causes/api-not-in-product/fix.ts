import { addApiPermission, planAddApiSomewhere } from '../add-api-to-product.ts';
import { defineFix } from '../contract.ts';

export const fix = defineFix({
  cause: 'api-not-in-product',
  label: 'Add the API to the product',
  permission: addApiPermission,
  secondPerson: false,
  provable: true,
  needs: ['api'],
  wants: ['key', 'keyProduct', 'keyProductPolicy', 'onlyProduct', 'onlyProductPolicy'],
  plan: planAddApiSomewhere,
});
