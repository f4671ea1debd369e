// What every verb shares: its capabilities, the answers for a press that changes nothing, the audit line.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Diagnosed } from '../diagnosis/diagnose.ts';
import type { Symptom } from '../symptom/symptom.ts';
import { auditChanges } from './audit-changes.ts';
import type { MissingRight, Person, PlannedChange, PlanRecord, PlanState, Press, PressResult } from './plan-record.ts';
import type { Access, Act, ActAs, ArmWriter, AuditEntry, AuditLog, CallThrough, FindImpact, PlanStore } from './ports.ts';

export interface RemediationDeps {
  /** Asks the same question again, with fresh facts, about this service and no other. */
  readonly rediagnose: (symptom: Symptom, service: string) => Promise<Diagnosed>;
  readonly actAs: ActAs;
  /** Reads with the bot's own rights: to settle what was left, when nobody presses. */
  readonly looker: Pick<ArmWriter, 'look'>;
  readonly findImpact: FindImpact;
  readonly callThrough: CallThrough;
  readonly missingRight: (action: string, change: PlannedChange) => MissingRight;
  readonly access: Access;
  /** A service that is never changed. */
  readonly lookOnly: (service: string) => boolean;
  readonly plans: PlanStore;
  readonly audit: AuditLog;
  readonly clock: () => Date;
  /** 128 random bits as text. */
  readonly newId: () => string;
  readonly limits: Limits;
  /** One person may confirm what otherwise needs a second one: the terminal's practice estates, and where the configuration says so. */
  readonly singleOperator: boolean;
  /** Whatever widens access needs two people, also where the offer itself does not ask for it. */
  readonly twoToWiden: boolean;
  /** A cause whose repair Azure cannot prove. */
  readonly provable: (cause: string) => boolean;
  /** What a person does to be sure of such a repair, where it is more than calling again. */
  readonly toBeSure?: (cause: string) => string | null;
  /** The offer that follows this one in a sequence; null for all others. */
  readonly nextOffer: (cause: string) => string | null;
  /** Told of what goes wrong when nobody presses. */
  readonly trouble?: (error: unknown) => void;
}

export interface Limits {
  readonly planMinutes: number;
  readonly approvalMinutes: number;
  readonly undoHours: number;
  /** For how long the rule is asked again after a fix. */
  readonly verifyMinutes: number;
  /** Longer than any process is at one change; after that it counts as stopped. */
  readonly leaseMs: number;
}

/** Whoever acts when nobody presses. */
export const background: Person = { id: 'locksmith', name: 'Locksmith', tenant: null };

const stateWords: Readonly<Record<PlanState, string>> = {
  offered: 'It is only offered so far.',
  prepared: 'It is waiting for Confirm.',
  waiting: 'It is waiting for a second person.',
  applying: 'It is being applied at this moment.',
  applied: 'It was applied before.',
  undoing: 'It is being undone at this moment.',
  undone: 'It was undone before.',
  refused: 'It was refused before.',
  cancelled: 'It was cancelled before.',
  failed: 'It failed before.',
  uncertain: 'Whether it was written is not certain.',
};

const unknownPlan: PressResult = {
  kind: 'unknown-plan',
  plan: null,
  says: 'This button does not belong to anything that is known here. Ask again to get a new one.',
};

/** How long a press waits for what another one has begun. */
const patienceMs = 25_000;

/** For a press that comes second: nothing changes, and it says what happened; what is being done is waited for. */
export async function already(deps: Pick<RemediationDeps, 'plans'>, id: string): Promise<PressResult> {
  const until = Date.now() + patienceMs;
  let plan = await deps.plans.find(id);
  while (plan !== null && isBeingDone(plan) && Date.now() < until) {
    await sleep(100);
    plan = await deps.plans.find(id);
  }
  if (plan === null) return unknownPlan;
  const says = `${stateWords[plan.state]} This press changed nothing.${plan.says === '' ? '' : ` ${plan.says}`}`;
  return { kind: 'already', plan: await shownInstead(deps, plan), says };
}

