// What somebody agrees to, as one value: everything that would be sent, and against which versions.
import { createHash } from 'node:crypto';
import type { PlannedChange, PlanRecord } from './plan-record.ts';

/** 64 hex digits. Of the changes as they are shown, so that a secret cannot be guessed from it; their ETags tell which values they stand for. */
export function digestOf(
  { service, kind, cause, permission, shown }: Pick<PlanRecord, 'service' | 'kind' | 'cause' | 'permission' | 'shown'>,
  changes: readonly PlannedChange[],
): string {
  const sent = shown.map(({ on, field, before, after }, index) => [on, field, before, after, changes[index]?.etag ?? null]);
  return createHash('sha256')
    .update(JSON.stringify([service, kind, cause, permission, sent]))
    .digest('hex');
}
