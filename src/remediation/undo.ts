// Undo: the same changes the other way round, last first, refused when somebody changed the resource since.

import { wordsFor } from './apply.ts';
import type { PlannedChange, PlanRecord, Press, PressResult } from './plan-record.ts';
import { send } from './send.ts';
import { already, note, type RemediationDeps } from './steps.ts';

export async function undo(deps: RemediationDeps, plan: PlanRecord, press: Press): Promise<PressResult> {
  if (plan.state !== 'applied') return already(deps, plan.id);
  const changes = deps.plans.changesOf(plan.id);
  if (plan.undo === null) return { kind: 'failed', plan, says: 'There is nothing to undo.' };
  if (changes === null || plan.undoUntil === null || deps.clock().toISOString() >= plan.undoUntil) {
    const says = 'The time for an undo is over, and what it would have put back was erased. Nothing was changed.';
    note(deps, plan, press, 'refused', says);
    return { kind: 'expired', plan, says };
  }
  if (!deps.plans.move(plan.id, ['applied'], { state: 'undoing', undoneBy: press.who, busySince: deps.clock().toISOString() }))
    return already(deps, plan.id);

  const sent = await send(deps.writer, changes.map(inverse).reverse());
  if (sent.stopped !== null) {
    const stale = sent.stopped.kind === 'stale';
    const says = stale ? 'Somebody changed the resource since the fix, so it was not undone.' : wordsFor(sent);
    deps.plans.move(plan.id, ['undoing'], { state: sent.stopped.kind === 'uncertain' ? 'uncertain' : 'applied', undoneBy: null, says });
    note(deps, plan, press, stale ? 'refused' : 'failed', says, sent.requestIds);
    return { kind: stale ? 'stale' : 'failed', plan: deps.plans.find(plan.id), says };
  }
  const says = `${press.who.name} undid it. Everything is as it was before.`;
  deps.plans.move(plan.id, ['undoing'], {
    state: 'undone',
    undoneAt: deps.clock().toISOString(),
    undoUntil: deps.clock().toISOString(),
    says,
  });
  deps.plans.forgetExpired(new Date(deps.clock().getTime() + 1));
  note(deps, plan, press, 'undone', says, sent.requestIds);
  return { kind: 'undone', plan: deps.plans.find(plan.id), says };
}

export function inverse(change: PlannedChange): PlannedChange {
  return { ...change, before: change.after, after: change.before };
}
