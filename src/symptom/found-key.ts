// A key as it stands in the paste. Holds the secret: it becomes a PastedKey (keys.ts) before it leaves this folder.
import type { KeyValue } from './key-values.ts';
import type { KeyPlace } from './symptom.ts';

export interface FoundKey {
  readonly at: number;
  readonly where: KeyPlace;
  readonly name: string | null;
  readonly value: KeyValue;
}

/** A paste with more keys than this is a dump, not a question. */
export const mostKeys = 40;
