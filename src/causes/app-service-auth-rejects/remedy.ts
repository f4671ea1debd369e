// A token that the app's own sign-in can accept.
import { defineRemedy } from '../contract.ts';
import { policy } from '../to-copy.ts';

export const remedy = defineRemedy({
  copy: () =>
    policy(
      '<authentication-managed-identity resource="api://THE-APPLICATION-OF-THE-APP" />',
      'The owner of the app decides whose tokens its sign-in accepts: the application and the identity of the gateway have to be on its lists.',
    ),
});
