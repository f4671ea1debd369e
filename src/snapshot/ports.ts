// What collecting needs from the outside. azure/ implements it; tests and replays have their own.
import type { ArmCounts, Reading } from './snapshot.ts';

/** One ARM resource as the wire has it, nothing dropped. */
export interface ArmResource {
  readonly id: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Everything beside id, name and properties (location, sku, identity, tags). */
  readonly envelope: Readonly<Record<string, unknown>>;
  /** Strong ETag of a single GET, quoted; null on list items. */
  readonly etag: string | null;
}

export interface ArmList {
  readonly items: readonly ArmResource[];
  /** The entries as they came, for lists of things that are no resources. */
  readonly raw: readonly Readonly<Record<string, unknown>>[];
  /** ARM's `count`: the total, not the page. Null when ARM gave none. */
  readonly total: number | null;
  /** Where the list goes on, when it was not read to its end. */
  readonly next: string | null;
}

export interface SubscriptionSecrets {
  readonly primaryKey: string | null;
  readonly secondaryKey: string | null;
}

/**
 * Reads ARM for one question: paced, cancellable, with one deadline for all its calls.
 * No method throws for what ARM answers; a refusal, a 404, a timeout are Unreadable values.
 */
export interface ArmReader {
  get(armId: string, query?: Readonly<Record<string, string>>): Promise<Reading<ArmResource>>;
  /** Follows nextLink on ARM's own authority only. */
  /** The whole list, or as many pages as asked for. Goes on from an earlier `next` when that is given as the id. */
  list(armId: string, query?: Readonly<Record<string, string>>, pages?: number): Promise<Reading<ArmList>>;
  /** POST listSecrets. The caller compares and forgets. */
  listSecrets(subscriptionArmId: string): Promise<Reading<SubscriptionSecrets>>;
  /** POST of an action that only reads, such as `listKeys` of an AI account. Counted with listSecrets. The caller compares and forgets. */
  post(armId: string, action: string, query?: Readonly<Record<string, string>>): Promise<Reading<Readonly<Record<string, unknown>>>>;
  counts(): ArmCounts;
  /** Time by ARM's newest `Date` header; the machine's time before the first answer. */
  now(): Date;
}
