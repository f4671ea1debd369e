// What is due when nobody presses: requests that nobody answered, plans that a stopped process left, rules to ask again.
// Several processes may do this at once: each step is taken by one of them.
import { cardBehind, isNews } from './card-behind.ts';
import { callAgain } from './check-call.ts';
import { silence } from './confirm.ts';
import type { PlanRecord } from './plan-record.ts';
import { settleByReading, wasLeft } from './recover.ts';
import { background, entry, minutesFrom, type RemediationDeps } from './steps.ts';
import { verifyInBackground } from './verify.ts';

/** Does what is due; the plans whose cards say something else from now on, and those whose cards stayed behind. */
export async function work(deps: RemediationDeps, which: (plan: PlanRecord) => boolean = () => true): Promise<readonly PlanRecord[]> {
  await deps.plans.forgetExpired(deps.clock());
  const changed: PlanRecord[] = [];
  for (const plan of (await deps.plans.open()).filter(which)) {
    try {
      const after = await tend(deps, plan);
      if (after !== null && isNews(plan, after)) changed.push(await shownFor(deps, after));
      else changed.push(...[await cardBehind(deps, plan)].filter((behind) => behind !== null));
    } catch (error) {
      // One plan that cannot be worked on must not keep the others waiting.
      deps.trouble?.(error);
    }
  }
  return changed;
}

async function tend(deps: RemediationDeps, plan: PlanRecord): Promise<PlanRecord | null> {
  const now = deps.clock().toISOString();
  if (plan.state === 'applying') return wasLeft(deps, plan) ? settleByReading(deps, plan) : null;
  if (plan.state === 'waiting') return now >= (plan.approvalUntil ?? '') ? nobodyAgreed(deps, plan) : null;
  // A fix is in doubt where its undo is: reading for that one tells of both.
  if (plan.state === 'uncertain' && !wasLeft(deps, plan)) return null;
  if (plan.nextCheckAt === null || now < plan.nextCheckAt || !(await claim(deps, plan))) return null;
  if (plan.state === 'uncertain') return settleByReading(deps, plan);
  if (plan.state !== 'applied') return null;
  return plan.checkCall?.status === 401 ? callAgain(deps, plan) : verifyInBackground(deps, plan);
}

/** Takes what is due, so that no other process does it as well; should this one end, it is due again a while later. */
async function claim(deps: RemediationDeps, plan: PlanRecord): Promise<boolean> {
  const patch = { nextCheckAt: minutesFrom(deps.clock(), 2) };
  return deps.plans.commit([{ id: plan.id, from: [plan.state], patch, when: (kept) => kept.nextCheckAt === plan.nextCheckAt }]);
}

async function nobodyAgreed(deps: RemediationDeps, plan: PlanRecord): Promise<PlanRecord | null> {
  const says = silence(plan);
  const patch = { state: 'refused', says, approvalUntil: null } as const;
  const line = entry(deps, plan, { who: background, conversation: plan.conversation }, 'refused', says);
  const done = await deps.plans.commit([{ id: plan.id, from: ['waiting'], patch, changes: null }], line);
  return done ? deps.plans.find(plan.id) : null;
}

/** The card shows the fix, also when it was its undo that went on. */
async function shownFor(deps: RemediationDeps, plan: PlanRecord): Promise<PlanRecord> {
  return (plan.undoes === null ? null : await deps.plans.find(plan.undoes)) ?? plan;
}
