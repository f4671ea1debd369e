// Somebody asked for the subscription and an administrator said no (field guide K06, b.8). No button undoes that.
import type { Cause } from '../contract.ts';
import { defineStateRule, scopeInWords } from '../subscription-state.ts';
import { remedy } from './remedy.ts';

export const rule = defineStateRule({
  id: 'subscription-rejected',
  code: 'K06',
  title: 'The subscription was rejected',
  state: 'rejected',
  advice: (subscription) =>
    `An administrator refused the request for ${scopeInWords(subscription)}, so its keys never worked. Ask the owner of the product why; a new request, or another product, is theirs to allow.`,
});

export const cause: Cause = { rule, fix: null, remedy };
