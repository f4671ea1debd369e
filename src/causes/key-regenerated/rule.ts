// Somebody regenerated a key, and this caller still has the old one (field guide K09). The activity log says when a key was regenerated,
// never which value it had, so this is suspected at most while no index of former keys is kept.
import { type Cause, defineRule, factOrNull, ruledOut, suspected, unknown } from '../contract.ts';
import { coversApi, labelOf, maybeInvalid, nobodyHasIt } from '../key-check.ts';
import { before, lookedIn, stillExplains, when } from '../key-history.ts';
import { remedy } from './remedy.ts';

export const rule = defineRule({
  id: 'key-regenerated',
  code: 'K09',
  stage: 'key',
  title: 'The key was regenerated and the caller has the old one',
  best: 'suspected',
  needs: ['key', 'keyHistory'],
  wants: ['api', 'apiProducts'],
  applies: maybeInvalid,

  check({ key, keyHistory, api, apiProducts, at }) {
    const settled = stillExplains(key, keyHistory);
    if (settled !== null) return settled;
    if (keyHistory === null) return nobodyHasIt(key);
    const [called, products] = [factOrNull(api), factOrNull(apiProducts) ?? []];
    const [first, ...more] = before(keyHistory.events, at).filter(
      ({ kind, subscription }) =>
        kind === 'regenerated' && (subscription === null || called === null || coversApi(subscription.target, called, products)),
    );
    if (first === undefined) {
      if (!keyHistory.complete) return unknown('The activity log is too long to be read to its end.', lookedIn(keyHistory));
      return ruledOut('No key that opens this API was regenerated in the time that the activity log covers.', lookedIn(keyHistory));
    }
    const whose = first.subscription === null ? 'a subscription' : labelOf(first.subscription);
    return suspected(
      `No subscription has the key now, and a key of ${whose} was regenerated at ${first.at}. The caller may still have the old one; the log does not say which value it was. Hand over the present key of ${whose} out of band (portal: Subscriptions, "Show/hide keys"). Do not regenerate again: that would shut out everybody else.`,
      when(first),
      ...more.slice(0, 4).map(when),
      lookedIn(keyHistory),
    );
  },
});

export const cause: Cause = { rule, fix: null, remedy };
