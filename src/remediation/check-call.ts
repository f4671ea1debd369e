// One call through the gateway, because somebody agreed to it: the only proof there is where Azure publishes none.
import type { CheckCall, PlanRecord, Press, PressResult } from './plan-record.ts';
import { background, entry, minutesFrom, note, type RemediationDeps, refuse, whyNot } from './steps.ts';

export async function check(deps: RemediationDeps, plan: PlanRecord, press: Press): Promise<PressResult> {
  const why = await whyNot(deps, plan, press, 'fix');
  if (why !== null) return refuse(deps, plan, press, why);
  if (plan.state !== 'applied' || plan.kind === 'undo') {
    return { kind: 'already', plan, says: 'There is nothing to try out: the fix is not in place.' };
  }
  if (plan.callable === null) return { kind: 'already', plan, says: 'There is no call to make: none was named on this card.' };
  return call(deps, plan, press);
}

/** The same call again, as its consent still stands: until it goes through, or the time is over. */
export async function callAgain(deps: RemediationDeps, plan: PlanRecord): Promise<PlanRecord> {
  const { plan: after } = await call(deps, plan, { who: background, conversation: plan.conversation });
  return after ?? plan;
}

async function call(deps: RemediationDeps, plan: PlanRecord, press: Press): Promise<PressResult> {
  const answer = await deps.callThrough.call(plan);
  if ('says' in answer) {
    const says = `The call was not made: ${answer.says}`;
    await note(deps, plan, press, 'failed', says);
    await deps.plans.commit([{ id: plan.id, from: ['applied'], patch: { callable: null, nextCheckAt: null } }]);
    return { kind: 'failed', plan: await deps.plans.find(plan.id), says };
  }
  const now = deps.clock();
  const calls = (plan.checkCall?.calls ?? 0) + 1;
  const made: CheckCall = { ...answer, by: plan.checkCall?.by ?? press.who, at: now.toISOString(), calls };
  const words = wordsOf(made);
  const says = `${plan.done ?? ''} ${words}`.trim();
  const works = made.status !== null && isSuccess(made.status);
  const over = plan.checkUntil === null || now.toISOString() >= plan.checkUntil;
  const patch = {
    checkCall: made,
    says,
    verified: works ? ('ruled-out' as const) : plan.verified,
    nextCheckAt: works || over ? null : next(plan, made, now),
  };
  await deps.plans.commit([{ id: plan.id, from: ['applied'], patch }], entry(deps, plan, press, 'called', words));
  return { kind: 'checked', plan: await deps.plans.find(plan.id), says };
}

/** Only a 401 gets another call: it may be the gateway that is late. Otherwise the rule is asked again when it would have been. */
function next({ nextCheckAt, checkUntil }: PlanRecord, { status, calls }: CheckCall, now: Date): string | null {
  if (status === 401) return minutesFrom(now, Math.min(2, (5 / 60) * 2 ** calls));
  return nextCheckAt !== null && nextCheckAt > now.toISOString() ? nextCheckAt : checkUntil;
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function wordsOf({ method, url, status, calls }: CheckCall): string {
  const made = calls === 1 ? `Called ${method} ${url} through the gateway:` : `Called ${method} ${url} ${calls} times:`;
  if (status === null) return `${made} no answer came.`;
  if (status === 401) return `${made} still 401. The gateway may need some minutes.`;
  if (isSuccess(status)) return `${made} ${status}, not 401 any more.`;
  // A redirect, a missing path, a limit or a fault is answered without a look at the key as well as after it.
  if (status < 400 || status === 404 || status === 429 || status >= 500) return `${made} ${status}. That tells nothing about the key.`;
  return `${made} ${status}. That is no 401, and no proof either that the key is accepted.`;
}
