// The life of a plan: offered, prepared, applied, undone. One verb a file; this one joins them. Works on Change[]; knows no cause.
import { apply } from './apply.ts';
import type { OfferInput, PlanRecord, Press, PressResult, Remediation } from './plan-record.ts';
import { prepare } from './prepare.ts';
import { finishIfLeft } from './recover.ts';
import { already, note, type RemediationDeps } from './steps.ts';
import { undo } from './undo.ts';

export function createRemediation(deps: RemediationDeps): Remediation {
  return {
    async offer(input) {
      deps.plans.forgetExpired(deps.clock());
      const record = newRecord(deps, input);
      deps.plans.insert(record);
      return record;
    },
    prepare: (id, press) => guarded(deps, id, press, (plan) => prepare(deps, plan, press)),
    apply: (id, press) => guarded(deps, id, press, (plan) => apply(deps, plan, press)),
    undo: (id, press) => guarded(deps, id, press, (plan) => undo(deps, plan, press)),
    cancel: (id, press) => guarded(deps, id, press, async (plan) => cancel(deps, plan, press)),
    async placed(id, card) {
      const plan = deps.plans.find(id);
      if (plan !== null) deps.plans.move(id, [plan.state], { card });
    },
    find: async (id) => deps.plans.find(id),
  };
}

function newRecord(deps: RemediationDeps, { who, conversation, ...offer }: OfferInput): PlanRecord {
  const now = deps.clock();
  return {
    ...offer,
    id: deps.newId(),
    state: 'offered',
    askedBy: who,
    confirmedBy: null,
    undoneBy: null,
    conversation,
    card: null,
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + deps.limits.planMinutes * 60_000).toISOString(),
    busySince: null,
    appliedAt: null,
    undoneAt: null,
    undoUntil: null,
    verified: null,
    says: '',
    audit: null,
  };
}

/** What every press has in common: the plan exists, belongs to this conversation, and this person may. */
async function guarded(
  deps: RemediationDeps,
  id: string,
  press: Press,
  act: (plan: PlanRecord) => Promise<PressResult>,
): Promise<PressResult> {
  deps.plans.forgetExpired(deps.clock());
  const plan = deps.plans.find(id);
  if (plan === null || plan.conversation !== press.conversation) {
    return {
      kind: 'unknown-plan',
      plan: null,
      says: 'This button does not belong to anything that is known here. Ask again to get a new one.',
    };
  }
  const why = deps.whyNot(press.who);
  if (why !== null) {
    note(deps, plan, press, 'refused', why);
    return { kind: 'not-allowed', plan, says: why };
  }
  return act(await finishIfLeft(deps, plan, press));
}

function cancel(deps: RemediationDeps, plan: PlanRecord, press: Press): PressResult {
  const says = `${press.who.name} cancelled it. Nothing was changed.`;
  if (!deps.plans.move(plan.id, ['offered', 'prepared'], { state: 'cancelled', says })) return already(deps, plan.id);
  note(deps, plan, press, 'cancelled', says);
  return { kind: 'cancelled', plan: deps.plans.find(plan.id), says };
}
