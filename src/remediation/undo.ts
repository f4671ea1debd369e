// Undo: the same changes the other way round, last first, as a plan of its own: looked at, shown, confirmed. Refused when somebody
// changed the resource since.
import type { Change } from '../causes/contract.ts';
import { isWhatWasWanted, stillAsPlanned } from './compare.ts';
import { digestOf } from './digest.ts';
import { newRecord } from './new-record.ts';
import type { PlannedChange, PlanRecord, Press, PressResult } from './plan-record.ts';
import type { Look, Move } from './ports.ts';
import { already, entry, minutesFrom, note, type RemediationDeps, refuse, whyNot } from './steps.ts';

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
  const back = await againstNow(deps, changes.map(inverse).reverse());
  if ('says' in back) {
    await note(deps, plan, press, 'refused', back.says);
    return { kind: back.kind, plan, says: back.says };
  }
  const open = plan.undoPlan === null ? null : await deps.plans.find(plan.undoPlan);
  // Pressed twice, or by two people: they see and confirm one and the same plan.
  const again = open !== null && isOpen(open, deps.clock()) ? open : null;
  const shown = again ?? (await keepUndo(deps, plan, press, back.changes, plan.undo));
  if (again !== null) await note(deps, again, press, 'prepared', `${press.who.name} looked at the undo.`);
  return shown === null ? already(deps, plan.id) : { kind: 'preview', plan: shown, says: plan.undo };
}

type Back = { readonly changes: readonly PlannedChange[] } | { readonly kind: 'stale' | 'failed'; readonly says: string };

/** Looked at by the bot, which reads anyway; what is sent is sent by whoever confirms. */
async function againstNow(deps: RemediationDeps, changes: readonly PlannedChange[]): Promise<Back> {
  const planned: PlannedChange[] = [];
  for (const change of changes) {
    const look = await deps.looker.look(change);
    if (look.status === 'unreadable') return { kind: 'failed', says: `The undo could not be planned: ${look.says} Nothing was changed.` };
    if (!isAsTheFixLeftIt(change, look.value))
      return { kind: 'stale', says: 'Somebody changed the resource since the fix, so it cannot be undone from here. Nothing was changed.' };
    planned.push({ ...change, etag: look.value.etag });
  }
  return { changes: planned };
}

/** By the ETag; where the fix was told none, by what is there. */
function isAsTheFixLeftIt(change: PlannedChange, { value, etag }: Look): boolean {
  const isWhole = change.field === '';
  if (isWhole && (value === null) !== (change.before === null)) return false;
  if (change.etag !== null) return etag === change.etag;
  return isWhole ? isWhatWasWanted(change.before, value) : stillAsPlanned(change.before, value);
}

async function keepUndo(
  deps: RemediationDeps,
  plan: PlanRecord,
  press: Press,
  changes: readonly PlannedChange[],
  consequence: string,
): Promise<PlanRecord | null> {
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
    // Taking <base /> out again drops checks: what two people had to agree to is not opened by one.
    secondPerson: plan.secondPerson && impact.wider !== null,
  };
  await deps.plans.insert(record, changes);
  const line = entry(deps, record, press, 'prepared', `${press.who.name} looked at the undo.`);
  const link: Move = { id: plan.id, from: ['applied'], patch: { undoPlan: record.id }, when: (kept) => kept.undoPlan === plan.undoPlan };
  if (await deps.plans.commit([{ id: record.id, from: ['prepared'], patch: {} }, link], line)) return deps.plans.find(record.id);
  // Somebody was a moment faster: theirs is the one.
  await deps.plans.commit([{ id: record.id, from: ['prepared'], patch: { state: 'refused' }, changes: null }]);
  const theirs = (await deps.plans.find(plan.id))?.undoPlan ?? null;
  const other = theirs === null ? null : await deps.plans.find(theirs);
  return other !== null && isOpen(other, deps.clock()) ? other : null;
}

function isOpen({ state, expiresAt, approvalUntil }: PlanRecord, now: Date): boolean {
  return state === 'waiting' ? now.toISOString() < (approvalUntil ?? '') : state === 'prepared' && now.toISOString() < expiresAt;
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
