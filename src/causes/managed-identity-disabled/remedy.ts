// An identity that the policy can sign in with.
import { defineRemedy } from '../contract.ts';
import { az, command, named, serviceOwner } from '../to-copy.ts';

export const remedy = defineRemedy({
  needs: ['service'],

  copy: ({ service }) =>
    command(
      az('apim', 'update', ...named(service.armId), '--enable-managed-identity', 'true'),
      `${serviceOwner} It switches the system-assigned identity on, which gets a new object id: its roles have to be granted again. A user-assigned one is assigned under Managed identities.`,
    ),
});
