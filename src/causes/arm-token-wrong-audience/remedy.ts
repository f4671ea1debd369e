// A token for the management API.
import { defineRemedy } from '../contract.ts';
import { az, command } from '../to-copy.ts';

export const remedy = defineRemedy({
  copy: () =>
    command(
      az('account', 'get-access-token', '--resource', 'https://management.azure.com/', '--query', 'expiresOn'),
      'Nobody but whoever is signed in. Without --query it prints the token itself, which is a secret.',
    ),
});
