// What a cause is made of. A rule judges, a fix returns changes, a scenario shows both; none of them does I/O.
import type { FactName, Facts, Reading, Refusal, Snapshot, Unreadable } from '../snapshot/snapshot.ts';
import type { Symptom } from '../symptom/symptom.ts';

/** How near the front door a fault is; the headline is chosen in this order (contract.md, "Headline"). */
export type Stage = 'access' | 'key' | 'sending' | 'configuration' | 'policy' | 'backend';

export const stages: readonly Stage[] = ['access', 'key', 'sending', 'configuration', 'policy', 'backend'];

/** Where we looked, what we saw, what would have been right. `observed` never holds a secret. */
export interface Evidence {
  /** ARM id and JSON pointer (`/subscriptions/…#/properties/state`), or `paste#/line/N`. */
  readonly at: string;
  readonly observed: string;
  readonly expected: string;
}

export type SomeEvidence = readonly [Evidence, ...Evidence[]];

export type Verdict =
  | { readonly outcome: 'confirmed' | 'suspected' | 'ruled-out'; readonly says: string; readonly evidence: SomeEvidence }
  | { readonly outcome: 'unknown' | 'not-applicable'; readonly says: string; readonly evidence: readonly Evidence[] };

export type Outcome = Verdict['outcome'];

export function confirmed(says: string, ...evidence: SomeEvidence): Verdict {
  return { outcome: 'confirmed', says, evidence };
}

export function suspected(says: string, ...evidence: SomeEvidence): Verdict {
  return { outcome: 'suspected', says, evidence };
}

export function ruledOut(says: string, ...evidence: SomeEvidence): Verdict {
  return { outcome: 'ruled-out', says, evidence };
}

export function unknown(says: string, ...evidence: Evidence[]): Verdict {
  return { outcome: 'unknown', says, evidence };
}

export function notApplicable(says: string): Verdict {
  return { outcome: 'not-applicable', says, evidence: [] };
}

/** What a rule is given: the symptom, the time to judge ages by, the facts it needs, and its wants as readings. */
export type RuleInput<N extends FactName, W extends FactName> = {
  readonly symptom: Symptom;
  /** The paste's `Date` when it has one, else ARM's time. */
  readonly at: Date;
  readonly refusals: readonly Refusal[];
  /** ARM id of the service that the paste is about, or null. */
  readonly serviceId: string | null;
} & Pick<Facts, N> & { readonly [K in W]: Reading<Facts[K]> };

export interface Rule {
  /** Equal to the folder's name; a failing condition as a noun phrase. */
  readonly id: string;
  /** Code of the field guide, section c. */
  readonly code: string;
  readonly stage: Stage;
  /** One sentence without a full stop, for cards. */
  readonly title: string;
  /** The most that may be said; the engine holds the rule to it. */
  readonly best: 'confirmed' | 'suspected';
  /** Facts without which the verdict is `unknown`. */
  readonly needs: readonly FactName[];
  /** Facts that sharpen the verdict; the rule handles their absence. */
  readonly wants: readonly FactName[];
  /** False: this symptom cannot come from this cause. Judged before anything is read. */
  readonly applies: (symptom: Symptom) => boolean;
  readonly check: (input: never) => Verdict;
}

export function defineRule<const N extends FactName = never, const W extends FactName = never>(
  rule: Omit<Rule, 'needs' | 'wants' | 'check'> & {
    readonly needs: readonly N[];
    readonly wants?: readonly W[];
    readonly check: (input: RuleInput<N, W>) => Verdict;
  },
): Rule {
  return { ...rule, wants: rule.wants ?? [], check: rule.check as Rule['check'] };
}

/**
 * One thing that will change, and the only currency of a fix: preview renders it, apply sends it, undo inverts it, audit keeps it.
 *
 * | field         | means                                   | before / after            |
 * |---------------|-----------------------------------------|---------------------------|
 * | `properties.x`| PATCH of that field, with If-Match      | value / value             |
 * | the same, before equal to after | a re-save             | equal                     |
 * | ``            | the whole resource: PUT or DELETE       | null means: does not exist|
 * | `!name`       | the POST action `name`                  | null / null               |
 */
