// `master`, the built-in all-access subscription, can be suspended or cancelled like any other. The Test tab of the portal sends its key
// by default, so tests fail while customers call happily (field guide K17, b.10).
import type { SubscriptionFact } from '../../snapshot/snapshot.ts';
import { type Cause, confirmed, defineRule, ruledOut, suspected, unknown } from '../contract.ts';
import { complaint, fieldOf, howMany, maybeInvalid, nobodyHasIt, onlyMatch } from '../key-check.ts';
import { commentOn } from '../subscription-state.ts';
import { fix } from './fix.ts';

export const rule = defineRule({
  id: 'all-access-key-inactive',
  code: 'K17',
  stage: 'key',
  title: 'The built-in all-access subscription is not active',
  best: 'confirmed',
  needs: ['consoleKey'],
  wants: ['key'],
  applies: maybeInvalid,

  check({ symptom, key, consoleKey }) {
    if (consoleKey !== null) {
      const state = fieldOf(consoleKey, 'state', consoleKey.state, 'active');
      if (consoleKey.state === 'active') return ruledOut('The all-access subscription, which consoles use by default, is active.', state);
      return suspected(
        `The paste comes from a console, which sends the all-access key by default, and the all-access subscription is ${consoleKey.state}.${commentAfter(consoleKey)} Choose a subscription of the product in the console, or activate the all-access one; the request with its headers would settle which key was sent.`,
        state,
        complaint(symptom, 'an answer of the API'),
      );
    }
    if (key.status === 'unreadable') return unknown(key.says);

    const match = onlyMatch(key.value);
    const builtIn = key.value.matches.find(({ subscription }) => subscription.builtIn)?.subscription;
    if (builtIn === undefined) {
      const [first] = key.value.matches;
      if (first === undefined) return nobodyHasIt(key.value);
      return ruledOut('The key is not of the built-in all-access subscription.', {
        at: first.subscription.armId,
        observed: `the ${first.slot} key starts with ${key.value.shown}`,
        expected: 'the subscription master',
      });
    }
    const state = fieldOf(builtIn, 'state', builtIn.state, 'active');
    if (builtIn.state === 'active') return ruledOut('The built-in all-access subscription is active.', state);
    const says = `The key is of the built-in all-access subscription, which is ${builtIn.state}, so every call with it gets a 401.${commentAfter(builtIn)} Test with a key of the product instead, or have it activated.`;
    return match === null ? suspected(`${howMany(key.value)} One of them fits: ${says}`, state) : confirmed(says, state);
  },
});

function commentAfter(subscription: SubscriptionFact): string {
  const comment = commentOn(subscription);
  return comment === '' ? '' : ` ${comment}`;
}

export const cause: Cause = { rule, fix };
