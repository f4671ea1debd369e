// Sends changes one after the other, each once. An answer that does not tell is settled by reading.

import { setTimeout as sleep } from 'node:timers/promises';
import { stillAsPlanned } from './compare.ts';
import type { PlannedChange } from './plan-record.ts';
import type { ArmWriter, Look, WriteOutcome } from './ports.ts';

/** A longer wait is for the person who pressed. */
const longestWaitMs = 3_000;

export interface Sent {
  /** The changes that ARM has now, with the ETag that each has after it. */
  readonly done: readonly PlannedChange[];
  readonly requestIds: readonly string[];
  /** What ended it early; null when all were sent. */
  readonly stopped: Exclude<WriteOutcome, { kind: 'done' }> | null;
}

export async function send(writer: ArmWriter, changes: readonly PlannedChange[]): Promise<Sent> {
  const done: PlannedChange[] = [];
  const requestIds: string[] = [];
  // All are looked at before the first is sent, so that several go together or not at all.
  if (changes.length > 1) {
    for (const change of changes) {
      const look = await writer.look(change);
      if (look.status === 'read' && look.value.etag !== change.etag) return { done, requestIds, stopped: { kind: 'stale' } };
    }
  }
  for (const change of changes) {
    const outcome = await write(writer, change);
    if (outcome.kind !== 'done') return { done, requestIds, stopped: outcome };
    if (outcome.requestId !== null) requestIds.push(outcome.requestId);
    done.push({ ...change, etag: outcome.etag ?? (await etagNow(writer, change)) });
  }
  return { done, requestIds, stopped: null };
}

/** Once; and once more where ARM throttled it, names a short wait, and reading shows that nothing was written. */
async function write(writer: ArmWriter, change: PlannedChange): Promise<WriteOutcome> {
  const first = await writer.write(change);
  const outcome = await settled(writer, change, first);
  const waitMs = first.kind === 'uncertain' ? first.waitMs : undefined;
  if (outcome.kind !== 'failed' || waitMs === undefined || waitMs > longestWaitMs) return outcome;
  await sleep(waitMs);
  return settled(writer, change, await writer.write(change));
}

async function etagNow(writer: ArmWriter, change: PlannedChange): Promise<string | null> {
  if (change.etag === null) return null;
  const look = await writer.look(change);
  return look.status === 'read' ? look.value.etag : null;
}

/** A lost answer is not repeated: the resource says whether it was written. */
async function settled(writer: ArmWriter, change: PlannedChange, outcome: WriteOutcome): Promise<WriteOutcome> {
  if (outcome.kind !== 'uncertain') return outcome;
  const look = await writer.look(change);
  if (look.status === 'unreadable') return outcome;
  if (wasWritten(change, look.value)) return { kind: 'done', requestId: null, etag: look.value.etag };
  const moved = change.etag !== null && look.value.etag !== null && look.value.etag !== change.etag;
  return moved ? { kind: 'stale' } : { kind: 'failed', says: `${outcome.says} Reading it again shows that nothing was changed.` };
}

/** Whether ARM has the change: its value is there, and the resource is another version, or held something else before. */
export function wasWritten(change: PlannedChange, { value, etag }: Look): boolean {
  if (change.field === '') return (value === null) === (change.after === null);
  const moved = change.etag !== null && etag !== null && etag !== change.etag;
  return (moved || !stillAsPlanned(change.before, value)) && stillAsPlanned(change.after, value);
}
