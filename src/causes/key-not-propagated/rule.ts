// A subscription made minutes ago may be known to the management side and not yet to the gateway. Azure publishes no propagation state
// and no number; "up to ten minutes, or save it again" is a moderator's advice (field guide K14, b.14; seed 000). So: suspected at most.

import { type Cause, defineRule, factOrNull, ruledOut, suspected, unknown } from '../contract.ts';
import { coversApi, fieldOf, howMany, labelOf, maybeInvalid, nobodyHasIt, onlyMatch } from '../key-check.ts';
import { fix } from './fix.ts';

/** How long a new subscription is given, in minutes (seed 000). */
const settlesWithin = 10;

export const rule = defineRule({
  id: 'key-not-propagated',
  code: 'K14',
  stage: 'key',
  title: 'The gateway may not know the new key yet',
  best: 'suspected',
  needs: ['key', 'api', 'apiProducts'],
  wants: ['keyOwner', 'keyRenewed'],
  applies: maybeInvalid,

  check({ key, api, apiProducts, keyOwner, keyRenewed, at }) {
    const match = onlyMatch(key);
    if (key.matches.length === 0) return nobodyHasIt(key);
    if (match === null) return unknown(`${howMany(key)} Which one was sent decides whether it is too new.`);

    const { subscription } = match;
    const name = labelOf(subscription);
    if (subscription.state !== 'active') {
      return ruledOut(
        `${name} is ${subscription.state}; that alone explains the 401.`,
        fieldOf(subscription, 'state', subscription.state, 'active'),
      );
    }
    if (!coversApi(subscription.target, api, apiProducts)) {
      return ruledOut(
        `The scope of ${name} does not cover ${api.displayName}; that alone explains the 401.`,
        fieldOf(subscription, 'scope', subscription.scope, `a scope that covers ${api.name}`),
      );
    }
    const owner = factOrNull(keyOwner);
    if (owner?.state === 'blocked') {
      const state = { at: `${owner.armId}#/properties/state`, observed: 'blocked', expected: 'active' };
      return ruledOut(`The owner of ${name} is blocked; that alone may explain the 401.`, state);
    }
    const created = subscription.createdDate === null ? Number.NaN : Date.parse(subscription.createdDate);
    if (Number.isNaN(created)) return unknown(`Azure gives no creation date for ${name}, so its age is not known.`);

    const minutes = Math.floor((at.getTime() - created) / 60_000);
    const seen = fieldOf(
      subscription,
      'createdDate',
      `${subscription.createdDate} (${ageInWords(minutes)})`,
      `more than ${settlesWithin} minutes before the call`,
    );
    const renewed = factOrNull(keyRenewed);
    const renewedMinutes = renewed === null ? Number.POSITIVE_INFINITY : Math.floor((at.getTime() - Date.parse(renewed.at)) / 60_000);
    if (renewed !== null && renewedMinutes <= settlesWithin) {
      return suspected(
        `Everything about ${name} is right, and one of its keys was regenerated ${ageInWords(renewedMinutes)}. The gateway may not know the new one yet; Azure does not say. A call that passes would settle it.`,
        {
          at: renewed.armId,
          observed: `${renewed.operation} at ${renewed.at}`,
          expected: `nothing of the kind in the ${settlesWithin} minutes before the call`,
        },
        fieldOf(subscription, 'state', 'active', 'active'),
      );
    }
    if (minutes > settlesWithin) {
      return ruledOut(`${name} was created ${ageInWords(minutes)}; a new key settles within about ${settlesWithin} minutes.`, seen);
    }
    return suspected(
      `Everything about ${name} is right, and it was created ${ageInWords(minutes)}. The gateway may not know it yet; Azure does not say. A call that passes would settle it.`,
      seen,
      fieldOf(subscription, 'state', 'active', 'active'),
    );
  },
});

function ageInWords(minutes: number): string {
  if (minutes < 0) return 'after this call';
  if (minutes < 120) return `${minutes} minute${minutes === 1 ? '' : 's'} before the call`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} hours before the call`;
  return `${Math.floor(minutes / (24 * 60))} days before the call`;
}

export const cause: Cause = { rule, fix };
