// A process that ended between sending a change and noting it leaves a plan that is "being applied" for ever.
// Whoever presses next has it finished first: reading tells what was written.
import type { PlannedChange, PlanRecord, Press } from './plan-record.ts';
import { wasWritten } from './send.ts';
import { note, type RemediationDeps } from './steps.ts';
import { inverse } from './undo.ts';

/** Longer than any process is at one plan: a few calls of ten seconds each. */
const leftAfterMs = 2 * 60_000;

/** The plan as it is now; finished by reading when a process left it in the middle. */
export async function finishIfLeft(deps: RemediationDeps, plan: PlanRecord, press: Press): Promise<PlanRecord> {
  const busy = plan.state === 'applying' || plan.state === 'undoing';
  const since = plan.busySince === null ? Number.NaN : Date.parse(plan.busySince);
  if (!busy || !(deps.clock().getTime() - since > leftAfterMs)) return plan;

  const changes = deps.plans.changesOf(plan.id) ?? [];
  const sent = plan.state === 'undoing' ? changes.map(inverse).reverse() : changes;
  const written: PlannedChange[] = [];
  for (const change of sent) {
    const look = await deps.writer.look(change);
    if (look.status === 'unreadable') return plan;
    if (wasWritten(change, look.value)) written.push({ ...change, etag: look.value.etag });
  }
  const patch =
    plan.state === 'applying' ? afterApplying(deps, plan, written, changes.length) : afterUndoing(deps, written, changes.length);
  if (plan.state === 'applying' && written.length > 0) deps.plans.keepChanges(plan.id, written);
  if (deps.plans.move(plan.id, [plan.state], patch)) note(deps, plan, press, written.length > 0 ? 'applied' : 'failed', patch.says);
  return deps.plans.find(plan.id) ?? plan;
}

type Patch = Partial<PlanRecord> & Pick<PlanRecord, 'says'>;

function afterApplying(deps: RemediationDeps, plan: PlanRecord, written: readonly PlannedChange[], all: number): Patch {
  if (written.length === 0) {
    return { state: 'failed', says: 'The bot was stopped while it applied this. Reading shows that nothing was changed.' };
  }
  const now = deps.clock();
  const undoUntil = plan.undo === null ? null : new Date(now.getTime() + deps.limits.undoHours * 3_600_000).toISOString();
  const how = written.length === all ? 'it was written' : `${written.length} of ${all} changes were written`;
  const says = `The bot was stopped while it applied this. Reading shows that ${how}.`;
  return { state: 'applied', appliedAt: now.toISOString(), undoUntil, verified: 'pending', says };
}

function afterUndoing(deps: RemediationDeps, written: readonly PlannedChange[], all: number): Patch {
  if (written.length === all) {
    return {
      state: 'undone',
      undoneAt: deps.clock().toISOString(),
      says: 'The bot was stopped while it undid this. Reading shows that it was undone.',
    };
  }
  return { state: 'applied', undoneBy: null, says: 'The bot was stopped while it undid this. Reading shows that it was not undone.' };
}
