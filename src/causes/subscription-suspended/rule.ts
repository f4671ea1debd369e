// A right key on a suspended subscription is answered exactly like a wrong key. The gateway never says which;
// only the management side knows (field guide K04, b.8).
import type { Cause } from '../contract.ts';
import { defineStateRule } from '../subscription-state.ts';
import { fix } from './fix.ts';

export const rule = defineStateRule({
  id: 'subscription-suspended',
  code: 'K04',
  title: 'The subscription is suspended',
  state: 'suspended',
  advice: () => 'Somebody suspended it: ask the owner of the product whether it may be activated.',
});

export const cause: Cause = { rule, fix };
