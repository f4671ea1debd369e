// "Blocked users cannot call any APIs of subscribed products" (Microsoft's page on inviting developers). That the owner is blocked is a fact;
// that the gateway says so with this very text was not seen anywhere, so it is suspected at most (field guide K22).
import { type Cause, defineRule, ruledOut, suspected } from '../contract.ts';
import { fieldOf, labelOf, maybeInvalid, nobodyHasIt } from '../key-check.ts';
import { fix } from './fix.ts';
import { remedy } from './remedy.ts';

export const rule = defineRule({
  id: 'subscription-owner-blocked',
  code: 'K22',
  stage: 'key',
  title: 'The owner of the subscription is blocked',
  best: 'suspected',
  needs: ['key', 'keyOwner'],
  applies: maybeInvalid,

  check({ key, keyOwner }) {
    const [match, ...more] = key.matches;
    if (match === undefined) return nobodyHasIt(key);
    const { subscription } = match;
    if (subscription.state !== 'active' && more.length === 0) {
      const state = fieldOf(subscription, 'state', subscription.state, 'active');
      return ruledOut(`${labelOf(subscription)} is ${subscription.state}; that alone explains the 401.`, state);
    }
    const owner = fieldOf(subscription, 'ownerId', subscription.ownerId ?? 'none', 'a user who is active');
    if (keyOwner === null) {
      const says =
        more.length > 0
          ? 'Several subscriptions fit the key, and nothing points to a blocked owner.'
          : `${labelOf(subscription)} has no owner who could be blocked.`;
      return ruledOut(says, owner);
    }
    const state = { at: `${keyOwner.armId}#/properties/state`, observed: keyOwner.state, expected: 'active' };
    if (keyOwner.state !== 'blocked') return ruledOut(`The owner of ${labelOf(subscription)} is not blocked.`, state);
    return suspected(
      `The user who owns ${labelOf(subscription)} is blocked, and blocked users cannot call the APIs that they are subscribed to. Ask why the user was blocked; then unblock the user, or give the caller a subscription without that owner.`,
      state,
      owner,
    );
  },
});

export const cause: Cause = { rule, fix, remedy };
