// Somebody presses a button of a plan. The card answers whoever pressed, and replaces the message for everybody.
import { pressCard } from '../cards/plan-cards.ts';
import type { Press, PressResult, Remediation } from '../remediation/plan-record.ts';
import type { ConversationDeps } from './deps.ts';
import type { Card, Turn } from './ports.ts';
import type { Pressed } from './press-data.ts';

type PlanPress = Extract<Pressed, { plan: string }>;

export async function pressPlan(deps: ConversationDeps, turn: Turn, { verb, plan }: PlanPress): Promise<Card> {
  const result = await act(deps.remediation, verb, plan, { who: turn.who, conversation: turn.room.id });
  const ask = deps.asks.ofPlan(plan, turn.room.id, turn.now());
  const card = pressCard(result, ask?.id ?? null);
  const message = result.plan?.card ?? ask?.card ?? '';
  if (message !== '' && isForEverybody(result)) {
    // Whoever pressed has the card already; that others see the old one must not turn the answer into an error.
    await turn.replaceCard(message, card).catch((error: unknown) => deps.log.error({ error }, 'a card could not be replaced'));
  }
  return card;
}

function act(remediation: Remediation, verb: PlanPress['verb'], plan: string, press: Press): Promise<PressResult> {
  switch (verb) {
    case 'fix':
      return remediation.prepare(plan, press);
    case 'confirm':
      return remediation.apply(plan, press);
    case 'cancel':
      return remediation.cancel(plan, press);
    case 'undo':
      return remediation.undo(plan, press);
  }
}

/**
 * Not the refusal of one person, whose press must not take the buttons from those who may; and not the answer to a
 * second press while the first is at work, which would come to lie on top of the result.
 */
function isForEverybody({ kind, plan }: PressResult): boolean {
  if (plan === null) return false;
  if (kind === 'not-allowed') return plan.state === 'failed' || plan.state === 'refused';
  if (kind !== 'already') return true;
  return plan.state !== 'applying' && plan.state !== 'undoing' && !(plan.state === 'applied' && plan.verified === null);
}
