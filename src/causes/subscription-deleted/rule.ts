// The subscription, or the product with its subscriptions, was deleted: the key is unknown from then on (field guide K10). The activity log
// says when, never which keys it had, so this is suspected at most while no index of former keys is kept.
import { type Cause, defineRule, ruledOut, suspected, unknown } from '../contract.ts';
import { maybeInvalid, nobodyHasIt } from '../key-check.ts';
import { before, lookedIn, stillExplains, when } from '../key-history.ts';
import { remedy } from './remedy.ts';

export const rule = defineRule({
  id: 'subscription-deleted',
  code: 'K10',
  stage: 'key',
  title: 'The subscription of the key was deleted',
  best: 'suspected',
  needs: ['key', 'keyHistory'],
  applies: maybeInvalid,

  check({ key, keyHistory, at }) {
    const settled = stillExplains(key, keyHistory);
    if (settled !== null) return settled;
    if (keyHistory === null) return nobodyHasIt(key);
    // A subscription that exists again under its id was not lost.
    const deleted = before(keyHistory.events, at).filter(({ kind, subscription }) => kind !== 'regenerated' && subscription === null);
    const [first, ...more] = deleted;
    if (first === undefined) {
      if (!keyHistory.complete) return unknown('The activity log is too long to be read to its end.', lookedIn(keyHistory));
      return ruledOut('No subscription or product was deleted in the time that the activity log covers.', lookedIn(keyHistory));
    }
    const name = first.armId.split('/').at(-1) ?? '';
    const what = first.kind === 'product-deleted' ? `the product ${name}, perhaps with its subscriptions,` : `the subscription ${name}`;
    return suspected(
      `No subscription has the key now, and ${what} was deleted at ${first.at}. If the key was one of its keys, create the subscription again with the state active; a PUT may carry the old primaryKey and secondaryKey, so that callers need not change anything.`,
      when(first),
      ...more.slice(0, 4).map(when),
      lookedIn(keyHistory),
    );
  },
});

export const cause: Cause = { rule, fix: null, remedy };
