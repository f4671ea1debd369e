// What a conversation is given to work with. teams/ implements it over botbuilder; tests have a room of their own.
// Nothing in conversation/ sees a TurnContext.
import type { Card } from '../cards/card.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Person, PlanRecord } from '../remediation/plan-record.ts';

export type { Card };

/** Names a sent message for replaceCard; opaque, may be stored. */
export type MessageId = string;

/** A message that shows a plan, and where it is. */
export interface Place {
  readonly message: MessageId;
  readonly address: string | null;
  /** Whether its buttons are for whoever asked for it. What other readers may is decided by their own views. */
  readonly buttons: boolean;
}

/** One thing that somebody did in a chat. */
export interface Turn {
  readonly who: Person;
  /** The channel's user id of whoever this is, which names readers of a card. */
  readonly reader: string;
  /** The Teams sign-on token that came with a press; null without single sign-on. Used for the press, never kept. */
  readonly signOn: string | null;
  /** Where this is, in the words of teams/: opaque, may be stored, and still good when the bot was started anew. */
  readonly address: string | null;
  readonly room: { readonly id: string; readonly kind: 'personal' | 'group' | 'channel' };
  now(): Date;
  /** The channel's user ids of those who are in the room, at most a page; null where that cannot be known. Never throws. */
  members(): Promise<readonly string[] | null>;
  /** Shows that the bot is at work. Never throws. */
  typing(): Promise<void>;
  /** Sends a card into the conversation (in the thread where it was asked). */
  reply(card: Card): Promise<MessageId>;
  /**
   * Replaces a card that was sent before, for everybody; `address`: where that was, absent for here.
   * @throws when the channel does not take it
   */
  editCard(message: MessageId, card: Card, address?: string | null): Promise<void>;
  /** The same, but falls back to a new message here where the channel cannot edit. */
  replaceCard(message: MessageId, card: Card, address?: string | null): Promise<void>;
}

/** What teams/ calls. Neither throws: whatever happens becomes a card. */
export interface Conversation {
  /** `text` is what was written, mentions of the bot already removed, markup turned into plain text. */
  message(turn: Turn, text: string): Promise<void>;
  /** A button. `data` is what came over the wire: nothing in it is trusted. The returned card answers the invoke. */
  press(turn: Turn, verb: string, data: unknown): Promise<Card>;
  welcome(turn: Turn): Promise<void>;
  /** The card of a plan as it stands now, for everybody who sees that message. */
  cardOf(plan: PlanRecord, place: Place): Promise<Card>;
  /** The messages that show it, the one that everybody knows first. */
  placesOf(plan: PlanRecord): readonly Place[];
}

/** Asks one question; the composition root binds it to ARM and the configured services. Never throws for what ARM answers. */
export type Diagnose = (ask: {
  readonly paste: string;
  readonly keyPrefix?: string;
  /** ARM ids of the services that whoever asks may look at. */
  readonly services: readonly string[];
}) => Promise<Diagnosis>;
