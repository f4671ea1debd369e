// Products may ask for approval, and a PUT without a state only submits. Until somebody approves, the keys exist and open nothing
// (field guide K08, b.8).
import type { Cause } from '../contract.ts';
import { defineStateRule } from '../subscription-state.ts';
import { fix } from './fix.ts';

export const rule = defineStateRule({
  id: 'subscription-awaiting-approval',
  code: 'K08',
  title: 'The subscription waits for approval',
  state: 'submitted',
  advice: () => 'Its keys exist already and open nothing until somebody approves it: that is the decision of the owner of the product.',
});

export const cause: Cause = { rule, fix };
