// One call through the gateway, because somebody agreed to it: the only proof there is where Azure publishes none.
import type { CheckCall, PlanRecord, Press, PressResult } from './plan-record.ts';
import { background, entry, minutesFrom, note, type RemediationDeps, refuse, whyNot } from './steps.ts';

export async function check(deps: RemediationDeps, plan: PlanRecord, press: Press): Promise<PressResult> {
  const why = await whyNot(deps, plan, press, 'fix');
  if (why !== null) return refuse(deps, plan, press, why);
  if (plan.state !== 'applied' || plan.kind === 'undo') {
    return { kind: 'already', plan, says: 'There is nothing to try out: the fix is not in place.' };
  }
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
  const works = made.status !== null && made.status !== 401;
  const over = plan.checkUntil === null || now.toISOString() >= plan.checkUntil;
  const patch = {
    checkCall: made,
    says,
    verified: works ? ('ruled-out' as const) : plan.verified,
    nextCheckAt: works || over ? null : minutesFrom(now, Math.min(2, (5 / 60) * 2 ** calls)),
  };
  await deps.plans.commit([{ id: plan.id, from: ['applied'], patch }], entry(deps, plan, press, 'called', words));
  return { kind: 'checked', plan: await deps.plans.find(plan.id), says };
}

function wordsOf({ method, url, status, calls }: CheckCall): string {
  const made = calls === 1 ? `Called ${method} ${url} through the gateway:` : `Called ${method} ${url} ${calls} times:`;
  if (status === null) return `${made} no answer came.`;
  if (status === 401) return `${made} still 401. The gateway may need some minutes.`;
  const beyond = status >= 400 ? ' The key is accepted; that answer has another reason.' : '';
  return `${made} ${status}, not 401 any more.${beyond}`;
}
