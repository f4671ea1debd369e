// The answer to one question. `public-form.ts` turns it into the JSON of contract.md; cards/ turns it into a card.
import type { Change, Copy, Evidence, Outcome, Stage } from '../causes/contract.ts';
import type { ArmCounts } from '../snapshot/snapshot.ts';
import type { Symptom } from '../symptom/symptom.ts';

/** A fix that may be offered, with its changes as they may be shown: secrets are fingerprints. */
export interface Offer {
  /** The offer's id: the cause's; `<cause>/<name>` for a further fix of it; `rotate-other-key`, `rotate-pasted-key`. */
  readonly cause: string;
  readonly label: string;
  readonly consequence: string;
  readonly permission: string;
  /** What Undo does; null when there is nothing to undo or it cannot be undone (the consequence says which). */
  readonly undo: string | null;
  readonly secondPerson: boolean;
  readonly changes: readonly Change[];
}

export interface CauseVerdict {
  readonly cause: string;
  readonly code: string;
  readonly title: string;
  readonly stage: Stage;
  readonly outcome: Outcome;
  readonly says: string;
  readonly evidence: readonly Evidence[];
  /** The first that can be offered. */
  readonly fix: Offer | null;
  /** Other ways to mend the same, in order. */
  readonly otherFixes: readonly Offer[];
  /** A command or a policy to copy, where there is more to do than a button does, or none. */
  readonly copy: Copy | null;
}

/**
 * Replacing a key that was pasted in full, in the safe order: first the one that nobody pasted, so that every caller can be given it;
 * then the pasted one, once nobody sends it any more.
 */
export interface Rotation {
  readonly first: Offer;
  readonly second: Offer;
}

/**
 * What kind of answer it is; each has a card of its own.
 * - cause: something is confirmed or suspected (`headline` says what)
 * - no-cause: everything that was read is in order, or too little is known (`says` and `next` tell which)
 * - ambiguous-key: several subscriptions have a key that starts like this
 * - not-from-api-management: another product, an AI service, a backend or ARM itself sent it
 * - policy: the gateway sent it, by a policy (token, certificate, header), not by the key check
 * - not-a-401: no 401 in the paste
 * - unknown-service: the host belongs to no configured service
 */
export type AnswerKind = 'cause' | 'no-cause' | 'ambiguous-key' | 'not-from-api-management' | 'policy' | 'not-a-401' | 'unknown-service';

export interface Answer {
  readonly kind: AnswerKind;
  /** What was seen and what it means, in one to three sentences. */
  readonly says: string;
  /** What the reader can do next, each one sentence; never empty. */
  readonly next: readonly string[];
}

export interface Diagnosis {
  readonly symptom: Symptom;
  /** ARM id of the service, or null when the host belongs to none. */
  readonly service: string | null;
  readonly answer: Answer;
  /** The cause to act on first, or null. */
  readonly headline: string | null;
  /** One for every cause, in the registry's order. */
  readonly verdicts: readonly CauseVerdict[];
  /** null: no whole key was pasted, or it is not certain whose it is. No cause: it says nothing about the 401. */
  readonly rotation: Rotation | null;
  readonly scanned: { readonly subscriptions: number; readonly of: number };
  /** True when something needed was not read (deadline, throttling, refusal). */
  readonly partial: boolean;
  readonly arm: ArmCounts;
  /** Milliseconds from question to answer. */
  readonly ms: number;
}
