// The fix's button: asks again, makes the plan from what is true now, notes the ETags. The preview shows exactly what would be sent.
import type { Change } from '../causes/contract.ts';
import { reveal } from '../snapshot/sealed.ts';
import { stillAsPlanned } from './compare.ts';
import { digestOf } from './digest.ts';
import { isInside } from './made-again.ts';
import type { PlannedChange, PlanRecord, Press, PressResult } from './plan-record.ts';
import type { ArmWriter } from './ports.ts';
import { already, entry, expired, minutesFrom, type RemediationDeps, refuse, stale, whyNot } from './steps.ts';

export async function prepare(deps: RemediationDeps, plan: PlanRecord, press: Press): Promise<PressResult> {
  const why = await whyNot(deps, plan, press, 'fix');
  if (why !== null) return refuse(deps, plan, press, why);
  if (plan.kind === 'undo' || (plan.state !== 'offered' && plan.state !== 'prepared')) return already(deps, plan.id);
  if (deps.clock().toISOString() >= plan.expiresAt) return expired(deps, plan, press);

  const { offers, diagnosis, plans } = await deps.rediagnose(plan.symptom, plan.service);
  const offer = offers.get(plan.cause);
  const fresh = plans.get(plan.cause);
  if (offer === undefined || fresh === undefined || !isInside(plan.service, fresh.changes)) {
    const now = diagnosis.verdicts.find((one) => one.cause === plan.cause.split('/')[0])?.says ?? '';
    return stale(deps, plan, press, `Things have changed since this was offered, so nothing was changed. ${now}`.trim());
  }

  const shown = offer.changes;
  const [planned, impact] = await Promise.all([planAgainstNow(deps.looker, fresh.changes), deps.findImpact(shown, plan.service)]);
  if ('unread' in planned) return { kind: 'failed', plan, says: `The plan could not be made: ${planned.unread} Nothing was changed.` };
  if ('moved' in planned) return stale(deps, plan, press, 'The resource changed while the plan was made. Nothing was changed; look again.');

  const { label, consequence, permission, undo } = offer;
  const secondPerson = offer.secondPerson || (deps.twoToWiden && impact.wider !== null);
  const patch = { state: 'prepared', label, consequence, permission, undo, secondPerson, shown, impact, says: '' } as const;
  const digest = digestOf({ ...plan, ...patch }, planned.changes);
  const next = { ...patch, digest, preparedBy: press.who, expiresAt: minutesFrom(deps.clock(), deps.limits.planMinutes) };
  const line = entry(deps, { ...plan, ...next }, press, 'prepared', `${press.who.name} looked at the plan.`);
  const move = { id: plan.id, from: ['offered', 'prepared'], patch: next, changes: planned.changes } as const;
  if (!(await deps.plans.commit([move], line))) return already(deps, plan.id);
  return { kind: 'preview', plan: await deps.plans.find(plan.id), says: offer.consequence };
}

type Planned = { readonly changes: readonly PlannedChange[] } | { readonly unread: string } | { readonly moved: true };

async function planAgainstNow(looker: Pick<ArmWriter, 'look'>, changes: readonly Change[]): Promise<Planned> {
  const planned: PlannedChange[] = [];
  for (const change of changes) {
    const look = await looker.look(change);
    if (look.status === 'unreadable') return { unread: look.says };
    const real = revealed(change);
    if (real === null || !wasPlanned(real, look.value.value)) return { moved: true };
    planned.push({ ...real, etag: look.value.etag });
  }
  return { changes: planned };
}

function wasPlanned(change: Change, now: unknown): boolean {
  return change.field === '' ? (change.before === null) === (now === null) : stillAsPlanned(change.before, now);
}

// A plan that was read back from a file has no secrets left to send.
function revealed(change: Change): Change | null {
  const [before, after] = [reveal(change.before), reveal(change.after)];
  return before === undefined || after === undefined ? null : { ...change, before, after };
}
