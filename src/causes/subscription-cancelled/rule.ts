// Cancelled by its owner or by an administrator: an end that somebody wanted, so it is not taken back: a new one is made (field guide K05, b.8).
import type { Cause } from '../contract.ts';
import { defineStateRule, scopeInWords } from '../subscription-state.ts';
import { fix } from './fix.ts';

export const rule = defineStateRule({
  id: 'subscription-cancelled',
  code: 'K05',
  title: 'The subscription is cancelled',
  state: 'cancelled',
  advice: (subscription) =>
    `Its owner or an administrator ended it. Create a new subscription with the scope ${scopeInWords(subscription)} and the state active, and hand its key to the caller.`,
});

export const cause: Cause = { rule, fix };