/**
 * The plan whose card is to be shown: of an undo that is over, or whose fix another undo took back, the fix. It is what still has buttons.
 */
export async function shownInstead(deps: Pick<RemediationDeps, 'plans'>, plan: PlanRecord): Promise<PlanRecord> {
  const fix = plan.undoes === null ? null : await deps.plans.find(plan.undoes);
  if (fix === null) return plan;
  const open = (plan.state === 'prepared' || plan.state === 'waiting') && fix.state === 'applied';
  return open || plan.state === 'applying' || plan.state === 'uncertain' ? plan : fix;
}

function isBeingDone({ state, kind, verified }: PlanRecord): boolean {
  return state === 'applying' || state === 'undoing' || (state === 'applied' && kind === 'fix' && verified === null);
}

export function nothingKnown(): PressResult {
  return unknownPlan;
}

/** This press may not; the plan stays as it is for those who may. */
export async function refuse(deps: RemediationDeps, plan: PlanRecord, press: Press, says: string): Promise<PressResult> {
  await note(deps, plan, press, 'refused', says);
  return { kind: 'not-allowed', plan, says };
}

export async function whyNot({ access }: RemediationDeps, plan: PlanRecord, press: Press, act: Act): Promise<string | null> {
  return access.whyNot(press.who, act, plan.service);
}

const notBegun: readonly PlanState[] = ['offered', 'prepared', 'waiting'];

export async function expired(deps: RemediationDeps, plan: PlanRecord, press: Press): Promise<PressResult> {
  const says = 'This offer has expired. Nothing was changed; look again to get a fresh one.';
  return ended(deps, plan, press, 'expired', says);
}

/** Ends a plan that does not fit the present any more. */
export async function stale(deps: RemediationDeps, plan: PlanRecord, press: Press, says: string): Promise<PressResult> {
  return ended(deps, plan, press, 'stale', says);
}

async function ended(deps: RemediationDeps, plan: PlanRecord, press: Press, kind: 'expired' | 'stale', says: string): Promise<PressResult> {
  const patch = { state: 'refused', says, approvalUntil: null } as const;
  const line = entry(deps, plan, press, 'refused', says);
  if (!(await deps.plans.commit([{ id: plan.id, from: notBegun, patch, changes: null }], line))) return already(deps, plan.id);
  const over = await deps.plans.find(plan.id);
  // An undo that is over leaves its fix as it was, with its Undo.
  if (over === null || over.undoes === null) return { kind, plan: over, says };
  return {
    kind: 'already',
    plan: await shownInstead(deps, over),
    says: says.replace('look again to get a fresh one', 'press Undo to get a fresh one'),
  };
}

/** A line of the audit as it will be written. */
export function entry(
  { clock }: Pick<RemediationDeps, 'clock'>,
  plan: PlanRecord,
  { who, conversation }: Press,
  step: AuditEntry['step'],
  says: string,
  requestIds: readonly string[] = [],
): AuditEntry {
  return {
    at: clock().toISOString(),
    step,
    plan: plan.id,
    cause: plan.cause,
    service: plan.service,
    who,
    conversation,
    digest: plan.digest,
    changes: auditChanges(plan.shown),
    requestIds,
    says,
  };
}

/** One audit line for something that changes no plan. */
export async function note(deps: RemediationDeps, plan: PlanRecord, press: Press, step: AuditEntry['step'], says: string): Promise<void> {
  await deps.audit.append(entry(deps, plan, press, step, says));
}

export function samePerson(a: Person | null, b: Person | null): boolean {
  return a !== null && b !== null && a.id.toLowerCase() === b.id.toLowerCase();
}

export function minutesFrom(now: Date, minutes: number): string {
  return new Date(now.getTime() + minutes * 60_000).toISOString();
}
