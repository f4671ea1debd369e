// Confirm: who may, whether a second person is needed, and whether what would be sent is what was shown. Then it is applied.
import { apply } from './apply.ts';
import type { PlanRecord, Press, PressResult } from './plan-record.ts';
import { already, entry, expired, minutesFrom, note, type RemediationDeps, refuse, samePerson, stale, whyNot } from './steps.ts';

export async function confirm(deps: RemediationDeps, plan: PlanRecord, press: Press, seen: string | null): Promise<PressResult> {
  if (plan.state !== 'prepared' && plan.state !== 'waiting') return already(deps, plan.id);
  const now = deps.clock().toISOString();
  if (plan.state === 'waiting' && now >= (plan.approvalUntil ?? '')) return tooLate(deps, plan, press);
  if (plan.state === 'prepared' && now >= plan.expiresAt) return expired(deps, plan, press);
  if (seen !== null && seen !== plan.digest) {
    const says = 'The plan has changed since this card was made, so nothing was sent. This is the plan as it is now.';
    await note(deps, plan, press, 'refused', says);
    return { kind: plan.state === 'waiting' ? 'waiting' : 'preview', plan, says };
  }
  return plan.secondPerson && !deps.singleOperator ? byTwo(deps, plan, press) : byOne(deps, plan, press);
}

async function byOne(deps: RemediationDeps, plan: PlanRecord, press: Press): Promise<PressResult> {
  const why = await whyNot(deps, plan, press, 'fix');
  if (why !== null) return refuse(deps, plan, press, why);
  return applyIfOpen(deps, plan, press);
}

/** One asks and another agrees: whoever pressed the fix's button or Confirm first asks, an approver who is somebody else agrees. */
async function byTwo(deps: RemediationDeps, plan: PlanRecord, press: Press): Promise<PressResult> {
  const asker = plan.state === 'waiting' ? plan.requestedBy : plan.preparedBy;
  const own = samePerson(asker, press.who);
  const notApprover = await whyNot(deps, plan, press, 'approve');
  if (!own && asker !== null && notApprover === null) return applyIfOpen(deps, plan, press, asker);
  if (plan.state === 'waiting') {
    const says = own
      ? 'You asked for this yourself, so somebody else has to agree. Nothing was changed.'
      : `This waits for a second person. ${notApprover ?? ''}`.trim();
    return refuse(deps, plan, press, says);
  }
  const notFixer = await whyNot(deps, plan, press, 'fix');
  if (notFixer !== null) return refuse(deps, plan, press, notFixer);
  const closed = whyClosed(deps, plan);
  return closed === null ? ask(deps, plan, press) : refuse(deps, plan, press, closed);
}

async function ask(deps: RemediationDeps, plan: PlanRecord, press: Press): Promise<PressResult> {
  const approvalUntil = minutesFrom(deps.clock(), deps.limits.approvalMinutes);
  const says = `${press.who.name} asks for this. It widens access or undoes a decision, so an approver who is somebody else has to agree.`;
  const patch = { state: 'waiting', requestedBy: press.who, approvalUntil, says } as const;
  const move = { id: plan.id, from: ['prepared'], patch, when: (kept: PlanRecord) => kept.digest === plan.digest } as const;
  if (!(await deps.plans.commit([move], entry(deps, plan, press, 'requested', says)))) return already(deps, plan.id);
  return { kind: 'waiting', plan: await deps.plans.find(plan.id), says };
}

function whyClosed({ lookOnly }: RemediationDeps, { service }: PlanRecord): string | null {
  return lookOnly(service)
    ? 'This service is look-only (LOCKSMITH_LOOK_ONLY): everything is shown, nothing is changed. Make the change by hand, or ask whoever runs Locksmith.'
    : null;
}

async function applyIfOpen(
  deps: RemediationDeps,
  plan: PlanRecord,
  press: Press,
  asker: PlanRecord['requestedBy'] = null,
): Promise<PressResult> {
  const closed = whyClosed(deps, plan);
  return closed === null ? apply(deps, plan, press, asker) : refuse(deps, plan, press, closed);
}

async function tooLate(deps: RemediationDeps, plan: PlanRecord, press: Press): Promise<PressResult> {
  return stale(deps, plan, press, silence(plan));
}

/** What a request says that nobody answered in time. */
export function silence({ requestedBy }: PlanRecord): string {
  return `Nobody agreed in time to what ${requestedBy?.name ?? 'somebody'} asked for, which counts as a no. Nothing was changed; look again to ask anew.`;
}
