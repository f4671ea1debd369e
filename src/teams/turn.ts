// A Turn for conversation/: a few closures over one conversation. They work for as long as anybody holds them,
// since each one opens the conversation anew instead of keeping botbuilder's context.
import { type Activity, ActivityTypes, CardFactory, type ConversationReference, TurnContext } from 'botbuilder';
import type { ClaimsIdentity } from 'botframework-connector';
import type { Card, MessageId, Turn } from '../conversation/ports.ts';
import { errorFacts, type Log } from '../log.ts';
import type { Person } from '../remediation/plan-record.ts';
import type { LocksmithAdapter } from './adapter.ts';
import { isLocalUrl } from './gate.ts';
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
    reader: textIn(activity.from?.id, 256) ?? '',
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
    async editCard(message, card, address) {
      const there = address ? placeOf(address, reference) : null;
      if (there !== null) {
        try {
          return await update(adapter, identity, there, message, card);
        } catch (error) {
          // A conversation may have moved to another region since; in Teams its messages keep their ids.
          log.warn({ error: errorFacts(error) }, 'a card could not be edited where it was sent; it is tried where the conversation is now');
        }
      }
      await update(adapter, identity, reference, message, card);
    },
    async replaceCard(message, card, address) {
      if (message !== '') {
        try {
          return await turn.editCard(message, card, address);
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

function referenceOf(address: string): Partial<ConversationReference> {
  return JSON.parse(address) as Partial<ConversationReference>;
}

/** Where an address leads, if that is another place than `own` and one that answers may be sent to; else null. */
function placeOf(address: string, own: Partial<ConversationReference>): Partial<ConversationReference> | null {
  const there = referenceOf(address);
  const [url = '', ownUrl = ''] = [there.serviceUrl, own.serviceUrl];
  return url !== ownUrl && isAllowed(url, isLocalUrl(ownUrl)) ? there : null;
}

/** The same as for what comes in (bot.ts). An address was made from something that came in, but the state outlives a change of mode. */
function isAllowed(serviceUrl: string, local: boolean): boolean {
  return local ? isLocalUrl(serviceUrl) : /^https:\/\//i.test(serviceUrl);
}

/**
 * Replaces a card without a turn: when a plan went on by itself, also after the bot was started anew. `local`: only on this machine.
 * @throws when the channel does not take it
 */
export async function replaceAt(
  { adapter, appId, local }: { readonly adapter: LocksmithAdapter; readonly appId: string; readonly local: boolean },
  address: string,
  message: MessageId,
  card: Card,
): Promise<void> {
  const reference = referenceOf(address);
  if (!isAllowed(reference.serviceUrl ?? '', local)) throw new Error('The address leads where this bot may not send.');
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
  const from: Readonly<Record<string, unknown>> = { ...activity.from };
  return { id: idOf(from), name: textIn(from.name, 256) ?? 'Somebody', tenant: tenantOf(activity) };
}

// Only `aadObjectId` is somebody's Entra object id: the channel's own id never counts as one, however it looks.
function idOf({ aadObjectId, id }: Readonly<Record<string, unknown>>): string {
  const ofChannel = textIn(id, 256) ?? 'unknown';
  return textIn(aadObjectId, 64) ?? (/^[0-9a-f-]{30,40}$/i.test(ofChannel) ? `channel:${ofChannel}` : ofChannel);
}

/** Text that somebody could have sent as something else, or without end. */
function textIn(value: unknown, longest: number): string | null {
  return typeof value === 'string' && value !== '' && value.length <= longest ? value : null;
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
