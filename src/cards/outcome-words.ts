// The headline of what a press led to. Colour only repeats what the words say.
import type { PlanRecord, PressResult, Verified } from '../remediation/plan-record.ts';
import { head } from './talk-cards.ts';

type Words = readonly [style: string, kicker: string];

const verifiedWords: Readonly<Record<Verified, Words>> = {
  'ruled-out': ['good', '✓ Mended and checked'],
  pending: ['accent', 'Done, not proven yet'],
  'still-confirmed': ['attention', 'Done, but the fault is still there'],
  'still-suspected': ['warning', 'Done, but the suspicion stays'],
};

const stateWords: Readonly<Record<Exclude<PlanRecord['state'], 'applied'>, Words>> = {
  offered: ['emphasis', 'Nothing is changed'],
  prepared: ['accent', 'Nothing is changed yet'],
  waiting: ['accent', 'Waiting for a second person'],
  applying: ['accent', 'Being done at this moment'],
  undoing: ['accent', 'Being undone at this moment'],
  undone: ['emphasis', '↩ Undone'],
  refused: ['warning', 'Nothing was changed'],
  cancelled: ['emphasis', 'Cancelled, nothing was changed'],
  failed: ['attention', 'It did not work'],
  uncertain: ['attention', 'It is not certain whether this was written'],
};

const refusals: Readonly<Partial<Record<PressResult['kind'], Words>>> = {
  expired: ['warning', 'Too late for this button'],
  stale: ['warning', 'Things have changed since'],
  'not-allowed': ['warning', 'Not allowed, nothing was changed'],
  failed: ['attention', 'It did not work'],
  'unknown-plan': ['warning', 'Nothing was changed'],
};

export function outcomeHead({ kind, plan }: PressResult): Readonly<Record<string, string>> {
  if (kind === 'cancelled' && plan?.state === 'applied') return head('emphasis', 'The undo was cancelled, nothing was changed', plan.label);
  const [style, kicker] = (plan?.state === 'uncertain' ? stateWords.uncertain : refusals[kind]) ?? wordsOf(plan);
  return head(style, kicker, plan?.label ?? 'I do not know this button');
}

/** A key made new, whatever was or was not wrong with it. */
export function isReplacement({ shown }: PlanRecord): boolean {
  return shown.length > 0 && shown.every(({ field }) => field.startsWith('!regenerate'));
}

function wordsOf(plan: PlanRecord | null): Words {
  if (plan === null) return stateWords.refused;
  if (plan.state !== 'applied') return stateWords[plan.state];
  if (plan.nextPlan !== null) return ['accent', 'The first of two steps is done'];
  // Without a cause there is nothing that was mended.
  if (plan.verified === 'ruled-out' && isReplacement(plan)) return ['good', '✓ Done'];
  return plan.verified === null ? ['accent', 'Done, being checked'] : verifiedWords[plan.verified];
}
