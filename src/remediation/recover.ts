// A process that ended between sending a change and noting it leaves a plan that is "being applied" for ever, and an answer of ARM that
// was lost leaves one that nobody is sure of. Reading tells what was written: at the next press, and in the background.
import { afterSending, fixKept } from './after-sending.ts';
import type { PlannedChange, PlanRecord, Press } from './plan-record.ts';
import type { Move } from './ports.ts';
import { canTell, notThere, overwritten, wasWritten } from './send.ts';
import { background, entry, minutesFrom, type RemediationDeps } from './steps.ts';
import { verify } from './verify.ts';

/** ARM ends a request after a minute. Until then, what was sent and is not there may still come. */
const landingMs = 75_000;

/** For how long what cannot be read is read again, in minutes. */
const readAgainMinutes = 60;

/** Whether reading has to tell what became of it: its process must have ended, or its answer was lost. */
export function wasLeft(deps: RemediationDeps, { state, kind, appliedAt, busySince, verified, nextCheckAt }: PlanRecord): boolean {
  // A fix that was applied is in doubt only because its undo is.
  if (state === 'uncertain') return kind === 'undo' || appliedAt === null;
  // Applied, and whoever did it should have asked long ago whether it helped.
  if (state === 'applied') return kind === 'fix' && verified === null && nextCheckAt !== null && deps.clock().toISOString() >= nextCheckAt;
  return state === 'applying' && !(ageOf(deps, busySince) <= deps.limits.leaseMs);
}

/** Milliseconds since, NaN when it is not known. */
function ageOf(deps: RemediationDeps, since: string | null): number {
  return since === null ? Number.NaN : deps.clock().getTime() - Date.parse(since);
}

/** The plan as it is after reading what was written; in doubt where that could not be read. */
export async function settleByReading(deps: RemediationDeps, plan: PlanRecord): Promise<PlanRecord> {
  if (plan.state === 'applied') return verify(deps, plan, inBackground(plan));
  const all = await deps.plans.changesOf(plan.id);
  if (all === null) return nobodyKnows(deps, plan, 'What was to be sent is not kept any more.');
  const written: PlannedChange[] = [];
  const missing: string[] = [];
  for (const change of all) {
    const look = await deps.looker.look(change);
    if (look.status === 'unreadable') return later(deps, plan);
    if (wasWritten(change, look.value)) written.push({ ...change, etag: look.value.etag });
    else if (canTell(change, look.value)) missing.push(notThere(change, look.value));
    else return nobodyKnows(deps, plan, 'Azure does not show whether this was done.');
  }
  if (missing.length > 0 && plan.state === 'uncertain' && ageOf(deps, plan.busySince) <= landingMs) return mayStillCome(deps, plan);
  const by = plan.confirmedBy ?? background;
  const [{ says, step }, moves] =
    written.length === 0
      ? await nothingWritten(deps, plan, missing)
      : found(deps, plan, { done: written, all }, `${by.name} ${plan.kind === 'undo' ? 'undid' : 'applied'} it`);
  await take(deps, plan, moves, step, says);
  const settled = (await deps.plans.find(plan.id)) ?? plan;
  // Nobody else asks whether it helped, and whoever presses meanwhile would wait for that.
  const isNew = settled.state === 'applied' && settled.kind === 'fix' && settled.verified === null;
  return isNew ? verify(deps, settled, inBackground(plan)) : settled;
}

function inBackground({ conversation }: PlanRecord): Press {
  return { who: background, conversation };
}

interface Words {
  readonly says: string;
  readonly step: 'applied' | 'undone' | 'failed';
}

function found(
  deps: RemediationDeps,
  plan: PlanRecord,
  sent: { readonly done: readonly PlannedChange[]; readonly all: readonly PlannedChange[] },
  who: string,
): [Words, [Move, ...Move[]]] {
  const [done, all] = [sent.done.length, sent.all.length];
  const part = done === all ? '' : ' only in part';
  const says = `${who}${part}. ${why(plan)} Reading shows that ${done === all ? 'it was written' : `${done} of ${all} changes were written`}.`;
  return [
    { says, step: plan.kind === 'undo' ? 'undone' : 'applied' },
    afterSending(deps, plan, sent, says, plan.confirmedBy ?? background),
  ];
}

