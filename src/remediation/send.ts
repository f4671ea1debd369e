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
  /** What ended it early; null when all were sent, or when another process took over. */
  readonly stopped: Exclude<WriteOutcome, { kind: 'done' }> | null;
}

/** `goOn`: asked before each change but the first; false when somebody else has taken the plan over. */
export async function send(writer: ArmWriter, changes: readonly PlannedChange[], goOn: () => Promise<boolean>): Promise<Sent> {
  const done: PlannedChange[] = [];
  const requestIds: string[] = [];
  // All are looked at before the first is sent, so that several go together or not at all; and one without an ETag of its own
  // (a link, an action) has nothing else that tells that somebody was there first.
  for (const change of changes) {
    if (changes.length === 1 && change.etag !== null && !change.field.startsWith('!')) break;
    const look = await writer.look(change);
    if (look.status === 'read' && !isAsPlanned(change, look.value)) return { done, requestIds, stopped: { kind: 'stale' } };
  }
  for (const change of changes) {
    if (done.length > 0 && !(await goOn())) return { done, requestIds, stopped: null };
    const outcome = await write(writer, change);
    if (outcome.kind !== 'done') return { done, requestIds, stopped: outcome };
    if (outcome.requestId !== null) requestIds.push(outcome.requestId);
    done.push({ ...change, etag: outcome.etag ?? (await etagNow(writer, change)) });
  }
  return { done, requestIds, stopped: null };
}

function isAsPlanned(change: PlannedChange, { value, etag }: Look): boolean {
  return change.field === '' && change.etag === null ? (value === null) === (change.before === null) : etag === change.etag;
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
  if (outcome.kind !== 'uncertain' && outcome.kind !== 'stale') return outcome;
  const look = await writer.look(change);
  if (look.status === 'unreadable') return outcome;
  const there = wasWritten(change, look.value);
  // 412 says that it was not this write; whose it was, nobody can tell. So nothing is claimed, and nothing can be undone.
  if (outcome.kind === 'stale') return { kind: 'stale', there };
  if (there) return { kind: 'done', requestId: null, etag: look.value.etag };
  const moved = change.etag !== null && look.value.etag !== null && look.value.etag !== change.etag;
  return moved ? { kind: 'stale' } : { kind: 'failed', says: `${outcome.says} Reading it again shows that nothing was changed.` };
}

/** Whether ARM has the change: its value is there, and the resource is another version, or held something else before. */
export function wasWritten(change: PlannedChange, { value, etag }: Look): boolean {
  if (change.field === '') return (value === null) === (change.after === null);
  const moved = change.etag !== null && etag !== null && etag !== change.etag;
  return (moved || !stillAsPlanned(change.before, value)) && stillAsPlanned(change.after, value);
}
