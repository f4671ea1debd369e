// The card for a plan, whatever has become of it: as the answer to a press, for everybody, and for one person alone.
import type { PlanRecord, PressResult } from '../remediation/plan-record.ts';
import type { Card } from './card.ts';
import { fitted } from './fit.ts';
import { type OutcomeView, outcomeCard } from './outcome-card.ts';
import { previewCard } from './preview-card.ts';

/** The card that answers a press. */
export function pressCard(view: OutcomeView): Card {
  const { kind, plan } = view.result;
  const open = plan !== null && (plan.state === 'prepared' || plan.state === 'waiting');
  if (open && (kind === 'preview' || kind === 'waiting' || kind === 'already')) return previewCard(plan);
  return fitted((limits) => outcomeCard(view, limits));
}

/** The card for how a plan stands, without a press. */
export function planCard(plan: PlanRecord, ask: string | null, next: PlanRecord | null): Card {
  return pressCard({ result: { kind: kindOf(plan), plan, says: plan.says }, ask, next });
}

function kindOf({ state }: PlanRecord): PressResult['kind'] {
  return state === 'undone' ? 'undone' : state === 'applied' ? 'applied' : 'already';
}

/** For a press that none of our buttons can have sent. */
export function strangeButtonCard(): Card {
  const says = 'I cannot read what this button sent. Nothing was changed.';
  return pressCard({ result: { kind: 'unknown-plan', plan: null, says }, ask: null, next: null });
}
