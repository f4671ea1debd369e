// Where a plan is shown: in its own message, and in each card that somebody asked for with "waiting"; and who reads those. In memory and
// bounded: after a restart a copy is not edited any more, its buttons answer with how things stand all the same, and nobody knows the readers.
import type { PlanRecord } from '../remediation/plan-record.ts';
import type { Place } from './ports.ts';
import type { Audience } from './rights.ts';

export interface Places {
  also(plan: PlanRecord, place: Place): void;
  /** The plan's own message first. An undo is shown where its fix is. */
  of(plan: PlanRecord): readonly Place[];
  /** Keeps who reads the message in which it was shown last. */
  keepAudience(plan: PlanRecord, place: Place, audience: Audience): void;
  /** Null when that is not known. */
  audience(plan: PlanRecord, place: Place): Audience | null;
}

const mostPlans = 200;
/** Several for each plan: its own message and its copies. */
const mostAudiences = 600;
/** Each one is a message to edit at every step. */
const mostCopies = 4;

export function createPlaces(): Places {
  // In the order they came, so the first one is the oldest.
  const copies = new Map<string, readonly Place[]>();
  const audiences = new Map<string, Audience>();
  const nameOf = ({ id, undoes }: PlanRecord): string => undoes ?? id;

  const messageOf = (plan: PlanRecord, { message }: Place): string => `${nameOf(plan)} ${message}`;

  return {
    keepAudience(plan, place, audience) {
      const name = messageOf(plan, place);
      audiences.delete(name);
      audiences.set(name, audience);
      const [oldest] = audiences.keys();
      if (audiences.size > mostAudiences && oldest !== undefined) audiences.delete(oldest);
    },
    audience: (plan, place) => audiences.get(messageOf(plan, place)) ?? null,
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
