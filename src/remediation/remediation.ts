// The life of a plan: offered, prepared, agreed to, applied, undone. One verb a file; this one joins them. Works on Change[]; knows no cause.
import { cardShown } from './card-behind.ts';
import { check } from './check-call.ts';
import { confirm } from './confirm.ts';
import { newRecord } from './new-record.ts';
import type { PlanRecord, Press, PressResult, Remediation } from './plan-record.ts';
import { prepare } from './prepare.ts';
import { settleByReading, wasLeft } from './recover.ts';
import { already, entry, note, nothingKnown, type RemediationDeps, refuse, whyNot } from './steps.ts';
import { undo } from './undo.ts';
import { createUnknownPresses } from './unknown-press.ts';
import { work } from './work.ts';

type Joined = RemediationDeps & { readonly unknownPress: ReturnType<typeof createUnknownPresses> };

export function createRemediation(given: RemediationDeps): Remediation {
  const deps: Joined = { ...given, unknownPress: createUnknownPresses(given) };
  return {
    async offer(input) {
      await deps.plans.forgetExpired(deps.clock());
      const record = newRecord(deps, input);
      await deps.plans.insert(record);
      return record;
    },
    prepare: (id, press) => guarded(deps, id, press, (plan) => prepare(deps, plan, press)),
    confirm: (id, press, seen) => guarded(deps, id, press, (plan) => confirm(deps, plan, press, seen)),
    undo: (id, press) => guarded(deps, id, press, (plan) => undo(deps, plan, press)),
    check: (id, press) => guarded(deps, id, press, (plan) => check(deps, plan, press)),
    cancel: (id, press) => guarded(deps, id, press, (plan) => cancel(deps, plan, press)),
    async refused(id, press, says) {
      const plan = await deps.plans.find(id);
      if (plan !== null) await note(deps, plan, press, 'refused', says);
    },
    async placed(id, card) {
      const plan = await deps.plans.find(id);
      if (plan !== null) await deps.plans.commit([{ id, from: [plan.state], patch: { card } }]);
    },
    cardShown: (plan) => cardShown(deps, plan),
    find: (id) => deps.plans.find(id),
    async waiting(conversation) {
      const now = deps.clock().toISOString();
      const open = await deps.plans.open();
      const here = open.filter((plan) => plan.state === 'waiting' && plan.conversation === conversation && now < endOf(plan));
      return here.sort((one, other) => endOf(other).localeCompare(endOf(one)));
    },
    work: (which) => work(deps, which),
  };
}

/** What every press has in common: the plan exists, belongs to this conversation, and was not left by a process that ended. */
async function guarded(deps: Joined, id: string, press: Press, act: (plan: PlanRecord) => Promise<PressResult>): Promise<PressResult> {
  await deps.plans.forgetExpired(deps.clock());
  const plan = await deps.plans.find(id);
  if (plan === null) {
    await deps.unknownPress(id, press);
    return nothingKnown();
  }
  if (plan.conversation !== press.conversation) {
    await note(deps, plan, press, 'refused', 'Pressed in another conversation than the one it was made for.');
    return {
      ...nothingKnown(),
      says: 'This card belongs to another conversation, so its buttons do nothing here. Paste the 401 here to ask anew.',
    };
  }
  return act(wasLeft(deps, plan) ? await settleByReading(deps, plan) : plan);
}

/** Each request waits equally long, so the newest ends last. */
function endOf({ approvalUntil }: PlanRecord): string {
  return approvalUntil ?? '';
}

/** A no, of whoever may say it: those who may fix, those who may agree. An undo that is cancelled leaves its fix as it is. */
async function cancel(deps: RemediationDeps, plan: PlanRecord, press: Press): Promise<PressResult> {
  const why = await whyNot(deps, plan, press, 'fix');
  if (why !== null && (await whyNot(deps, plan, press, 'approve')) !== null) return refuse(deps, plan, press, why);
  const says = `${press.who.name} ${plan.state === 'waiting' ? 'said no' : 'cancelled it'}. Nothing was changed.`;
  const patch = { state: 'cancelled', approvalUntil: null, says } as const;
  const move = { id: plan.id, from: ['offered', 'prepared', 'waiting'], patch, changes: null } as const;
  if (!(await deps.plans.commit([move], entry(deps, plan, press, 'cancelled', says)))) return already(deps, plan.id);
  const fix = plan.undoes === null ? null : await deps.plans.find(plan.undoes);
  return { kind: 'cancelled', plan: fix ?? (await deps.plans.find(plan.id)), says };
}
