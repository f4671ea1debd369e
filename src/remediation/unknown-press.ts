// Presses of plans that are not known here: made up, from another state folder, or of a card older than the state.
import type { Press } from './plan-record.ts';
import type { RemediationDeps } from './steps.ts';

const everyMs = 60_000;

/** What could be one of our ids: nothing else that somebody sends gets into the audit. */
const couldBeOurs = /^[\w-]{1,64}$/;

/** Writes such presses down, of each person at most one a minute: anybody can send ids, and nobody shall fill the audit. */
export function createUnknownPresses({
  audit,
  clock,
}: Pick<RemediationDeps, 'audit' | 'clock'>): (id: string, press: Press) => Promise<void> {
  const last = new Map<string, number>();

  return async (id, { who, conversation }) => {
    const now = clock().getTime();
    for (const [person, at] of last) if (now - at >= everyMs) last.delete(person);
    const person = who.id.toLowerCase();
    if (last.has(person)) return;
    last.set(person, now);
    await audit.append({
      at: new Date(now).toISOString(),
      step: 'refused',
      plan: couldBeOurs.test(id) ? id : '',
      cause: '',
      service: '',
      who,
      conversation,
      digest: null,
      changes: [],
      requestIds: [],
      says: 'A button was pressed whose plan is not known here. Nothing was changed.',
    });
  };
}
