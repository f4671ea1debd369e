// Look again: the same question, asked afresh, in the same message.
import { forgottenCard, notForYouCard } from '../cards/talk-cards.ts';
import type { ConversationDeps } from './deps.ts';
import { look, show } from './look.ts';
import type { Card, Turn } from './ports.ts';
import { whyNotLook } from './rights.ts';

export async function lookAgain(deps: ConversationDeps, turn: Turn, id: string): Promise<Card> {
  const ask = deps.asks.find(id, turn.room.id, turn.now());
  if (ask === null) return forgottenCard();
  // Nothing is looked up for somebody without a role, and nobody's card is taken away by their press.
  const why = await whyNotLook(deps, turn.who);
  if (why !== null) return notForYouCard(why);
  const seen = await look(deps, turn, ask);
  await show(deps, turn, ask, seen).catch((error: unknown) => deps.log.error({ error }, 'a card could not be replaced'));
  return seen.own;
}
