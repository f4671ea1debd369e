// A Turn for conversation/: a few closures over one conversation. They work for as long as anybody holds them,
// since each one opens the conversation anew instead of keeping botbuilder's context.
import { type Activity, ActivityTypes, CardFactory, type ConversationReference, TurnContext } from 'botbuilder';
import type { ClaimsIdentity } from 'botframework-connector';
import type { Card, MessageId, Turn } from '../conversation/ports.ts';
import { errorFacts, type Log } from '../log.ts';
import type { Person } from '../remediation/plan-record.ts';
import type { LocksmithAdapter } from './adapter.ts';
import { withPatience } from './patience.ts';
import type { Roster } from './roster.ts';

export interface TurnParts {
  readonly adapter: LocksmithAdapter;
  readonly roster: Roster;
  /** Whether whoever this is belongs to another organisation, where that is known. */
  readonly guest?: boolean;
  /** The sign-on token that came with a press. */
  readonly signOn?: string | null;
  readonly identity: ClaimsIdentity;
  readonly activity: Activity;
  readonly log: Log;
}

export function createTurn({ adapter, roster, identity, activity, guest, signOn, log }: TurnParts): Turn {
  const reference = TurnContext.getConversationReference(activity);
  const turn: Turn = {
    who: { ...personOf(activity), ...(guest === undefined ? {} : { guest }) },
    reader: activity.from?.id ?? '',
    signOn: signOn ?? null,
    address: addressOf(reference),
    room: roomOf(activity),
    now: () => new Date(),
    members: () => roster.members(activity.conversation.id, (logic) => adapter.inConversation(identity, reference, logic)),
    async typing() {
      try {
        await adapter.inConversation(identity, reference, (context) => context.sendActivity({ type: ActivityTypes.Typing }));
      } catch (error) {
        log.debug({ error: errorFacts(error) }, 'typing was not shown');
      }
    },
    async reply(card) {
      return await send(adapter, identity, reference, card);
    },
    async replaceCard(message, card) {
      if (message !== '') {
        try {
          await update(adapter, identity, reference, message, card);
          return;
        } catch (error) {
          log.warn({ error: errorFacts(error) }, 'a card could not be edited; it is sent as a new message');
        }
      }
      await send(adapter, identity, reference, card);
    },
  };
  return turn;
}

/** A conversation as text that can be stored: what is needed to come back to it, and nobody's name. */
function addressOf({ user: _who, activityId: _what, ...reference }: Partial<ConversationReference>): string {
  return JSON.stringify(reference);
}

/**
 * Replaces a card without a turn: when a plan went on by itself, also after the bot was started anew.
 * @throws when the channel does not take it
 */
export async function replaceAt(adapter: LocksmithAdapter, appId: string, address: string, message: MessageId, card: Card): Promise<void> {
  const reference = JSON.parse(address) as Partial<ConversationReference>;
  await update(adapter, adapter.ownIdentity(appId), reference, message, card);
}

async function send(
  adapter: LocksmithAdapter,
  identity: ClaimsIdentity,
  reference: Partial<ConversationReference>,
  card: Card,
): Promise<MessageId> {
  const sent = await withPatience('send', () =>
    adapter.inConversation(identity, reference, (context) => context.sendActivity(messageWith(card))),
  );
  return sent?.id ?? '';
}

async function update(
  adapter: LocksmithAdapter,
  identity: ClaimsIdentity,
  reference: Partial<ConversationReference>,
  message: MessageId,
  card: Card,
): Promise<void> {
  await withPatience('update', () =>
    adapter.inConversation(identity, reference, (context) => context.updateActivity({ ...messageWith(card), id: message })),
  );
}

// `summary` is what notifications and screen readers say instead of "sent a card".
function messageWith(card: Card): Partial<Activity> {
  const { fallbackText } = card;
  return {
    type: ActivityTypes.Message,
    attachments: [CardFactory.adaptiveCard(card)],
    ...(typeof fallbackText === 'string' ? { summary: fallbackText } : {}),
  };
}

function personOf(activity: Activity): Person {
  const from = activity.from ?? { id: '', name: '' };
  return { id: from.aadObjectId || from.id || 'unknown', name: from.name || 'Somebody', tenant: tenantOf(activity) };
}

/** The tenant that an activity comes from, lower case; null when it names none. */
export function tenantOf(activity: Activity): string | null {
  const fromChannel: unknown = activity.channelData?.tenant?.id;
  const tenant = activity.conversation?.tenantId ?? fromChannel;
  return typeof tenant === 'string' && tenant !== '' ? tenant.toLowerCase() : null;
}

function roomOf(activity: Activity): Turn['room'] {
  const type = activity.conversation.conversationType;
  const kind = type === 'channel' ? 'channel' : type === 'groupChat' || activity.conversation.isGroup ? 'group' : 'personal';
  return { id: activity.conversation.id, kind };
}
