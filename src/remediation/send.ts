// Sends changes one after the other, each once. An answer that does not tell is settled by reading.

import { setTimeout as sleep } from 'node:timers/promises';
import { isWhatWasWanted, stillAsPlanned } from './compare.ts';
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
  const unfit = await whyUnfit(writer, changes);
  if (unfit !== null) return { done, requestIds, stopped: unfit };
  for (const change of changes) {
    if (done.length > 0 && !(await goOn())) return { done, requestIds, stopped: null };
    const outcome = await write(writer, change);
    if (outcome.kind !== 'done') return { done, requestIds, stopped: outcome };
    if (outcome.requestId !== null) requestIds.push(outcome.requestId);
    done.push({ ...change, etag: outcome.etag ?? (await etagNow(writer, change)) });
  }
  return { done, requestIds, stopped: null };
}

// All are looked at before the first is sent, so that several go together or not at all; and one without an ETag of its own
// (a link, an action) has nothing else that tells that somebody was there first.
async function whyUnfit(writer: ArmWriter, changes: readonly PlannedChange[]): Promise<Sent['stopped']> {
  for (const change of changes) {
    if (changes.length === 1 && change.etag !== null && !isAction(change)) return null;
    const look = await writer.look(change);
    if (look.status === 'unreadable') return { kind: 'failed', says: `It could not be read before sending: ${look.says}` };
    if (!isAsPlanned(change, look.value)) return { kind: 'stale', there: false };
  }
  return null;
}

function isAction({ field }: PlannedChange): boolean {
  return field.startsWith('!');
}

function isAsPlanned(change: PlannedChange, { value, etag }: Look): boolean {
  if (change.etag !== null || isAction(change)) return etag === change.etag;
  return change.field === '' ? (value === null) === (change.before === null) : stillAsPlanned(change.before, value);
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

/** For the undo. What was run cannot be undone, and what is gone has no ETag. */
async function etagNow(writer: ArmWriter, change: PlannedChange): Promise<string | null> {
  if (isAction(change) || (change.field === '' && change.after === null)) return null;
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
  if (!canTell(change, look.value)) return { kind: 'uncertain', says: `${outcome.says} Reading it again does not tell either.` };
  if (outcome.mayStillLand) return { ...outcome, says: `${outcome.says} Read at once, it is not there.` };
  return { kind: 'failed', says: `${outcome.says} ${notThere(change, look.value)}` };
}

/** Nobody can tell then whether it was there for a moment. */
export const overwritten = 'Reading it again shows what somebody else wrote meanwhile, and not this change. Look again.';

/** That the change is not there, and whether somebody else was; one sentence. */
export function notThere(change: PlannedChange, { value, etag }: Look): string {
  const taken = change.field === '' && change.before === null && value !== null;
  const moved = change.etag !== null && etag !== null && etag !== change.etag;
  return taken || moved ? overwritten : 'Reading it again shows that it was not written.';
}

/** Whether ARM has the change: its value is there, and the resource is another version, or held something else before. */
export function wasWritten(change: PlannedChange, { value, etag }: Look): boolean {
  if (change.field === '') return (value === null) === (change.after === null) && isWhatWasWanted(change.after, value);
  const moved = change.etag !== null && etag !== null && etag !== change.etag;
  return (moved || !stillAsPlanned(change.before, value)) && stillAsPlanned(change.after, value);
}

/** False where only another ETag would show the change (a re-save, an action), and there is none to compare. */
export function canTell(change: PlannedChange, { etag }: Look): boolean {
  return change.field === '' || !stillAsPlanned(change.before, change.after) || (change.etag !== null && etag !== null);
}
