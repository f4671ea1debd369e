// What the settings of the API only describe, a policy enforces.
import { defineRemedy } from '../contract.ts';
import { policy } from '../to-copy.ts';

export const remedy = defineRemedy({
  copy: () =>
    policy(
      '<validate-azure-ad-token tenant-id="THE-TENANT"><audiences><audience>THE-AUDIENCE</audience></audiences></validate-azure-ad-token>',
      'The owner of the API decides: calls without such a token get a 401 from then on. It goes into the inbound section, after <base />.',
    ),
});
