// What stopped the sending, in sentences.
import type { PlannedChange } from './plan-record.ts';
import { overwritten, type Sent } from './send.ts';

export const lookedAtAgain = 'Whether it was written could not be found out yet; this is looked at again.';

/** What stopped the sending before anything was written, as a sentence. */
export function wordsFor(stopped: NonNullable<Sent['stopped']>): string {
  const why = whyStopped(stopped);
  if (stopped.kind === 'uncertain') return `${why} ${lookedAtAgain}`;
  if (stopped.kind !== 'stale') return why.includes(overwritten) ? why : `${why} Nothing was changed.`;
  if (stopped.there === true) return `${why} It holds now what this plan wanted, so nothing more was sent.`;
  if (stopped.there === undefined) return `${why} What it holds now could not be read; nothing more was sent. Look again.`;
  return `${why.slice(0, -1)}, so nothing was changed. Look again.`;
}

function whyStopped(stopped: NonNullable<Sent['stopped']>): string {
  switch (stopped.kind) {
    case 'refused':
      return `Azure did not allow it: the permission ${stopped.action} is missing.`;
    case 'failed':
    case 'uncertain':
      return stopped.says;
    case 'stale':
      return stopped.there === false
        ? 'Somebody changed the resource since this plan was shown.'
        : 'Azure says that the resource was changed by somebody first (412).';
  }
}

/** Of several changes, how many went through. */
export function partly({ done, stopped }: Sent, changes: readonly PlannedChange[]): string {
  const rest = stopped === null ? 'Another process took this over.' : whyStopped(stopped);
  return `${done.length} of ${changes.length} changes went through, and then: ${rest}`;
}
