// ARM lets some malformed scopes through, and then no call with the key ever passes (field guide K15, b.9).
// Told by the shape alone.

import { type Cause, defineRule } from '../contract.ts';
import { fieldOf, judgeSubscription, labelOf, maybeInvalid } from '../key-check.ts';
import { fix } from './fix.ts';

const legal = '/apis, /apis/{api} or /products/{product}';

export const rule = defineRule({
  id: 'subscription-scope-malformed',
  code: 'K15',
  stage: 'key',
  title: 'The scope of the subscription is malformed',
  best: 'confirmed',
  needs: ['key'],
  applies: maybeInvalid,

  check({ key }) {
    return judgeSubscription(
      key,
      (subscription) => {
        if (subscription.target.kind !== 'malformed') return null;
        return {
          says: `The scope of ${labelOf(subscription)} cannot match any API: ${subscription.target.why}. Its keys have never worked.`,
          evidence: [fieldOf(subscription, 'scope', subscription.scope, legal)],
        };
      },
      (subscription) => ({
        says: `The scope of ${labelOf(subscription)} is well formed.`,
        evidence: [fieldOf(subscription, 'scope', subscription.scope, legal)],
      }),
    );
  },
});

export const cause: Cause = { rule, fix };
