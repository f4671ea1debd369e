// The keys of the service as it is now.
import { defineRemedy } from '../contract.ts';
import { azRest, command } from '../to-copy.ts';

export const remedy = defineRemedy({
  needs: ['service'],

  copy: ({ service }) =>
    command(
      azRest('post', `${service.armId}/subscriptions/THE-SUBSCRIPTION-ID/listSecrets`),
      'Whoever may list the keys hands the present one over, out of band. It prints both keys: not into a chat or a ticket.',
    ),
});
