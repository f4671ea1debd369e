// Confirm: who may, whether a second person is needed, and whether what would be sent is what was shown. Then it is applied.
import { apply, type Pair } from './apply.ts';
import type { Person, PlanRecord, Press, PressResult } from './plan-record.ts';
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

/** Two different people press Confirm; one of them may fix, the other may agree, and both still may when the second one presses. */
async function byTwo(deps: RemediationDeps, plan: PlanRecord, press: Press): Promise<PressResult> {
  const [notFixer, notApprover] = [await whyNot(deps, plan, press, 'fix'), await whyNot(deps, plan, press, 'approve')];
  const first = plan.state === 'waiting' ? plan.requestedBy : null;
  if (notFixer !== null && notApprover !== null) return refuse(deps, plan, press, first === null ? notFixer : notApprover);
  if (samePerson(first, press.who)) {
    // Teams delivers a press up to four times: that is no second person, and nothing to refuse.
    return { kind: 'waiting', plan, says: 'You pressed Confirm already; somebody else has to press it too. Nothing was changed.' };
  }
  if (first === null) {
    const closed = whyClosed(deps, plan);
    return closed === null ? ask(deps, plan, press) : refuse(deps, plan, press, closed);
  }
  const pair = await pairOf(deps, plan, first, press);
  if (pair !== null) return applyIfOpen(deps, plan, press, pair);
  const why = notApprover ?? `${first.name}, who asked for it, may not any more.`;
  return refuse(deps, plan, press, `This waits for a second person who may agree. ${why}`);
}

async function pairOf(deps: RemediationDeps, plan: PlanRecord, first: Person, { who, conversation }: Press): Promise<Pair | null> {
  const may = async (person: Person, act: 'fix' | 'approve'): Promise<boolean> =>
    (await whyNot(deps, plan, { who: person, conversation }, act)) === null;
  if ((await may(first, 'fix')) && (await may(who, 'approve'))) return { asker: first, approver: who };
  if ((await may(who, 'fix')) && (await may(first, 'approve'))) return { asker: who, approver: first };
  return null;
}

async function ask(deps: RemediationDeps, plan: PlanRecord, press: Press): Promise<PressResult> {
  const approvalUntil = minutesFrom(deps.clock(), deps.limits.approvalMinutes);
  const says = `${press.who.name} asks for this. It widens access or undoes a decision, so somebody else has to confirm it too; one of the two has to be an approver.`;
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

async function applyIfOpen(deps: RemediationDeps, plan: PlanRecord, press: Press, pair: Pair | null = null): Promise<PressResult> {
  const closed = whyClosed(deps, plan);
  return closed === null ? apply(deps, plan, press, pair) : refuse(deps, plan, press, closed);
}

async function tooLate(deps: RemediationDeps, plan: PlanRecord, press: Press): Promise<PressResult> {
  return stale(deps, plan, press, silence(plan));
}

/** What a request says that nobody answered in time. */
export function silence({ requestedBy }: PlanRecord): string {
  return `Nobody agreed in time to what ${requestedBy?.name ?? 'somebody'} asked for, which counts as a no. Nothing was changed; look again to ask anew.`;
}
