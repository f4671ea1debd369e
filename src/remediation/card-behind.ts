// A card can stay behind its plan: the process ended between the two, or the channel did not take the edit. The store notes at each step
// that the card is due (`cardDue`), whoever shows it says so (`cardShown`), and what nobody showed is shown again, each minute for an hour.
import type { PlanRecord } from './plan-record.ts';
import type { Move } from './ports.ts';
import { minutesFrom, type RemediationDeps } from './steps.ts';

const mostTries = 60;
const shown = { cardDue: null, cardTries: 0 } as const;

/** The plan that has to be shown again now; null: none, or not yet. In several processes, one of them gets it. */
export async function cardBehind(deps: RemediationDeps, plan: PlanRecord): Promise<PlanRecord | null> {
  const { cardDue, cardTries, kind, state } = plan;
  const now = deps.clock();
  if (cardDue === null || state === 'applying' || state === 'undoing' || now.toISOString() < cardDue) return null;
  if (cardTries >= mostTries || (await isUnderItsUndo(deps, plan))) {
    await deps.plans.commit([due(plan, shown)]);
    return null;
  }
  if (kind === 'undo' && state !== 'waiting') {
    await leaveToFix(deps, plan);
    return null;
  }
  const next = due(plan, { cardDue: minutesFrom(now, 1), cardTries: cardTries + 1 });
  // At first whoever made the step is about to show it.
  return (await deps.plans.commit([next])) && cardDue !== '' ? deps.plans.find(plan.id) : null;
}

/** Notes that the card shows this, unless the plan has gone on since. */
export async function cardShown({ plans }: Pick<RemediationDeps, 'plans'>, plan: PlanRecord): Promise<void> {
  const kept = await plans.find(plan.id);
  if (kept !== null && kept.cardDue !== null && !isNews(plan, kept)) await plans.commit([due(kept, shown)]);
  const undo = kept?.undoPlan ? await plans.find(kept.undoPlan) : null;
  // Its end is on the fix's card.
  if (undo !== null && undo.cardDue !== null && undo.state !== 'waiting') await plans.commit([due(undo, shown)]);
}

export function isNews(before: PlanRecord, after: PlanRecord): boolean {
  return before.state !== after.state || before.verified !== after.verified || before.says !== after.says;
}

function due({ id, state, cardDue }: PlanRecord, patch: Move['patch']): Move {
  return { id, from: [state], patch, when: (kept) => kept.cardDue === cardDue };
}

/** The preview of its undo stands on the card, which is newer. */
async function isUnderItsUndo(deps: RemediationDeps, { undoPlan }: PlanRecord): Promise<boolean> {
  const undo = undoPlan === null ? null : await deps.plans.find(undoPlan);
  return undo?.state === 'waiting' || (undo?.state === 'prepared' && deps.clock().toISOString() < undo.expiresAt);
}

/** An undo that has ended is shown as its fix; one that another undo came before was never shown. */
async function leaveToFix(deps: RemediationDeps, undo: PlanRecord): Promise<void> {
  const fix = undo.undoes === null ? null : await deps.plans.find(undo.undoes);
  const own = due(undo, shown);
  await deps.plans.commit(fix?.undoPlan === undo.id ? [own, due(fix, { cardDue: '', cardTries: 0 })] : [own]);
}
