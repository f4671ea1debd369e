// Where a plan stands once its sending has ended, and where the fix stands that an undo takes back.
import type { Person, PlannedChange, PlanRecord } from './plan-record.ts';
import type { Move } from './ports.ts';
import type { Sent } from './send.ts';
import { minutesFrom, type RemediationDeps } from './steps.ts';
import { inverse } from './undo.ts';

/** The part of an undo's step that is about its fix; nothing for a fix. */
export function fixOf({ undoes }: PlanRecord, from: Move['from'], patch: Move['patch']): readonly Move[] {
  return undoes === null ? [] : [{ id: undoes, from, patch }];
}

/**
 * What is kept once ARM has the changes that are `done`, also when a stopped process left that to be found out, or when it was found
 * out too soon: this process was asleep, another one read that nothing was written, and then it was.
 */
export function afterSending(
  deps: RemediationDeps,
  plan: PlanRecord,
  { done, all }: { readonly done: readonly PlannedChange[]; readonly all: readonly PlannedChange[] },
  says: string,
  by: Person,
): [Move, ...Move[]] {
  const now = deps.clock();
  const at = now.toISOString();
  const from = ['applying', 'uncertain', 'failed'] as const;
  if (plan.kind === 'undo') {
    const own: Move = { id: plan.id, from, patch: { state: 'applied', appliedAt: at, says, nextCheckAt: null }, changes: null };
    const left = all.filter(({ on, field }) => !done.some((one) => one.on === on && one.field === field));
    const fixFrom = ['undoing', 'uncertain', 'applied'] as const;
    if (left.length === 0) {
      const whole = { state: 'undone', undoneBy: by, undoneAt: at, undoUntil: at, nextCheckAt: null } as const;
      const patch = { ...whole, says: `${says} Everything is as it was before.` };
      return [own, ...fixOf(plan, fixFrom, patch).map((move) => ({ ...move, changes: null }))];
    }
    // Half undone is not undone: what is left of the fix can be taken back by another undo.
    const half = `${says} The rest is still applied; Undo is there for it.`;
    const patch = { state: 'applied', says: half, done: half } as const;
    return [own, ...fixOf(plan, fixFrom, patch).map((move) => ({ ...move, changes: left.map(inverse).reverse() }))];
  }
  const undoUntil = plan.undo === null ? null : minutesFrom(now, deps.limits.undoHours * 60);
  // Should this process end now, somebody else asks again.
  const next = { nextCheckAt: minutesFrom(now, 0.5), checks: 0, checkUntil: minutesFrom(now, deps.limits.verifyMinutes) };
  const patch = { state: 'applied' as const, appliedAt: at, undoUntil, done: says, says, ...next };
  return [{ id: plan.id, from, patch, changes: undoUntil === null ? null : done }];
}

/** What becomes of the fix whose undo was not done, or not certainly: it says so, as its card is the one that is shown. */
export async function fixKept(deps: RemediationDeps, plan: PlanRecord, undo: PlanRecord['state'], says: string): Promise<readonly Move[]> {
  if (plan.undoes === null) return [];
  const fix = await deps.plans.find(plan.undoes);
  const from = ['undoing', 'uncertain'] as const;
  if (undo === 'uncertain') return fixOf(plan, from, { state: 'uncertain', says: `The undo is not settled. ${says}` });
  if (undo === 'prepared' || undo === 'waiting') return fixOf(plan, from, { state: 'applied' });
  return fixOf(plan, from, { state: 'applied', says: `${fix?.done ?? ''} The undo did not go through. ${says}`.trim() });
}

/** Where the plan stands when nothing was written: whoever lacks the right must not end it for those who have it. */
export function afterNothing(
  deps: RemediationDeps,
  plan: PlanRecord,
  stopped: Sent['stopped'],
  says: string,
): Partial<PlanRecord> & Pick<PlanRecord, 'state'> {
  switch (stopped?.kind) {
    case 'refused':
      return { state: plan.state, approvalUntil: plan.approvalUntil, confirmedBy: null, approvedBy: null, busySince: null, says };
    case 'stale':
      return { state: 'refused', says };
    case 'uncertain': {
      const now = deps.clock();
      return { state: 'uncertain', says, checks: 0, nextCheckAt: minutesFrom(now, 0.25), checkUntil: minutesFrom(now, 60) };
    }
    default:
      return { state: 'failed', says };
  }
}
