// What can be said to the bot and pressed on its cards; one file for each. Whatever happens becomes a card: nothing here throws.
import { strangeButtonCard } from '../cards/press-card.ts';
import { errorCard, helpCard, welcomeCard } from '../cards/talk-cards.ts';
import { askAbout, askAboutKey, noAnswer, tooShort } from './ask.ts';
import type { ConversationDeps } from './deps.ts';
import { lookAgain } from './look-again.ts';
import { createPlaces } from './places.ts';
import type { Card, Conversation, Turn } from './ports.ts';
import { cardOf, pressPlan } from './press.ts';
import { type Pressed, readPress } from './press-data.ts';
import { ownView } from './view.ts';
import { showWaiting } from './waiting.ts';
import { whatIsAsked } from './what-is-asked.ts';

export function createConversation(deps: ConversationDeps): Conversation {
  const places = createPlaces();

  async function answerTo(turn: Turn, text: string): Promise<void> {
    const before = deps.asks.latest(turn.who.id, turn.room.id, turn.now()) !== null;
    const asked = whatIsAsked(text, deps.read, before);
    switch (asked.kind) {
      case 'help':
        await turn.reply(helpCard());
        return;
      case 'waiting':
        return showWaiting(deps, places, turn, asked.nth);
      case 'paste':
        return askAbout(deps, turn, text);
      case 'key':
        return askAboutKey(deps, turn, text, asked.start);
      case 'key-too-short':
        return tooShort(turn);
      case 'no-401':
        return noAnswer(turn);
    }
  }

  async function answerPress(turn: Turn, verb: string, data: unknown): Promise<Card> {
    const pressed = readPress(verb, data);
    if (pressed === null) return strangeButtonCard();
    if (pressed.verb === 'view') return ownView(deps, turn, pressed);
    return pressed.verb === 'look-again' ? lookAgain(deps, turn, pressed.ask) : pressPlan(deps, places, turn, pressed);
  }

  function questionOf(turn: Turn, pressed: Pressed | null): string | null {
    if (pressed === null || pressed.verb === 'view') return null;
    const [room, now] = [turn.room.id, turn.now()];
    const ask = pressed.verb === 'look-again' ? deps.asks.find(pressed.ask, room, now) : deps.asks.ofPlan(pressed.plan, room, now);
    return ask?.id ?? null;
  }

  return {
    cardOf: (plan, place) => cardOf(deps, places, plan, place),
    placesOf: (plan) => places.of(plan),
    async message(turn, text) {
      try {
        await answerTo(turn, text);
      } catch (error) {
        deps.log.error({ error }, 'a message could not be answered');
        await turn.reply(errorCard(null)).catch((again: unknown) => deps.log.error({ error: again }, 'nor could that be said'));
      }
    },
    async press(turn, verb, data) {
      try {
        return await answerPress(turn, verb, data);
      } catch (error) {
        deps.log.error({ error }, 'a press could not be answered');
        return errorCard(questionOf(turn, readPress(verb, data)));
      }
    },
    async welcome(turn) {
      await turn.reply(welcomeCard()).catch((error: unknown) => deps.log.error({ error }, 'a welcome could not be sent'));
    },
  };
}
