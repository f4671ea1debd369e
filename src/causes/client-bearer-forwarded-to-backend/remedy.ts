// The caller's token ends at the gateway.
import { defineRemedy } from '../contract.ts';
import { policy } from '../to-copy.ts';
import { removal } from './removal.ts';

export const remedy = defineRemedy({
  copy: () => policy(removal, 'The owner of the API decides. It goes into the inbound section, after the token was checked.'),
});