export interface Change {
  /** Full ARM id. */
  readonly on: string;
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What a fix wants done. `kind: 'refuse'` says why no button is offered; an empty text where another fix of the cause is meant for it. */
export type FixPlan =
  | {
      readonly kind: 'change';
      readonly changes: readonly [Change, ...Change[]];
      readonly consequence: string;
      /** What Undo does; null when there is nothing to undo or it cannot be (the consequence then says which). */
      readonly undo: string | null;
      /** The ARM action, where it depends on what is changed. */
      readonly permission?: string;
      /** True: here a second person agrees, though the fix does not ask for one everywhere. */
      readonly secondPerson?: boolean;
    }
  | { readonly kind: 'refuse'; readonly says: string };

export interface Fix {
  readonly cause: string;
  /** The name of a further fix of the same cause, `create-subscription`; its offer is `<cause>/<name>`. Absent for the first. */
  readonly name?: string;
  /** The button's title: an imperative without a full stop. */
  readonly label: string;
  /** The ARM action that applying it needs. */
  readonly permission: string;
  /** Widens access or undoes somebody's decision: a second person approves (contract.md, "second person"). */
  readonly secondPerson: boolean;
  /** False: what Azure publishes cannot prove that it worked, and verification stays pending. */
  readonly provable: boolean;
  /** Where it is not provable: what the reader does to be sure, one sentence. Absent: make the call again. */
  readonly toBeSure?: string;
  /** Facts without which nothing is offered; read only once the cause is confirmed or suspected. */
  readonly needs: readonly FactName[];
  /** Facts that complete the consequence; the fix handles their absence. */
  readonly wants: readonly FactName[];
  readonly plan: (input: never) => FixPlan;
}

export function defineFix<const N extends FactName, const W extends FactName = never>(
  fix: Omit<Fix, 'needs' | 'wants' | 'plan'> & {
    readonly needs: readonly N[];
    readonly wants?: readonly W[];
    readonly plan: (input: RuleInput<N, W>) => FixPlan;
  },
): Fix {
  return { ...fix, wants: fix.wants ?? [], plan: fix.plan as Fix['plan'] };
}

/** What is too broad for a button, or is not API Management's, to copy: with the names that are known filled in, never with a secret. */
export interface Copy {
  /** command: one line for a POSIX shell · policy: a snippet for a policy document */
  readonly what: 'command' | 'policy';
  /** What is not known stands in capitals, `THE-PRODUCT`. */
  readonly text: string;
  /** Who decides whether that is done, one sentence. */
  readonly decides: string;
}

/** Gives what to copy, once the cause is confirmed or suspected. */
export interface Remedy {
  readonly needs: readonly FactName[];
  readonly wants: readonly FactName[];
  readonly copy: (input: never) => Copy | null;
}

export function defineRemedy<const N extends FactName = never, const W extends FactName = never>(remedy: {
  readonly needs?: readonly N[];
  readonly wants?: readonly W[];
  readonly copy: (input: RuleInput<N, W>) => Copy | null;
}): Remedy {
  return { needs: remedy.needs ?? [], wants: remedy.wants ?? [], copy: remedy.copy as Remedy['copy'] };
}

export interface Cause {
  readonly rule: Rule;
  readonly fix: Fix | null;
  /** Further ways to mend it, each with a name; offered beside the first, or in its place where that refuses. */
  readonly otherFixes?: readonly Fix[];
  readonly remedy?: Remedy;
}

/**
 * A case to learn and test by: an estate in contract.md's form (only what differs from the healthy one), a paste, and what is true of it.
 * `confirmed` and `suspected` are the exact sets over ALL rules.
 */
export interface Scenario {
  /** A sentence; unique over all causes. */
  readonly name: string;
  /** What somebody pastes. `{key:SUBSCRIPTION}` stands for that subscription's primary key. */
  readonly paste: string;
  /** Resources laid over the healthy estate, by relative id; null removes one. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly denied?: readonly string[];
  readonly notYetPropagated?: readonly string[];
  /** Events of the activity log in the estate's short form: eventTimestamp, operationName, resourceId. */
  readonly activityLog?: readonly Readonly<Record<string, string>>[];
  readonly keyPrefix?: string;
  readonly expect: {
    readonly confirmed: readonly string[];
    readonly suspected?: readonly string[];
    readonly unknown?: readonly string[];
    readonly headline?: string | null;
  };
  /** The changes as sentences, `subscriptions/s1 properties.state: suspended -> active`; absent: no fix is looked at. null: none offered. */
  readonly fix?: readonly string[] | null;
  /** The further offers of the cause, by id, in the same form. */
  readonly otherFixes?: Readonly<Record<string, readonly string[]>>;
}

/** The reading as a fact, or null. For wants. */
export function factOrNull<T>(reading: Reading<T>): T | null {
  return reading.status === 'read' ? reading.value : null;
}

export type { Facts, Reading, Snapshot, Unreadable };
