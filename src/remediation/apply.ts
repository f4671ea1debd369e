// The one place that changes Azure, for a fix and for its undo alike: one process takes the plan, the changes go out, and what came of it is kept.
import { digestOf } from './digest.ts';
import type { Person, PlannedChange, PlanRecord, Press, PressResult } from './plan-record.ts';
import type { Move } from './ports.ts';
import { overwritten, type Sent, send } from './send.ts';
import { already, entry, minutesFrom, type RemediationDeps, refuse, stale } from './steps.ts';
import { inverse } from './undo.ts';
import { verify } from './verify.ts';

export async function apply(deps: RemediationDeps, plan: PlanRecord, press: Press, asker: Person | null): Promise<PressResult> {
  const changes = await deps.plans.changesOf(plan.id);
  if (changes === null || digestOf(plan, changes) !== plan.digest) {
    return stale(deps, plan, press, 'What was shown is not kept any more, so nothing was changed. Look again to get a fresh plan.');
  }
  const writer = await deps.actAs(press);
  if ('says' in writer) return refuse(deps, plan, press, writer.says);
  if (!(await begin(deps, plan, press, asker))) return already(deps, plan.id);

  const sent = await send(writer, changes, () => stillOurs(deps, plan.id));
  const isSettled = sent.done.length > 0 && sent.stopped?.kind !== 'uncertain';
  return isSettled ? applied(deps, plan, press, sent, changes) : notApplied(deps, plan, press, sent, changes);
}

/** Nobody else can begin after this, in this process or another. An undo takes its fix along. */
async function begin(deps: RemediationDeps, plan: PlanRecord, press: Press, asker: Person | null): Promise<boolean> {
  const by = { confirmedBy: press.who, approvedBy: asker === null ? null : press.who, requestedBy: asker ?? plan.requestedBy };
  const own: Move = {
    id: plan.id,
    from: ['prepared', 'waiting'],
    patch: { ...by, state: 'applying', approvalUntil: null, busySince: deps.clock().toISOString() },
    when: (kept) => kept.digest === plan.digest,
  };
  const fix = fixOf(plan, ['applied'], { state: 'undoing' });
  const how = asker === null ? 'confirmed it' : `agreed to what ${asker.name} asked for`;
  return deps.plans.commit([own, ...fix], entry(deps, plan, press, 'confirmed', `${press.who.name} ${how}.`));
}

/** The part of an undo's step that is about its fix; nothing for a fix. */
export function fixOf({ undoes }: PlanRecord, from: Move['from'], patch: Move['patch']): readonly Move[] {
  return undoes === null ? [] : [{ id: undoes, from, patch }];
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

function partly({ done, stopped }: Sent, changes: readonly PlannedChange[]): string {
  const rest = stopped === null ? 'Another process took this over.' : whyStopped(stopped);
  return `${done.length} of ${changes.length} changes went through, and then: ${rest}`;
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
  return { kind: stopped?.kind === 'stale' ? 'stale' : 'failed', plan: kept, says };
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
function afterNothing(
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

const lookedAtAgain = 'Whether it was written could not be found out yet; this is looked at again.';

/** What stopped the sending before anything was written, as a sentence. */
function wordsFor(stopped: NonNullable<Sent['stopped']>): string {
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
