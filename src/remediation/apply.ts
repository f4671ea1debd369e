// Confirm: one press wins, the changes go out with If-Match, and the same question is asked again.
import type { PlanRecord, Press, PressResult, Verified } from './plan-record.ts';
import { type Sent, send } from './send.ts';
import { already, expired, note, type RemediationDeps, stale } from './steps.ts';

export async function apply(deps: RemediationDeps, plan: PlanRecord, press: Press): Promise<PressResult> {
  if (plan.state !== 'prepared') return already(deps, plan.id);
  if (deps.clock().toISOString() >= plan.expiresAt) return expired(deps, plan, press);
  if (plan.secondPerson && !deps.singleOperator) {
    const says =
      'This widens access or undoes a decision, so a second person has to agree, and roles are not set up here yet. Nothing was changed.';
    note(deps, plan, press, 'refused', says);
    return { kind: 'not-allowed', plan, says };
  }
  const changes = deps.plans.changesOf(plan.id);
  if (changes === null) return expired(deps, plan, press);
  if (!deps.plans.move(plan.id, ['prepared'], { state: 'applying', confirmedBy: press.who, busySince: deps.clock().toISOString() }))
    return already(deps, plan.id);
  note(deps, plan, press, 'confirmed', `${press.who.name} confirmed it.`);

  const sent = await send(deps.writer, changes);
  if (sent.done.length === 0) return notApplied(deps, plan, press, sent);

  const now = deps.clock();
  const undoUntil = plan.undo === null ? null : new Date(now.getTime() + deps.limits.undoHours * 3_600_000).toISOString();
  const partly = sent.stopped === null ? '' : ` Only ${sent.done.length} of ${changes.length} changes went through: ${wordsFor(sent)}`;
  const done = `${press.who.name} applied it.${partly}`;
  deps.plans.keepChanges(plan.id, sent.done);
  deps.plans.move(plan.id, ['applying'], { state: 'applied', appliedAt: now.toISOString(), undoUntil, says: done });
  note(deps, plan, press, 'applied', done, sent.requestIds);

  const { verified, says } = await verify(deps, plan);
  deps.plans.move(plan.id, ['applied', 'undoing', 'undone'], { verified });
  const current = deps.plans.find(plan.id);
  if (current?.state === 'applied') deps.plans.move(plan.id, ['applied'], { says: `${done} ${says}` });
  note(deps, plan, press, 'verified', says);
  return { kind: 'applied', plan: deps.plans.find(plan.id), says: `${done} ${says}` };
}

function notApplied(deps: RemediationDeps, plan: PlanRecord, press: Press, sent: Sent): PressResult {
  if (sent.stopped?.kind === 'stale') {
    return stale(deps, plan, press, 'Somebody changed the resource since this plan was shown, so nothing was changed. Look again.');
  }
  const says = wordsFor(sent);
  const state = sent.stopped?.kind === 'uncertain' ? 'uncertain' : 'failed';
  deps.plans.move(plan.id, ['applying'], { state, says });
  note(deps, plan, press, 'failed', says, sent.requestIds);
  return { kind: sent.stopped?.kind === 'refused' ? 'not-allowed' : 'failed', plan: deps.plans.find(plan.id), says };
}

/** What stopped the sending, as a sentence. */
export function wordsFor({ stopped }: Sent): string {
  switch (stopped?.kind) {
    case 'refused':
      return `Azure did not allow it: the permission ${stopped.action} is missing. Nothing was changed.`;
    case 'failed':
      return stopped.says;
    case 'uncertain':
      return `${stopped.says} Whether it was written could not be found out; look again before trying again.`;
    case 'stale':
      return 'Somebody changed the resource meanwhile.';
    default:
      return '';
  }
}

/** Verified means asked again: collect afresh, run the same rule. */
async function verify(deps: RemediationDeps, plan: PlanRecord): Promise<{ readonly verified: Verified; readonly says: string }> {
  const { diagnosis } = await deps.rediagnose(plan.symptom);
  const verdict = diagnosis.verdicts.find((one) => one.cause === plan.cause);
  const outcome = verdict?.outcome;
  if (outcome === 'ruled-out') return { verified: 'ruled-out', says: `Asked again: ${verdict?.says ?? 'it is ruled out now.'}` };
  if (!deps.provable(plan.cause) || (outcome !== 'confirmed' && outcome !== 'suspected')) {
    return {
      verified: 'pending',
      says:
        deps.toBeSure?.(plan.cause) ??
        'Azure does not publish whether the gateway has it already. Make the call again in a moment to be sure.',
    };
  }
  return outcome === 'confirmed'
    ? { verified: 'still-confirmed', says: `Asked again, and it is still there: ${verdict?.says ?? ''}` }
    : { verified: 'still-suspected', says: `Asked again, and it is still suspected: ${verdict?.says ?? ''}` };
}
