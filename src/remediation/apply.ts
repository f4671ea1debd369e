// The one place that changes Azure, for a fix and for its undo alike: one process takes the plan, the changes go out, and what came of it is kept.
import { afterNothing, afterSending, fixKept, fixOf } from './after-sending.ts';
import { digestOf } from './digest.ts';
import { isInside, whyNotMadeAgain } from './made-again.ts';
import type { Person, PlannedChange, PlanRecord, Press, PressResult } from './plan-record.ts';
import type { Move } from './ports.ts';
import { type Sent, send } from './send.ts';
import { already, entry, type RemediationDeps, refuse, shownInstead, stale } from './steps.ts';
import { lookedAtAgain, partly, wordsFor } from './stopped.ts';
import { verify } from './verify.ts';

/** Two people who both pressed Confirm: one who may fix, another who may agree. */
export interface Pair {
  readonly asker: Person;
  readonly approver: Person;
}

export async function apply(deps: RemediationDeps, plan: PlanRecord, press: Press, pair: Pair | null): Promise<PressResult> {
  const changes = await deps.plans.changesOf(plan.id);
  if (changes === null || digestOf(plan, changes) !== plan.digest) {
    return stale(deps, plan, press, 'What was shown is not kept any more, so nothing was changed. Look again to get a fresh plan.');
  }
  if (!isInside(plan.service, changes))
    return stale(deps, plan, press, 'This plan is about another service than it says, so nothing was changed.');
  const gone = await whyNotMadeAgain(deps, plan);
  if (gone !== null) return stale(deps, plan, press, gone);
  const writer = await deps.actAs(press);
  if ('says' in writer) return refuse(deps, plan, press, writer.says);
  if (!(await begin(deps, plan, press, pair))) return already(deps, plan.id);

  const sent = await send(writer, changes, () => stillOurs(deps, plan.id));
  const isSettled = sent.done.length > 0 && sent.stopped?.kind !== 'uncertain';
  return isSettled ? applied(deps, plan, press, sent, changes) : notApplied(deps, plan, press, sent, changes);
}

/** Nobody else can begin after this, in this process or another. An undo takes its fix along. */
async function begin(deps: RemediationDeps, plan: PlanRecord, press: Press, pair: Pair | null): Promise<boolean> {
  const by = { confirmedBy: press.who, approvedBy: pair?.approver ?? null, requestedBy: pair?.asker ?? plan.requestedBy };
  const own: Move = {
    id: plan.id,
    from: ['prepared', 'waiting'],
    patch: { ...by, state: 'applying', approvalUntil: null, busySince: deps.clock().toISOString() },
    when: (kept) => kept.digest === plan.digest,
  };
  const fix = fixOf(plan, ['applied'], { state: 'undoing' });
  const how = pair === null ? 'confirmed it' : `confirmed it too: ${pair.asker.name} asks, ${pair.approver.name} agrees`;
  return deps.plans.commit([own, ...fix], entry(deps, plan, press, 'confirmed', `${press.who.name} ${how}.`));
}

// A process that was asleep for so long that another one settled the plan must not go on sending.
async function stillOurs(deps: RemediationDeps, id: string): Promise<boolean> {
  return deps.plans.commit([{ id, from: ['applying'], patch: { busySince: deps.clock().toISOString() } }]);
}

async function applied(
  deps: RemediationDeps,
  plan: PlanRecord,
  press: Press,
  sent: Sent,
  changes: readonly PlannedChange[],
): Promise<PressResult> {
  const verb = plan.kind === 'undo' ? 'undid it' : 'applied it';
  const whole = sent.done.length === changes.length;
  const done = whole ? `${press.who.name} ${verb}.` : `${press.who.name} ${verb} only in part. ${partly(sent, changes)}`;
  const moves = afterSending(deps, plan, { done: sent.done, all: changes }, done, press.who);
  const line = entry(deps, plan, press, plan.kind === 'undo' ? 'undone' : 'applied', done, sent.requestIds);
  if (!(await deps.plans.commit(moves, line))) return already(deps, plan.id);

  if (plan.kind === 'undo') {
    const fix = await deps.plans.find(plan.undoes ?? '');
    return { kind: whole ? 'undone' : 'failed', plan: fix, says: fix?.says ?? done };
  }
  const fresh = (await deps.plans.find(plan.id)) ?? plan;
  const after = await verify(deps, fresh, press);
  return { kind: 'applied', plan: after, says: after.says };
}

async function notApplied(
  deps: RemediationDeps,
  plan: PlanRecord,
  press: Press,
  sent: Sent,
  changes: readonly PlannedChange[],
): Promise<PressResult> {
  const { stopped, requestIds } = sent;
  const lost = stopped === null ? 'Another process took this over.' : wordsFor(stopped);
  const says = sent.done.length === 0 ? lost : `${partly(sent, changes)} ${lookedAtAgain}`;
  const patch = afterNothing(deps, plan, stopped, says);
  const fix = await fixKept(deps, plan, patch.state, says);
  const move: Move = { id: plan.id, from: ['applying'], patch, ...(patch.state === 'refused' ? { changes: null } : {}) };
  const step = patch.state === 'refused' || stopped?.kind === 'refused' ? 'refused' : 'failed';
  if (!(await deps.plans.commit([move, ...fix], entry(deps, plan, press, step, says, requestIds)))) return already(deps, plan.id);

  const kept = await deps.plans.find(plan.id);
  const [first] = changes;
  if (stopped?.kind === 'refused' && first !== undefined) {
    const shown = { ...first, ...plan.shown[0] };
    return { kind: 'not-allowed', plan: kept, says, missing: deps.missingRight(stopped.action, shown) };
  }
  const shown = kept === null ? null : await shownInstead(deps, kept);
  return { kind: stopped?.kind === 'stale' ? 'stale' : 'failed', plan: shown, says };
}
