// What remediation needs from the outside: somebody who writes to ARM, a place for plans, a place for the audit.
import type { Change } from '../causes/contract.ts';
import type { Reading } from '../snapshot/snapshot.ts';
import type { Person, PlannedChange, PlanRecord, PlanState } from './plan-record.ts';

/** What a change's field holds now. For a link (field '') the value is null when it is not there, else an object. */
export interface Look {
  readonly value: unknown;
  readonly etag: string | null;
}

/**
 * done: ARM has it · stale: 412, somebody changed it since · refused: 403, with the action · failed: ARM said no, nothing was written
 * uncertain: no answer, or one that does not prove whether it was written (5xx, 409, 429); `waitMs` when ARM says how long to wait
 */
export type WriteOutcome =
  | { readonly kind: 'done'; readonly requestId: string | null; readonly etag: string | null }
  | { readonly kind: 'stale' }
  | { readonly kind: 'refused'; readonly action: string }
  | { readonly kind: 'failed'; readonly says: string }
  | { readonly kind: 'uncertain'; readonly says: string; readonly waitMs?: number };

export interface ArmWriter {
  look(change: Change): Promise<Reading<Look>>;
  /** Sends the change once, with its ETag as If-Match. `before` and `after` are the real values. */
  write(change: PlannedChange): Promise<WriteOutcome>;
}

export interface PlanStore {
  insert(record: PlanRecord): void;
  find(id: string): PlanRecord | null;
  /** Changes the record only while its state is one of `from`; false when it is not. One step, also between processes. */
  move(id: string, from: readonly PlanState[], patch: Partial<PlanRecord>): boolean;
  /** Keeps the real changes, encrypted under a key that is not in the database. */
  keepChanges(id: string, changes: readonly PlannedChange[]): void;
  /** null when they were forgotten. */
  changesOf(id: string): readonly PlannedChange[] | null;
  /** Erases the real changes of every plan whose preview or undo has expired. */
  forgetExpired(now: Date): void;
}

export interface AuditEntry {
  readonly at: string;
  readonly step: 'prepared' | 'confirmed' | 'applied' | 'verified' | 'undone' | 'cancelled' | 'refused' | 'failed';
  readonly plan: string;
  readonly cause: string;
  readonly service: string;
  readonly who: Person;
  readonly conversation: string | null;
  /** As shown: secrets are fingerprints. */
  readonly changes: readonly Change[];
  readonly requestIds: readonly string[];
  readonly says: string;
}

export interface AuditLog {
  /** Appends one line and returns its id. Lines are never changed. */
  append(entry: AuditEntry): string;
}
