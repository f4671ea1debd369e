// "waiting": what waits for a second person in this conversation. An edited card notifies nobody, and scrolls away.
import { notForYouCard, nothingWaitsCard } from '../cards/talk-cards.ts';
import { waitingCard } from '../cards/waiting-card.ts';
import type { PlanRecord } from '../remediation/plan-record.ts';
import type { ConversationDeps } from './deps.ts';
import type { Places } from './places.ts';
import type { Turn } from './ports.ts';
import { audienceOf, cardForAll, mayPress, whyNotLook } from './rights.ts';

/** `nth`: 1 is the newest; past the end it is the oldest. */
export async function showWaiting(deps: ConversationDeps, places: Places, turn: Turn, nth: number): Promise<void> {
  const refused = await whyNotLook(deps, turn.who);
  if (refused !== null) {
    await turn.reply(notForYouCard(refused));
    return;
  }
  const all = await visibleTo(deps, turn, await deps.remediation.waiting(turn.room.id));
  const at = Math.min(nth, all.length);
  const plan = all[at - 1];
  if (plan === undefined) {
    await turn.reply(nothingWaitsCard(turn.room.kind === 'channel'));
    return;
  }
  const card = waitingCard(plan, { at, of: all.length });
  const buttons = await mayPress(deps, turn.who, plan);
  const audience = await audienceOf(turn, buttons);
  const message = await turn.reply(cardForAll(audience, card, { plan: plan.id }));
  // A channel that names no message cannot edit it either.
  if (message === '') return;
  const place = { message, address: turn.address, buttons };
  places.also(plan, place);
  places.keepAudience(plan, place, audience);
}

async function visibleTo({ access }: ConversationDeps, { who }: Turn, plans: readonly PlanRecord[]): Promise<readonly PlanRecord[]> {
  const refusals = await Promise.all(plans.map(({ service }) => access.whyNot(who, 'look', service)));
  return plans.filter((_plan, index) => refusals[index] === null);
}
