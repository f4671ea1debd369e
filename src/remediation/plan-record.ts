// A plan as it is kept: made on the server, shown, agreed to, applied, taken back. A button carries its id and nothing else that is trusted.
import type { Change } from '../causes/contract.ts';
import type { Symptom } from '../symptom/symptom.ts';
import type { Impact } from './impact.ts';

/** Who pressed or asked. `id` is the Entra object id where Teams gives one, else the channel's user id. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly tenant: string | null;
  /** True, false, or not known: somebody invited from another tenant. */
  readonly guest?: boolean;
}

/**
 * offered: a diagnosis proposed it · prepared: previewed, waiting for Confirm · waiting: confirmed, a second person has to agree
 * applying: a process is at it · applied: ARM has it · undoing, undone: its undo, a plan of its own, is being applied, was applied
 * refused: changed since, expired, not agreed to · cancelled · failed: ARM said no, nothing was written
 * uncertain: ARM's answer was lost and reading could not settle whether it was written
 */
export type PlanState =
  | 'offered'
  | 'prepared'
  | 'waiting'
  | 'applying'
  | 'applied'
  | 'undoing'
  | 'undone'
  | 'refused'
  | 'cancelled'
  | 'failed'
  | 'uncertain';

export type Verified = 'ruled-out' | 'pending' | 'still-confirmed' | 'still-suspected';

/** A change with the ETag it was planned against; null for links, which have none. For an action: what tells whether it was run. */
export interface PlannedChange extends Change {
  readonly etag: string | null;
}

/** A call through the gateway that somebody agreed to. Never holds a key. */
export interface CheckCall {
  readonly method: 'GET' | 'HEAD';
  /** What was called, without a query: from the configuration, never from a paste. */
  readonly url: string;
  readonly by: Person;
  /** ISO 8601, of the newest call. */
  readonly at: string;
  /** HTTP status of the newest call; null when no answer came. */
  readonly status: number | null;
  readonly calls: number;
}

/** What a person without the right in Azure needs to go on. */
export interface MissingRight {
  /** The ARM action, `Microsoft.ApiManagement/service/subscriptions/write`. */
  readonly action: string;
  /** A built-in role that has it. */
  readonly role: string;
  /** Who can grant it, one sentence. */
  readonly grantedBy: string;
  /** The resource in the Azure portal, https. */
  readonly portal: string;
  /** The same change as one line for a terminal, without secrets. */
  readonly azRest: string;
}

export interface PlanRecord {
  /** Opaque, 128 random bits. */
  readonly id: string;
  readonly kind: 'fix' | 'undo';
  /** The fix that an undo takes back; null for a fix. */
  readonly undoes: string | null;
  /** The undo of this fix that was shown last; null for none, and for an undo. */
  readonly undoPlan: string | null;
  /** A cause's id, or the name of an offer without a cause (`rotate-other-key`, `rotate-pasted-key`). */
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
  /** Hex, over everything that would be sent (`digest.ts`); null before the preview. What is agreed to is this. */
  readonly digest: string | null;
  /** What else the changes touch; null before the preview. */
  readonly impact: Impact | null;
  /** Who asked for the diagnosis, who pressed the fix's button, who pressed Confirm first, and who agreed as the second person. */
  readonly askedBy: Person;
  readonly preparedBy: Person | null;
  readonly requestedBy: Person | null;
  readonly approvedBy: Person | null;
  /** Whose press applied it: the second person's where one was needed. */
  readonly confirmedBy: Person | null;
  readonly undoneBy: Person | null;
  /** Conversation id, where it is in the words of teams/ (opaque), and the message to replace; null in the terminal. */
  readonly conversation: string | null;
  readonly address: string | null;
  readonly card: string | null;
  /** When the card is shown again, as nobody said that it shows the newest step; empty: looked at soon. Null: it does. How often it was tried. */
  readonly cardDue: string | null;
  readonly cardTries: number;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly expiresAt: string;
  /** A request for a second person is a no after this. */
  readonly approvalUntil: string | null;
  /** When a process began to apply it; the state tells whether it is still at it. */
  readonly busySince: string | null;
  readonly appliedAt: string | null;
  readonly undoneAt: string | null;
  /** Undo is possible until then; null before applying and where there is no undo. */
  readonly undoUntil: string | null;
  readonly verified: Verified | null;
  /** When the rule is asked again in the background, how often it was, and when that ends. Null: nothing is asked any more. */
  readonly nextCheckAt: string | null;
  readonly checks: number;
  readonly checkUntil: string | null;
  /** The call through the gateway that may be offered, `GET https://...`, and the one that was made. */
  readonly callable: string | null;
  readonly checkCall: CheckCall | null;
  /** The plan that is the next step of a sequence. */
  readonly nextPlan: string | null;
  /** What was done and by whom, once ARM has it; and what happened last, for a person. */
  readonly done: string | null;
  readonly says: string;
  /** The newest audit line. */
  readonly audit: string | null;
}

