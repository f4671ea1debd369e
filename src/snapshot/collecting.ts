// What the readers of facts work with: the question, ARM, and each other's facts, every one read once.
import type { KeyHasher, PastedKey, Symptom } from '../symptom/symptom.ts';
import type { KeySearchResult } from './find-key.ts';
import type { ArmReader } from './ports.ts';
import type { ApiFact, FactName, Facts, Reading, Unreadable, UnreadableReason } from './snapshot.ts';

export interface Question {
  readonly symptom: Symptom;
  /** The key to look for: the option's before the request's before prose; null when none was given. */
  readonly key: PastedKey | null;
  /** ARM ids of the configured API Management services. */
  readonly services: readonly string[];
  readonly reader: ArmReader;
  readonly hash: KeyHasher;
  /** The practice gateway answers under `localhost`: a paste of it belongs to the only service. */
  readonly localHosts: boolean;
}

export interface Collecting {
  readonly question: Question;
  fact<N extends FactName>(name: N): Promise<Reading<Facts[N]>>;
  /** Something that several facts are made of, read once under this name. */
  once<T>(name: string, read: () => Promise<Reading<T>>): Promise<Reading<T>>;
  /** Goes on with the ARM id of the service that the paste is about, or hands on why there is none. */
  withService<T>(read: (serviceId: string) => Promise<Reading<T>>): Promise<Reading<T>>;
  withApi<T>(read: (api: ApiFact) => Promise<Reading<T>>): Promise<Reading<T>>;
  /** The question's key among the subscriptions of a service or of a workspace, searched once. */
  locateKeyIn(serviceId: string): Promise<Reading<KeySearchResult>>;
  findKeyIn(serviceId: string, key: PastedKey): Promise<Reading<KeySearchResult>>;
}

/** The readers of some facts; collect.ts puts all of them together. */
export type ReadersOf<N extends FactName> = { readonly [K in N]: () => Promise<Reading<Facts[K]>> };

export function unreadable(reason: UnreadableReason, says: string, at = ''): Unreadable {
  return { status: 'unreadable', reason, at, action: null, says };
}

export function read<T>(value: T): Reading<T> {
  return { status: 'read', value };
}

/** A reading's value made into another; a refusal stays what it is. */
export function mapReading<T, U>(reading: Reading<T>, change: (value: T) => U): Reading<U> {
  return reading.status === 'read' ? read(change(reading.value)) : reading;
}

/** null where ARM has nothing under the id. */
export function orNull<T>(reading: Reading<T>): Reading<T | null> {
  return reading.status === 'unreadable' && reading.reason === 'not-found' ? read(null) : reading;
}
