// What remediation needs from the outside: somebody who writes to ARM, a place for plans, a place for the audit, and who may do what.
import type { Change } from '../causes/contract.ts';
import type { Reading } from '../snapshot/snapshot.ts';
import type { Impact } from './impact.ts';
import type { CheckCall, Person, PlannedChange, PlanRecord, PlanState, Press } from './plan-record.ts';

/** What a change's field holds now. For a link (field '') the value is null when it is not there, else an object. */
export interface Look {
  readonly value: unknown;
  readonly etag: string | null;
}

/**
 * done: ARM has it · stale: 412, somebody changed it since · refused: 403, with the action · failed: ARM said no, nothing was written
 * uncertain: no answer, or one that does not prove whether it was written (5xx, 409, 429); `waitMs` when ARM says how long to wait;
 * `mayStillLand` when nobody said that ARM is through with it, so that what is not there yet may come
 */
export type WriteOutcome =
  | { readonly kind: 'done'; readonly requestId: string | null; readonly etag: string | null }
  /** `there`: whether what was wanted is there all the same, whoever wrote it; absent where that was not looked at. */
  | { readonly kind: 'stale'; readonly there?: boolean }
  | { readonly kind: 'refused'; readonly action: string }
  | { readonly kind: 'failed'; readonly says: string }
  | { readonly kind: 'uncertain'; readonly says: string; readonly waitMs?: number; readonly mayStillLand?: boolean };

export interface ArmWriter {
  look(change: Change): Promise<Reading<Look>>;
  /** Sends the change once, with its ETag as If-Match. `before` and `after` are the real values. */
  write(change: PlannedChange): Promise<WriteOutcome>;
}

/** Who ARM is asked as: an ArmWriter with that person's rights (or the bot's, where the settings say so), or the sentence why there is none. */
export type ActAs = (press: Press) => Promise<ArmWriter | { readonly says: string }>;

/** look: ask and see · fix: press fix buttons, Confirm and Undo · approve: agree as the second person. */
export type Act = 'look' | 'fix' | 'approve';

export interface Access {
  /** Why this person may not, as a sentence; null when they may. `service`: ARM id. Asked anew at each press. */
  whyNot(who: Person, act: Act, service: string): Promise<string | null>;
  /** Those of the services that this person may ask about. */
  visible(who: Person, services: readonly string[]): Promise<readonly string[]>;
}

/** What else the changes touch. Reads ARM; never throws, and says where it could not read. */
export type FindImpact = (changes: readonly Change[], service: string) => Promise<Impact>;

/** The call through the gateway that would show whether the plan's repair works. */
export interface SafeCall {
  readonly method: 'GET' | 'HEAD';
  /** Without a query and without a key. */
  readonly url: string;
}

export interface CallThrough {
  /** What `call` would call; `says` where no safe call exists. Calls nothing but ARM. */
  find(plan: PlanRecord): Promise<SafeCall | { readonly says: string }>;
  /** Calls once, with a key that the server takes and forgets; `status` is null when no answer came. */
  call(plan: PlanRecord): Promise<Pick<CheckCall, 'method' | 'url' | 'status'> | { readonly says: string }>;
}

/** Sends one request, of which only the status comes back; null when no answer came. `headers` hold the key: nothing of them is kept or said. Never throws. */
export type SendCall = (call: SafeCall & { readonly headers: Readonly<Record<string, string>> }) => Promise<number | null>;

/** One plan's part of a step. Not taken when the plan's state is another, or `when` says no. */
export interface Move {
  readonly id: string;
  readonly from: readonly PlanState[];
  readonly patch: Partial<PlanRecord>;
  readonly when?: (now: PlanRecord) => boolean;
  /** The real changes to keep from then on; null erases them. */
  readonly changes?: readonly PlannedChange[] | null;
}

export interface PlanStore {
  insert(record: PlanRecord, changes?: readonly PlannedChange[]): Promise<void>;
  find(id: string): Promise<PlanRecord | null>;
  /**
   * All moves or none, with the audit line (noted as the first plan's newest), in one transaction, also between processes.
   * False when one of them could not be made: then nothing happened.
   */
  commit(moves: readonly [Move, ...Move[]], line?: AuditEntry): Promise<boolean>;
  /** null when they were forgotten. */
  changesOf(id: string): Promise<readonly PlannedChange[] | null>;
  /** Erases the real changes of every plan whose preview or undo has expired. */
  forgetExpired(now: Date): Promise<void>;
  /** Plans that something is due for: being applied, waiting for a second person, or to be asked again. */
  open(): Promise<readonly PlanRecord[]>;
}

export interface AuditEntry {
  readonly at: string;
  readonly step: 'prepared' | 'requested' | 'confirmed' | 'applied' | 'verified' | 'called' | 'undone' | 'cancelled' | 'refused' | 'failed';
  readonly plan: string;
  readonly cause: string;
  readonly service: string;
  readonly who: Person;
  /** Where it was pressed: conversation id; null in the terminal. */
  readonly conversation: string | null;
  /** Digest of what was shown; null before the preview. */
  readonly digest: string | null;
  /** As shown: secrets are fingerprints, and of a policy only the lines that differ. */
  readonly changes: readonly Change[];
  /** x-ms-request-id of each write. */
  readonly requestIds: readonly string[];
  readonly says: string;
}

export interface AuditLog {
  /** Appends one line and returns its id. Lines are never changed. */
  append(entry: AuditEntry): Promise<string>;
}
