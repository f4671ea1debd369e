// What every verb shares: its capabilities, the answers for a press that changes nothing, the audit line.
import type { Diagnosed } from '../diagnosis/diagnose.ts';
import type { Symptom } from '../symptom/symptom.ts';
import type { Person, PlanRecord, Press, PressResult } from './plan-record.ts';
import type { ArmWriter, AuditEntry, AuditLog, PlanStore } from './ports.ts';

export interface RemediationDeps {
  /** Asks the same question again, with fresh facts. */
  readonly rediagnose: (symptom: Symptom) => Promise<Diagnosed>;
  readonly writer: ArmWriter;
  readonly plans: PlanStore;
  readonly audit: AuditLog;
  readonly clock: () => Date;
  /** 128 random bits as text. */
  readonly newId: () => string;
  readonly limits: { readonly planMinutes: number; readonly undoHours: number };
  /** Why this person may not press fix buttons, as a sentence; null when they may. */
  readonly whyNot: (who: Person) => string | null;
  /** One person may confirm what otherwise needs a second one: practice estates, and where the configuration says so. */
  readonly singleOperator: boolean;
  /** A cause whose repair Azure cannot prove. */
  readonly provable: (cause: string) => boolean;
  /** What a person does to be sure of such a repair, where it is more than calling again. */
  readonly toBeSure?: (cause: string) => string | null;
}

const stateWords: Readonly<Record<PlanRecord['state'], string>> = {
  offered: 'It is only offered so far.',
  prepared: 'It is waiting for Confirm.',
  applying: 'It is being applied at this moment.',
  applied: 'It was applied before.',
  undoing: 'It is being undone at this moment.',
  undone: 'It was undone before.',
  refused: 'It was refused before.',
  cancelled: 'It was cancelled before.',
  failed: 'It failed before.',
  uncertain: 'Whether it was written is not certain.',
};

/** For a press that comes second: nothing changes, and it says what happened. */
export function already(deps: Pick<RemediationDeps, 'plans'>, id: string): PressResult {
  const plan = deps.plans.find(id);
  if (plan === null) return { kind: 'unknown-plan', plan: null, says: 'This button does not belong to anything that is known here.' };
  return { kind: 'already', plan, says: `${stateWords[plan.state]} This press changed nothing.${plan.says === '' ? '' : ` ${plan.says}`}` };
}

export function expired(deps: RemediationDeps, plan: PlanRecord, press: Press): PressResult {
  const says = 'This offer has expired. Nothing was changed; look again to get a fresh one.';
  if (!deps.plans.move(plan.id, ['offered', 'prepared'], { state: 'refused', says })) return already(deps, plan.id);
  note(deps, plan, press, 'refused', says);
  return { kind: 'expired', plan: deps.plans.find(plan.id), says };
}

/** Ends a plan that does not fit the present any more. */
export function stale(deps: RemediationDeps, plan: PlanRecord, press: Press, says: string): PressResult {
  deps.plans.move(plan.id, ['offered', 'prepared', 'applying'], { state: 'refused', says });
  note(deps, plan, press, 'refused', says);
  return { kind: 'stale', plan: deps.plans.find(plan.id), says };
}

/** One audit line, remembered as the plan's newest. */
export function note(
  deps: Pick<RemediationDeps, 'plans' | 'audit' | 'clock'>,
  plan: PlanRecord,
  press: Press,
  step: AuditEntry['step'],
  says: string,
  requestIds: readonly string[] = [],
): string {
  const id = deps.audit.append({
    at: deps.clock().toISOString(),
    step,
    plan: plan.id,
    cause: plan.cause,
    service: plan.service,
    who: press.who,
    conversation: press.conversation,
    changes: plan.shown,
    requestIds,
    says,
  });
  const current = deps.plans.find(plan.id);
  if (current !== null) deps.plans.move(plan.id, [current.state], { audit: id });
  return id;
}