/** What a press led to. */
export interface PressResult {
  readonly kind:
    | 'preview' // plan is prepared: show it with Confirm and Cancel
    | 'waiting' // confirmed by one person; a second one has to agree
    | 'applied' // this press applied it
    | 'undone' // this press undid it: plan is the fix that was taken back
    | 'cancelled'
    | 'checked' // this press made a call through the gateway
    | 'already' // it was pressed before, or is being worked on: nothing changed; the plan says what happened
    | 'expired'
    | 'stale' // the resource changed, or the cause is no longer there: diagnose again
    | 'not-allowed' // this person, this service's settings, or Azure
    | 'failed' // ARM said no or could not be reached
    | 'unknown-plan';
  readonly plan: PlanRecord | null;
  readonly says: string;
  /** Where Azure refused the person. */
  readonly missing?: MissingRight;
}

/** What conversation/ and cli.ts ask of remediation. Every method answers; none throws for what ARM or a person did. */
export interface Remediation {
  /** Keeps an offer so that a button can carry its id. Reads and writes nothing in ARM. */
  offer(input: OfferInput): Promise<PlanRecord>;
  /** The fix's button: reads again, checks that the cause still holds, notes the ETags. */
  prepare(planId: string, press: Press): Promise<PressResult>;
  /** Confirm; the second person's too. `seen` is the digest of the preview that was pressed on; null in the terminal. */
  confirm(planId: string, press: Press, seen: string | null): Promise<PressResult>;
  cancel(planId: string, press: Press): Promise<PressResult>;
  /** Undo: makes the plan that takes it back, and shows it. */
  undo(planId: string, press: Press): Promise<PressResult>;
  /** One call through the gateway with the server's key, to see that it works. */
  check(planId: string, press: Press): Promise<PressResult>;
  /** Notes a refusal that was decided before a press came here. */
  refused(planId: string, press: Press, says: string): Promise<void>;
  /** Remembers which message shows the plan, so that it can be replaced whoever presses. */
  placed(planId: string, card: string): Promise<void>;
  /** Notes that the plan's message shows it as it is in `plan`, or something newer. What is never noted is shown again by `work`. */
  cardShown(plan: PlanRecord): Promise<void>;
  find(planId: string): Promise<PlanRecord | null>;
  /** What waits for a second person in this conversation, the newest request first. */
  waiting(conversation: string): Promise<readonly PlanRecord[]>;
  /** What is due in the background; each plan that changed, so that its card can be replaced. Safe in several processes at once. */
  work(which?: (plan: PlanRecord) => boolean): Promise<readonly PlanRecord[]>;
}

export interface Press {
  readonly who: Person;
  /** Conversation id where it was pressed; null in the terminal. */
  readonly conversation: string | null;
  /** The Teams sign-on token of whoever pressed: used for this press, never kept. */
  readonly signOn?: string | null;
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
  readonly address?: string | null;
  /** How long the offer stands, in minutes; the settings' when absent. */
  readonly minutes?: number;
}