async function nothingWritten(deps: RemediationDeps, plan: PlanRecord, missing: readonly string[]): Promise<[Words, [Move, ...Move[]]]> {
  const says = `${why(plan)} ${[...new Set(missing)].join(' ')}${missing.includes(overwritten) ? '' : ' Nothing was changed.'}`;
  const own: Move = { id: plan.id, from: ['applying', 'uncertain'], patch: { state: 'failed', nextCheckAt: null, says } };
  return [{ says, step: 'failed' }, [own, ...(await fixKept(deps, plan, 'failed', says))]];
}

function why({ state }: PlanRecord): string {
  return state === 'applying' ? 'The bot was stopped while this was done.' : 'The answer of Azure was lost.';
}

/** Of several processes that read, one takes it. */
async function take(
  deps: RemediationDeps,
  plan: PlanRecord,
  [own, ...rest]: readonly [Move, ...Move[]],
  step: 'applied' | 'undone' | 'failed',
  says: string,
): Promise<void> {
  const claimed: Move = { ...own, when: (kept) => kept.busySince === plan.busySince && kept.state === plan.state };
  const line = entry(deps, plan, inBackground(plan), step, says);
  // Where the fix of an undo went on without it, its undo is settled all the same.
  if (!(await deps.plans.commit([claimed, ...rest], line)) && rest.length > 0) await deps.plans.commit([claimed], line);
}

async function mayStillCome(deps: RemediationDeps, plan: PlanRecord): Promise<PlanRecord> {
  const nextCheckAt = new Date(Date.parse(plan.busySince ?? '') + landingMs + 1_000).toISOString();
  await deps.plans.commit([{ id: plan.id, from: ['uncertain'], patch: { nextCheckAt } }]);
  return (await deps.plans.find(plan.id)) ?? plan;
}

/** Read again later, at growing intervals and not for ever. */
async function later(deps: RemediationDeps, plan: PlanRecord): Promise<PlanRecord> {
  const now = deps.clock();
  if (plan.state === 'applying') {
    const says = `${why(plan)} Whether it was written could not be read yet; this is looked at again.`;
    const patch = {
      state: 'uncertain',
      says,
      checks: 0,
      nextCheckAt: minutesFrom(now, 0.25),
      checkUntil: minutesFrom(now, readAgainMinutes),
    };
    await take(deps, plan, await inDoubt(deps, plan, patch as Partial<PlanRecord>, says), 'failed', says);
    return (await deps.plans.find(plan.id)) ?? plan;
  }
  const next = minutesFrom(now, Math.min(10, 0.25 * 2 ** (plan.checks + 1)));
  if (plan.checkUntil === null || next >= plan.checkUntil) return nobodyKnows(deps, plan, 'It could not be read for too long.');
  await deps.plans.commit([{ id: plan.id, from: ['uncertain'], patch: { nextCheckAt: next, checks: plan.checks + 1 } }]);
  return (await deps.plans.find(plan.id)) ?? plan;
}

/** Reading will not tell: a person has to look. */
async function nobodyKnows(deps: RemediationDeps, plan: PlanRecord, reason: string): Promise<PlanRecord> {
  const says = `${why(plan)} ${reason} Whether it was written is not known: look at the resource in the portal.`;
  if (plan.state === 'uncertain' && plan.nextCheckAt === null && plan.says === says) return plan;
  const patch: Partial<PlanRecord> = { state: 'uncertain', says, nextCheckAt: null };
  await take(deps, plan, await inDoubt(deps, plan, patch, says), 'failed', says);
  return (await deps.plans.find(plan.id)) ?? plan;
}

async function inDoubt(deps: RemediationDeps, plan: PlanRecord, patch: Partial<PlanRecord>, says: string): Promise<[Move, ...Move[]]> {
  return [{ id: plan.id, from: ['applying', 'uncertain'], patch }, ...(await fixKept(deps, plan, 'uncertain', says))];
}
