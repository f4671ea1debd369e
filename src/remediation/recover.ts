// A process that ended between sending a change and noting it leaves a plan that is "being applied" for ever, and an answer of ARM that
// was lost leaves one that nobody is sure of. Reading tells what was written: at the next press, and in the background.
import { afterSending, fixOf } from './apply.ts';
import type { PlannedChange, PlanRecord } from './plan-record.ts';
import type { Move } from './ports.ts';
import { wasWritten } from './send.ts';
import { background, entry, minutesFrom, type RemediationDeps } from './steps.ts';

/** Whether a process that was at it must have ended. */
export function wasLeft(deps: RemediationDeps, { state, busySince }: PlanRecord): boolean {
  const since = busySince === null ? Number.NaN : Date.parse(busySince);
  return state === 'applying' && !(deps.clock().getTime() - since <= deps.limits.leaseMs);
}

/** The plan as it is after reading what was written; unchanged where that could not be read. */
export async function settleByReading(deps: RemediationDeps, plan: PlanRecord): Promise<PlanRecord> {
  const changes = (await deps.plans.changesOf(plan.id)) ?? [];
  const written: PlannedChange[] = [];
  for (const change of changes) {
    const look = await deps.looker.look(change);
    if (look.status === 'unreadable') return later(deps, plan);
    if (wasWritten(change, look.value)) written.push({ ...change, etag: look.value.etag });
  }
  const why = plan.state === 'applying' ? 'The bot was stopped while this was done.' : 'The answer of Azure was lost.';
  const by = plan.confirmedBy ?? background;
  const whole = written.length === changes.length;
  const how = whole ? 'it was written' : `${written.length} of ${changes.length} changes were written`;
  const says =
    written.length === 0
      ? `${why} Reading shows that nothing was changed.`
      : `${by.name} ${plan.kind === 'undo' ? 'undid' : 'applied'} it. ${why} Reading shows that ${how}.`;
  const moves = written.length === 0 ? nothingWritten(plan, says) : afterSending(deps, plan, written, says, by, whole);
  const [own, ...rest] = moves;
  const claimed: Move = { ...own, when: (kept) => kept.busySince === plan.busySince && kept.state === plan.state };
  const step = written.length === 0 ? 'failed' : plan.kind === 'undo' ? 'undone' : 'applied';
  await deps.plans.commit([claimed, ...rest], entry(deps, plan, { who: background, conversation: plan.conversation }, step, says));
  return (await deps.plans.find(plan.id)) ?? plan;
}

function nothingWritten(plan: PlanRecord, says: string): [Move, ...Move[]] {
  const own: Move = { id: plan.id, from: ['applying', 'uncertain'], patch: { state: 'failed', nextCheckAt: null, says } };
  return [own, ...fixOf(plan, ['undoing', 'uncertain'], { state: 'applied' })];
}

/** Read again later, at growing intervals and not for ever. */
async function later(deps: RemediationDeps, plan: PlanRecord): Promise<PlanRecord> {
  if (plan.state !== 'uncertain') return plan;
  const now = deps.clock();
  const next = minutesFrom(now, Math.min(10, 0.25 * 2 ** (plan.checks + 1)));
  const over = plan.checkUntil === null || next >= plan.checkUntil;
  const patch = over
    ? { nextCheckAt: null, says: `${plan.says} It could not be read for too long: look at the resource in the portal.` }
    : { nextCheckAt: next, checks: plan.checks + 1 };
  await deps.plans.commit([{ id: plan.id, from: ['uncertain'], patch }]);
  return (await deps.plans.find(plan.id)) ?? plan;
}
