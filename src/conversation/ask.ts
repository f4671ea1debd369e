// Somebody asks: a sign of life at once, then the answer in that same message.
import { errorCard, guideCard, notForYouCard, workingCard } from '../cards/talk-cards.ts';
import type { Ask } from './asks.ts';
import type { ConversationDeps } from './deps.ts';
import { look, show } from './look.ts';
import type { Turn } from './ports.ts';
import { whyNotLook } from './rights.ts';

export async function askAbout(deps: ConversationDeps, turn: Turn, paste: string): Promise<void> {
  await answer(deps, turn, paste, null);
}

/** The beginning of a key: with the paste of a moment ago, or on its own. */
export async function askAboutKey(deps: ConversationDeps, turn: Turn, text: string, start: string): Promise<void> {
  const before = deps.asks.latest(turn.who.id, turn.room.id, turn.now());
  // Alone it can only mean: why does this key get a 401? The engine judges nothing without that.
  await answer(deps, turn, before?.paste ?? `${text}\nIt gets a 401.`, start);
}

export async function tooShort(turn: Turn): Promise<void> {
  await turn.reply(guideCard({ says: 'Fewer than four characters fit too many keys. Give at least the first four of the key.' }));
}

export async function noAnswer(turn: Turn): Promise<void> {
  await turn.reply(guideCard({ says: 'I see no 401 in this text, so there is nothing to look up yet.' }));
}

async function answer(deps: ConversationDeps, turn: Turn, paste: string, keyPrefix: string | null): Promise<void> {
  const refused = await whyNotLook(deps, turn.who);
  if (refused !== null) {
    await turn.reply(notForYouCard(refused));
    return;
  }
  void turn.typing();
  const card = await turn.reply(workingCard());
  let ask: Ask | null = null;
  try {
    ask = deps.asks.remember({ paste, keyPrefix, person: turn.who.id, room: turn.room.id, card, address: turn.address }, turn.now());
    await show(deps, turn, ask, await look(deps, turn, ask));
  } catch (error) {
    deps.log.error({ error }, 'a question could not be answered');
    await turn.replaceCard(card, errorCard(ask?.id ?? null));
  }
}
