// The fix's button: asks again, makes the plan from what is true now, notes the ETags. The preview shows exactly what would be sent.
import type { Change } from '../causes/contract.ts';
import { reveal, shownOf } from '../snapshot/sealed.ts';
import { stillAsPlanned } from './compare.ts';
import type { PlannedChange, PlanRecord, Press, PressResult } from './plan-record.ts';
import { already, expired, note, type RemediationDeps, stale } from './steps.ts';

export async function prepare(deps: RemediationDeps, plan: PlanRecord, press: Press): Promise<PressResult> {
  if (plan.state !== 'offered' && plan.state !== 'prepared') return already(deps, plan.id);
  if (deps.clock().toISOString() >= plan.expiresAt) return expired(deps, plan, press);

  const { diagnosis, plans } = await deps.rediagnose(plan.symptom);
  const verdict = diagnosis.verdicts.find((one) => one.cause === plan.cause);
  const fresh = plans.get(plan.cause);
  if (verdict === undefined || fresh === undefined || verdict.fix === null) {
    const now = verdict?.says ?? '';
    return stale(deps, plan, press, `Things have changed since this was offered, so nothing was changed. ${now}`.trim());
  }

  const planned: PlannedChange[] = [];
  for (const change of fresh.changes) {
    const look = await deps.writer.look(change);
    if (look.status === 'unreadable')
      return { kind: 'failed', plan, says: `The plan could not be made: ${look.says} Nothing was changed.` };
    const real = revealed(change);
    if (real === null || !wasPlanned(real, look.value.value)) {
      return stale(deps, plan, press, 'The resource changed while the plan was made. Nothing was changed; look again.');
    }
    planned.push({ ...real, etag: look.value.etag });
  }

  const { label, consequence, permission, undo, secondPerson } = verdict.fix;
  const shown = fresh.changes.map((change): Change => ({ ...change, before: shownOf(change.before), after: shownOf(change.after) }));
  const expiresAt = new Date(deps.clock().getTime() + deps.limits.planMinutes * 60_000).toISOString();
  deps.plans.keepChanges(plan.id, planned);
  const moved = deps.plans.move(plan.id, ['offered', 'prepared'], {
    state: 'prepared',
    label,
    consequence,
    permission,
    undo,
    secondPerson,
    shown,
    expiresAt,
    says: '',
  });
  if (!moved) return already(deps, plan.id);
  note(deps, { ...plan, shown }, press, 'prepared', `${press.who.name} looked at the plan.`);
  return { kind: 'preview', plan: deps.plans.find(plan.id), says: verdict.says };
}

function wasPlanned(change: Change, now: unknown): boolean {
  return change.field === '' ? (change.before === null) === (now === null) : stillAsPlanned(change.before, now);
}

// A plan that was read back from a file has no secrets left to send.
function revealed(change: Change): Change | null {
  const [before, after] = [reveal(change.before), reveal(change.after)];
  return before === undefined || after === undefined ? null : { ...change, before, after };
}
