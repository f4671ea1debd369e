// A plan as it is kept: made on the server, shown, approved, applied, undone. A button carries its id and nothing else.
import type { Change } from '../causes/contract.ts';
import type { Symptom } from '../symptom/symptom.ts';

/** Who pressed or asked. `id` is the Entra object id where Teams gives one, else the channel's user id. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly tenant: string | null;
}

/**
 * offered: a diagnosis proposed it · prepared: previewed, waiting for Confirm · applying, undoing: a process is at it
 * applied, undone: ARM has it · refused: changed since, expired, not allowed · cancelled · failed: ARM said no, nothing was written
 * uncertain: ARM's answer was lost and reading could not settle whether it was written
 */
export type PlanState =
  | 'offered'
  | 'prepared'
  | 'applying'
  | 'applied'
  | 'undoing'
  | 'undone'
  | 'refused'
  | 'cancelled'
  | 'failed'
  | 'uncertain';

export type Verified = 'ruled-out' | 'pending' | 'still-confirmed' | 'still-suspected';

/** A change with the ETag it was planned against; null for links, which have none. */
export interface PlannedChange extends Change {
  readonly etag: string | null;
}

export interface PlanRecord {
  /** Opaque, 128 random bits; the only thing that a button carries. */
  readonly id: string;
  readonly cause: string;
  readonly label: string;
  readonly consequence: string;
  readonly permission: string;
  readonly undo: string | null;
  readonly secondPerson: boolean;
  readonly state: PlanState;
  readonly symptom: Symptom;
  /** ARM id of the service. */
  readonly service: string;
  /** With secrets as fingerprints: for showing. */
  readonly shown: readonly Change[];
  /** Who asked, who pressed Confirm, who pressed Undo. */
  readonly askedBy: Person;
  readonly confirmedBy: Person | null;
  readonly undoneBy: Person | null;
  /** Where the card is: conversation id, and the activity to replace; null in the terminal. */
  readonly conversation: string | null;
  readonly card: string | null;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly expiresAt: string;
  /** When a process began to apply or undo it; the state tells whether it is still at it. */
  readonly busySince: string | null;
  readonly appliedAt: string | null;
  readonly undoneAt: string | null;
  /** Undo is possible until then; null before applying and where there is no undo. */
  readonly undoUntil: string | null;
  readonly verified: Verified | null;
  /** What happened last, for a person. */
  readonly says: string;
  /** The newest audit line. */
  readonly audit: string | null;
}

/** What a press led to. `done` is false when nothing was changed by this very press. */
export interface PressResult {
  readonly kind:
    | 'preview' // plan is prepared: show it with Confirm and Cancel
    | 'applied' // this press applied it
    | 'undone' // this press undid it
    | 'cancelled'
    | 'already' // it was pressed before, or is being worked on: nothing changed; the plan says what happened
    | 'expired'
    | 'stale' // the resource changed, or the cause is no longer there: diagnose again
    | 'not-allowed' // this person, or this service's settings
    | 'failed' // ARM said no or could not be reached
    | 'unknown-plan';
  readonly plan: PlanRecord | null;
  readonly says: string;
}

/** What conversation/ and cli.ts ask of remediation. Every method answers; none throws for what ARM or a person did. */
export interface Remediation {
  /** Keeps an offer so that a button can carry its id. Reads and writes nothing in ARM. */
  offer(input: OfferInput): Promise<PlanRecord>;
  /** The fix's button: reads again, checks that the cause still holds, notes the ETags. */
  prepare(planId: string, press: Press): Promise<PressResult>;
  /** Confirm. */
  apply(planId: string, press: Press): Promise<PressResult>;
  cancel(planId: string, press: Press): Promise<PressResult>;
  /** Undo. */
  undo(planId: string, press: Press): Promise<PressResult>;
  /** Remembers which message shows the plan, so that it can be replaced whoever presses. */
  placed(planId: string, card: string): Promise<void>;
  find(planId: string): Promise<PlanRecord | null>;
}

export interface Press {
  readonly who: Person;
  /** Conversation id where it was pressed; null in the terminal. */
  readonly conversation: string | null;
}

export interface OfferInput extends Press {
  readonly cause: string;
  readonly label: string;
  readonly consequence: string;
  readonly permission: string;
  readonly undo: string | null;
  readonly secondPerson: boolean;
  readonly shown: readonly Change[];
  readonly symptom: Symptom;
  readonly service: string;
}
