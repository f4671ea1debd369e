// Look again: the same question, asked afresh, in the same message.
import { forgottenCard, notForYouCard } from '../cards/talk-cards.ts';
import type { ConversationDeps } from './deps.ts';
import { look, show } from './look.ts';
import type { Card, Turn } from './ports.ts';

export async function lookAgain(deps: ConversationDeps, turn: Turn, id: string): Promise<Card> {
  const ask = deps.asks.find(id, turn.room.id, turn.now());
  if (ask === null) return forgottenCard();
  // Nothing is looked up for somebody without a role, and nobody's card is taken away by their press.
  const [service] = deps.services;
  if (service !== undefined && (await deps.access.visible(turn.who, deps.services)).length === 0) {
    return notForYouCard((await deps.access.whyNot(turn.who, 'look', service)) ?? 'You have no role here.');
  }
  const seen = await look(deps, turn, ask);
  await show(deps, turn, ask, seen).catch((error: unknown) => deps.log.error({ error }, 'a card could not be replaced'));
  return seen.own;
}
