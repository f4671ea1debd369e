// Opening an API is never one press.
import { defineRemedy } from '../contract.ts';
import { azRest, command } from '../to-copy.ts';

export const remedy = defineRemedy({
  needs: ['api'],

  copy: ({ api }) =>
    command(
      azRest('patch', api.armId, { properties: { subscriptionRequired: false } }),
      `The owner of ${api.displayName} decides: after that everybody who reaches the gateway can call it without a key.`,
    ),
});
