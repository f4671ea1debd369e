// The caller sends both; that one of them is enough is the owner's decision.
import { defineRemedy } from '../contract.ts';
import { azRest, command } from '../to-copy.ts';

export const remedy = defineRemedy({
  needs: ['api'],

  copy: ({ api }) =>
    command(
      azRest('patch', api.armId, { properties: { subscriptionRequired: false } }),
      `Send both, unless the owner of ${api.displayName} decides that the token alone is enough: after that no key is asked for, and limits by subscription no longer count.`,
    ),
});
