// A new sign-in.
import { defineRemedy } from '../contract.ts';
import { az, command } from '../to-copy.ts';

export const remedy = defineRemedy({
  copy: () => command(az('login'), 'Nobody but whoever is signed in.'),
});
