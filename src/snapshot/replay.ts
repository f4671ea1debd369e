// A saved snapshot in the place of Azure: the facts are what they were, nothing is read.
import { z } from 'zod';
import type { Collection } from './collect.ts';
import { unreadable } from './collecting.ts';
import type { FactName, Facts, Reading, Snapshot } from './snapshot.ts';

export function replay(saved: Snapshot): Collection {
  return {
    async fact<N extends FactName>(name: N): Promise<Reading<Facts[N]>> {
      return (saved.facts[name] as Reading<Facts[N]> | undefined) ?? unreadable('not-given', 'The snapshot was saved without this fact.');
    },
    snapshot: async () => ({ ...saved, arm: { reads: 0, writes: 0, listSecrets: 0, throttled: 0 } }),
  };
}

const reading = z.union([
  z.looseObject({ status: z.literal('read'), value: z.unknown() }),
  z.looseObject({ status: z.literal('unreadable'), reason: z.string(), at: z.string(), says: z.string() }),
]);

const shape = z.looseObject({
  format: z.literal('locksmith-snapshot/1'),
  now: z.iso.datetime(),
  symptom: z.looseObject({
    layer: z.string(),
    code: z.string(),
    keys: z.array(z.looseObject({})),
    seen: z.looseObject({}),
    others: z.array(z.unknown()),
  }),
  service: z.string().nullable(),
  facts: z.record(z.string(), reading),
  refusals: z.array(z.looseObject({ action: z.string(), at: z.string() })),
});

/** A snapshot from a file's text; null when it is not one. */
export function parseSnapshot(text: string): Snapshot | null {
  try {
    const parsed = shape.safeParse(JSON.parse(text));
    return parsed.success ? (parsed.data as unknown as Snapshot) : null;
  } catch {
    return null;
  }
}
