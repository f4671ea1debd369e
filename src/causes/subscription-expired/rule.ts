// The state says expired. A past expirationDate says nothing: "for audit purposes only and the subscription is not automatically expired"
// (field guide K07, b.8; seed 003 reads otherwise).
import type { Cause } from '../contract.ts';
import { defineStateRule } from '../subscription-state.ts';
import { fix } from './fix.ts';
import { remedy } from './remedy.ts';

export const rule = defineStateRule({
  id: 'subscription-expired',
  code: 'K07',
  title: 'The subscription is expired',
  state: 'expired',
  advice: () =>
    'Somebody or some job set that state; Azure does not expire subscriptions by date. Ask whether the term was extended, then activate it.',
});

export const cause: Cause = { rule, fix, remedy };
