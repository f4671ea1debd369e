// Where else a plan is shown than in its own message: a card that somebody asked for with "waiting". In memory and bounded: after a restart
// such a copy is not edited any more, and its buttons answer with how things stand all the same.
import type { PlanRecord } from '../remediation/plan-record.ts';
import type { Place } from './ports.ts';

export interface Places {
  also(plan: PlanRecord, place: Place): void;
  /** The plan's own message first. An undo is shown where its fix is. */
  of(plan: PlanRecord): readonly Place[];
}

const mostPlans = 200;
/** Each one is a message to edit at every step. */
const mostCopies = 4;

export function createPlaces(): Places {
  // In the order they came, so the first one is the oldest.
  const copies = new Map<string, readonly Place[]>();
  const nameOf = ({ id, undoes }: PlanRecord): string => undoes ?? id;

  return {
    also(plan, place) {
      const name = nameOf(plan);
      const known = copies.get(name) ?? [];
      copies.delete(name);
      copies.set(name, [...known, place].slice(-mostCopies));
      const [oldest] = copies.keys();
      if (copies.size > mostPlans && oldest !== undefined) copies.delete(oldest);
    },
    of(plan) {
      const { card, address } = plan;
      return [...(card ? [{ message: card, address, buttons: true }] : []), ...(copies.get(nameOf(plan)) ?? [])];
    },
  };
}
