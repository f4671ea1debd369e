// Test and production look alike, and each service knows only its own keys (field guide K13). Confirmed when a service that is configured
// here has the key and the called one has not; services that are not configured cannot be looked into.
import type { KeyElsewhereFact } from '../../snapshot/facts-keys.ts';
import { type Cause, confirmed, defineRule, type Evidence, ruledOut, suspected, unknown, type Verdict } from '../contract.ts';
import { labelOf, maybeInvalid, nobodyHasIt } from '../key-check.ts';

/** So many known characters are no accident. */
const tellingLength = 8;

export const rule = defineRule({
  id: 'key-of-another-service',
  code: 'K13',
  stage: 'key',
  title: 'The key belongs to another API Management service',
  best: 'confirmed',
  needs: ['keyElsewhere'],
  wants: ['key'],
  applies: maybeInvalid,

  check({ symptom, key, keyElsewhere, serviceId }) {
    const [found, ...more] = keyElsewhere.matches;
    if (found !== undefined) {
      const called = serviceId === null ? (symptom.host ?? 'another host') : nameOf(serviceId);
      const seen = ({ service, match }: typeof found): Evidence => ({
        at: match.subscription.armId,
        observed: `${labelOf(match.subscription)} of the service ${nameOf(service)} has the key (${match.slot})`,
        expected: `a subscription of ${called}`,
      });
      const owner = nameOf(found.service);
      const says = `The key belongs to ${labelOf(found.match.subscription)} of the service ${owner}, and the call went to ${called}. Call ${owner} instead, or use a key of ${called}: keys of one service are unknown to all others.`;
      const certain = found.match.whole || symptom.keys.some(({ length }) => length >= tellingLength);
      if (certain) return confirmed(says, seen(found), ...more.map(seen));
      return suspected(`${says} Only a few characters are known, so this may be an accident.`, seen(found), ...more.map(seen));
    }
    if (key.status === 'unreadable') return unknown(key.says);
    const [match] = key.value.matches;
    if (match !== undefined) {
      const observed = `the ${match.slot} key starts with ${key.value.shown}`;
      return ruledOut('The called service knows the key itself.', { at: match.subscription.armId, observed, expected: 'no such key' });
    }
    if (!key.value.complete) return nobodyHasIt(key.value);
    return foundNowhere(keyElsewhere.searched);
  },
});

function foundNowhere(searched: KeyElsewhereFact['searched']): Verdict {
  const [first, ...rest] = searched.map(({ service, scanned, of }) => ({
    at: `${service}/subscriptions`,
    observed: `none of ${scanned} of ${of} subscriptions has the key`,
    expected: 'the key',
  }));
  if (first === undefined) return unknown('No other service is configured here, so whether the key is of another one cannot be told.');
  if (searched.some(({ complete }) => !complete)) return unknown('Not every other service could be searched to its end.', first, ...rest);
  const says = `None of the other configured services (${searched.length}) has the key either. Services that are not configured were not looked into.`;
  return ruledOut(says, first, ...rest);
}

function nameOf(serviceId: string): string {
  return serviceId.split('/').at(-1) ?? serviceId;
}

export const cause: Cause = { rule, fix: null };
