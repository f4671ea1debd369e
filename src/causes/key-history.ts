// Shared reading of the activity log for the causes of a key that nobody has any more (field guide K09 and K10).
import type { KeyEvent, KeyHistoryFact } from '../snapshot/facts-keys.ts';
import type { KeyFact } from '../snapshot/snapshot.ts';
import { type Evidence, ruledOut, type Verdict } from './contract.ts';
import { labelOf } from './key-check.ts';

/** Clocks differ by a little. */
const toleranceMs = 2 * 60_000;

/** What makes any history needless: the key is known, or the value is something else. */
export function stillExplains(key: KeyFact, history: KeyHistoryFact | null): Verdict | null {
  const [match] = key.matches;
  if (match !== undefined) {
    return ruledOut(`The key is a present key of ${labelOf(match.subscription)}.`, {
      at: match.subscription.armId,
      observed: `the ${match.slot} key starts with ${key.shown}`,
      expected: 'a key that nobody has any more',
    });
  }
  if (history !== null || !key.complete) return null;
  return ruledOut('Something else explains the value that was sent, so what became of former keys was not looked up.', {
    at: key.line > 0 ? `paste#/line/${key.line}` : key.at,
    observed: key.sameAs === null ? `${key.shown} (${key.form})` : key.sameAs.what,
    expected: 'a key that nobody has any more',
  });
}

/** What happened before the call, newest first. */
export function before(events: readonly KeyEvent[], call: Date): readonly KeyEvent[] {
  return events.filter(({ at }) => Date.parse(at) <= call.getTime() + toleranceMs);
}

export function when({ armId, operation, at }: KeyEvent): Evidence {
  return { at: armId, observed: `${operation} at ${at}`, expected: 'nothing of the kind before the call' };
}

export function lookedIn({ at, since, events, complete }: KeyHistoryFact): Evidence {
  const end = complete ? '' : ', not read to its end';
  return { at, observed: `${events.length} regenerated or deleted since ${since.slice(0, 10)}${end}`, expected: 'what became of the key' };
}
