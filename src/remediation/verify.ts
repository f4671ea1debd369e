// Verified means asked again: collect afresh, run the same rule. Where Azure needs time, the same is asked again in the background.
import type { Diagnosed } from '../diagnosis/diagnose.ts';
import { newRecord } from './new-record.ts';
import type { PlanRecord, Press, Verified } from './plan-record.ts';
import { background, entry, minutesFrom, type RemediationDeps } from './steps.ts';

/** Asks again after a fix, keeps what came of it and when to ask next; the plan as it is then. */
export async function verify(deps: RemediationDeps, plan: PlanRecord, press: Press): Promise<PlanRecord> {
  const diagnosed = await deps.rediagnose(plan.symptom, plan.service);
  const { verified, says } = await judge(deps, plan, diagnosed);
  const patch = {
    verified,
    says: `${plan.done ?? ''} ${says}`.trim(),
    checks: plan.checks + 1,
    nextCheckAt: nextCheck(deps, plan, verified),
    callable: plan.callable ?? (await callableFor(deps, plan, verified)),
    nextPlan: plan.nextPlan ?? (await nextStep(deps, plan, diagnosed)),
  };
  const line = patch.verified === plan.verified ? undefined : entry(deps, plan, press, 'verified', says);
  // Undoing or undone by now: its words are newer than these.
  await deps.plans.commit([{ id: plan.id, from: ['applied'], patch }], line);
  return (await deps.plans.find(plan.id)) ?? plan;
}

interface Judged {
  readonly verified: Verified;
  readonly says: string;
}

async function judge(deps: RemediationDeps, plan: PlanRecord, { diagnosis }: Diagnosed): Promise<Judged> {
  // A further offer of a cause is named `cause/name`.
  const [cause] = plan.cause.split('/');
  const verdict = diagnosis.verdicts.find((one) => one.cause === cause);
  if (verdict === undefined) return asWritten(deps, plan);
  const { outcome } = verdict;
  if (outcome === 'ruled-out') return { verified: 'ruled-out', says: `Asked again: ${verdict.says}` };
  if (outcome === 'unknown') return { verified: 'pending', says: `It could not be asked again yet: ${verdict.says}` };
  if (!deps.provable(plan.cause) || (outcome !== 'confirmed' && outcome !== 'suspected')) {
    const usual = 'Azure does not publish whether the gateway has it already. Make the call again in a moment to be sure.';
    return { verified: 'pending', says: deps.toBeSure?.(plan.cause) ?? usual };
  }
  return outcome === 'confirmed'
    ? { verified: 'still-confirmed', says: `Asked again, and it is still there: ${verdict.says}` }
    : { verified: 'still-suspected', says: `Asked again, and it is still suspected: ${verdict.says}` };
}

/** An offer without a cause is done when Azure has it. */
async function asWritten(deps: RemediationDeps, plan: PlanRecord): Promise<Judged> {
  const looks = await Promise.all(plan.shown.map((change) => deps.looker.look(change)));
  const unread = looks.find((look) => look.status === 'unreadable');
  return unread === undefined
    ? { verified: 'ruled-out', says: 'Azure has carried it out.' }
    : { verified: 'pending', says: `Azure has carried it out; it could not be read again: ${unread.says}` };
}

/** ISO 8601, or null when there is nothing more to ask: 5 s, 10 s, 20 s and so on, until the deadline. */
function nextCheck(deps: RemediationDeps, plan: PlanRecord, verified: Verified): string | null {
  const now = deps.clock();
  if (verified === 'ruled-out' || plan.checkUntil === null || now.toISOString() >= plan.checkUntil) return null;
  // What Azure cannot prove does not become provable by asking often: once more, at the end.
  if (!deps.provable(plan.cause)) return plan.checkUntil;
  const next = minutesFrom(now, Math.min(5, (5 / 60) * 2 ** plan.checks));
  if (next > plan.checkUntil) return plan.checkUntil;
  return next;
}

async function callableFor(deps: RemediationDeps, plan: PlanRecord, verified: Verified): Promise<string | null> {
  if (verified === 'ruled-out' || plan.checks > 0) return null;
  const found = await deps.callThrough.find(plan);
  return 'says' in found ? null : `${found.method} ${found.url}`;
}

/** The next step of a sequence, as an offer that stands as long as an undo would. */
async function nextStep(deps: RemediationDeps, plan: PlanRecord, { offers }: Diagnosed): Promise<string | null> {
  const id = deps.nextOffer(plan.cause);
  const offer = id === null ? undefined : offers.get(id);
  if (offer === undefined) return null;
  const { changes, ...rest } = offer;
  const { symptom, service, conversation, address, askedBy } = plan;
  const minutes = deps.limits.undoHours * 60;
  const input = { ...rest, shown: changes, symptom, service, conversation, address, who: askedBy, minutes };
  const record = { ...newRecord(deps, input), card: plan.card };
  await deps.plans.insert(record);
  return record.id;
}

/** Asks again when nobody presses. */
export async function verifyInBackground(deps: RemediationDeps, plan: PlanRecord): Promise<PlanRecord> {
  const press = { who: background, conversation: plan.conversation };
  const after = await verify(deps, plan, press);
  const over = after.nextCheckAt === null && after.verified !== 'ruled-out' && after.state === 'applied';
  if (!over) return after;
  const waited = `Asked again for ${deps.limits.verifyMinutes} minutes; nothing more is asked by itself.`;
  await deps.plans.commit([{ id: plan.id, from: ['applied'], patch: { says: `${after.says} ${waited}` } }]);
  return (await deps.plans.find(plan.id)) ?? after;
}
