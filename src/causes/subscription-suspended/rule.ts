// A right key on a suspended subscription is answered exactly like a wrong key. The gateway never says which;
// only the management side knows (field guide K04, b.8).

import { type Cause, defineRule } from '../contract.ts';
import { fieldOf, judgeSubscription, labelOf, maybeInvalid } from '../key-check.ts';
import { fix } from './fix.ts';

export const rule = defineRule({
  id: 'subscription-suspended',
  code: 'K04',
  stage: 'key',
  title: 'The subscription is suspended',
  best: 'confirmed',
  needs: ['key'],
  applies: maybeInvalid,

  check({ key }) {
    return judgeSubscription(
      key,
      (subscription) => {
        if (subscription.state !== 'suspended') return null;
        const comment = subscription.stateComment === null ? '' : ` The comment on it: "${subscription.stateComment}".`;
        return {
          says: `The key belongs to ${labelOf(subscription)}, which is suspended, so every call with it gets a 401.${comment}`,
          evidence: [fieldOf(subscription, 'state', 'suspended', 'active')],
        };
      },
      (subscription) => ({
        says: `The subscription ${labelOf(subscription)} is not suspended; its state is ${subscription.state}.`,
        evidence: [fieldOf(subscription, 'state', subscription.state, 'not suspended')],
      }),
    );
  },
});

export const cause: Cause = { rule, fix };
