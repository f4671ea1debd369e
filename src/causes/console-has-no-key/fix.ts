// As for an API that is in no product (api-not-in-product), where it is certain which product is meant. An API that is in one needs a person
// with a subscription instead, and that is nothing that a button can make.
import { addApiPermission, planAddApiSomewhere } from '../add-api-to-product.ts';
import { defineFix } from '../contract.ts';

export const fix = defineFix({
  cause: 'console-has-no-key',
  label: 'Add the API to the product',
  permission: addApiPermission,
  secondPerson: false,
  // Whether whoever tests has a subscription to the product, only their console knows.
  provable: false,
  toBeSure: 'The API is in the product now. Choose a subscription to that product in the console and make the call again to be sure.',
  needs: ['api', 'apiProducts'],
  wants: ['key', 'keyProduct', 'keyProductPolicy', 'onlyProduct', 'onlyProductPolicy'],

  plan(input) {
    if (input.apiProducts.length > 0) return { kind: 'refuse', says: '' };
    return planAddApiSomewhere(input);
  },
});
