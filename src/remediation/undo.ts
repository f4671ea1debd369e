// Undo: the same changes the other way round, last first, as a plan of its own: looked at, shown, confirmed. Refused when somebody
// changed the resource since.
import type { Change } from '../causes/contract.ts';
import { digestOf } from './digest.ts';
import { newRecord } from './new-record.ts';
import type { PlannedChange, PlanRecord, Press, PressResult } from './plan-record.ts';
import { already, minutesFrom, note, type RemediationDeps, refuse, whyNot } from './steps.ts';

export async function undo(deps: RemediationDeps, plan: PlanRecord, press: Press): Promise<PressResult> {
  const why = await whyNot(deps, plan, press, 'fix');
  if (why !== null) return refuse(deps, plan, press, why);
  if (plan.kind === 'undo' || plan.state !== 'applied') return already(deps, plan.id);
  if (plan.undo === null) return { kind: 'failed', plan, says: `There is nothing to undo. ${plan.impact?.noWayBack ?? ''}`.trim() };
  const changes = await deps.plans.changesOf(plan.id);
  if (changes === null || plan.undoUntil === null || deps.clock().toISOString() >= plan.undoUntil) {
    const says = 'The time for an undo is over, and what it would have put back was erased. Nothing was changed.';
    await note(deps, plan, press, 'refused', says);
    return { kind: 'expired', plan, says };
  }
  const back = changes.map(inverse).reverse();
  const moved = await whatMoved(deps, back);
  if (moved !== null) {
    await note(deps, plan, press, 'refused', moved.says);
    return { kind: moved.kind, plan, says: moved.says };
  }
  return { kind: 'preview', plan: await keepUndo(deps, plan, press, back, plan.undo), says: plan.undo };
}

/** Looked at by the bot, which reads anyway; what is sent is sent by whoever confirms. */
async function whatMoved(
  deps: RemediationDeps,
  changes: readonly PlannedChange[],
): Promise<{ readonly kind: 'stale' | 'failed'; readonly says: string } | null> {
  for (const change of changes) {
    const look = await deps.looker.look(change);
    if (look.status === 'unreadable') return { kind: 'failed', says: `The undo could not be planned: ${look.says} Nothing was changed.` };
    const there = (look.value.value === null) === (change.before === null);
    if (look.value.etag !== change.etag || (change.field === '' && !there))
      return { kind: 'stale', says: 'Somebody changed the resource since the fix, so it cannot be undone from here. Nothing was changed.' };
  }
  return null;
}

async function keepUndo(
  deps: RemediationDeps,
  plan: PlanRecord,
  press: Press,
  changes: readonly PlannedChange[],
  consequence: string,
): Promise<PlanRecord> {
  const shown = changes.map((change) => shownBack(plan, change));
  const impact = await deps.findImpact(shown, plan.service);
  const { cause, symptom, service, conversation, address } = plan;
  const base = newRecord(deps, {
    who: press.who,
    cause,
    label: `Undo: ${plan.label}`,
    consequence,
    permission: permissionBack(plan.permission, changes),
    undo: null,
    secondPerson: false,
    shown,
    symptom,
    service,
    conversation,
    address,
  });
  const until = minutesFrom(deps.clock(), deps.limits.planMinutes);
  const expiresAt = plan.undoUntil !== null && plan.undoUntil < until ? plan.undoUntil : until;
  const kind = 'undo' as const;
  const record: PlanRecord = {
    ...base,
    kind,
    undoes: plan.id,
    state: 'prepared',
    impact: { ...impact, noWayBack: 'An undo is not undone in turn: ask again, and the fix is offered anew.' },
    preparedBy: press.who,
    expiresAt,
    card: plan.card,
    digest: digestOf({ ...base, kind }, changes),
  };
  await deps.plans.insert(record, changes);
  await note(deps, record, press, 'prepared', `${press.who.name} looked at the undo.`);
  return record;
}

/** The change as it was shown, the other way round; without the secrets that the real one may hold. */
function shownBack(plan: PlanRecord, { on, field }: PlannedChange): Change {
  const shown = plan.shown.find((change) => change.on === on && change.field === field);
  return { on, field, before: shown?.after ?? null, after: shown?.before ?? null };
}

/** Taking away what was made is another action of ARM. */
function permissionBack(permission: string, changes: readonly PlannedChange[]): string {
  const removes = changes.every(({ field, after }) => field === '' && after === null);
  return removes ? permission.replace(/\/write$/, '/delete') : permission;
}

export function inverse(change: PlannedChange): PlannedChange {
  return { ...change, before: change.after, after: change.before };
}
