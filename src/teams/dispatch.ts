// From an activity to the conversation. A message is acknowledged at once and worked off afterwards, because Teams
// sends it again after some 15 seconds; a press is answered in its own response, and edited later where it takes long.
import { type Activity, ActivityTypes, type InvokeResponse, TurnContext } from 'botbuilder';
import type { ClaimsIdentity } from 'botframework-connector';
import type { Card, Conversation, Turn } from '../conversation/ports.ts';
import { errorFacts, type Log } from '../log.ts';
import type { LocksmithAdapter } from './adapter.ts';
import { createRosterGuest, guestOf } from './guest.ts';
import { cardAnswer, type Execute, errorAnswer, readExecute, readSubmit, TROUBLE_CARD, WORKING_CARD } from './invoke.ts';
import type { Metrics, TurnKind } from './metrics.ts';
import { plainText } from './plain-text.ts';
import { createRoster } from './roster.ts';
import { createSeen } from './seen.ts';
import { confirmOf, loginRequest, signOnId, signOnOf } from './sign-on.ts';
import { createTurn } from './turn.ts';
import { watching } from './watching.ts';
import { within } from './within.ts';

export interface Dispatcher {
  /** Takes one authenticated activity. Resolves as soon as the HTTP request may be answered; never rejects. */
  take(context: TurnContext, identity: ClaimsIdentity): Promise<void>;
  /** Resolves when everything that was taken is worked off. */
  idle(): Promise<void>;
}

export interface DispatcherParts {
  readonly adapter: LocksmithAdapter;
  readonly conversation: Conversation;
  readonly log: Log;
  readonly metrics: Metrics;
  /** After how many milliseconds a press is answered with a card that says that work goes on. */
  readonly pressAnswerMs: number;
  /** Set where Azure is changed with the rights of whoever presses. */
  readonly signOn: SignOnParts | null;
  /** Whether Teams is asked who is a guest: where the people are real. */
  readonly askRoster: boolean;
}

export interface SignOnParts {
  /** Application id URI that Teams asks a token for. */
  readonly resource: string;
  /** Where Teams leads somebody whom it cannot sign in without asking, by tenant. */
  readonly page: (tenant: string) => string;
}

export function createDispatcher({ adapter, conversation, log, metrics, pressAnswerMs, signOn, askRoster }: DispatcherParts): Dispatcher {
  const roster = createRoster();
  const rosterGuest = askRoster ? createRosterGuest() : null;
  const messages = createSeen(5000);
  const welcomed = createSeen(5000);
  const running = new Set<Promise<unknown>>();

  async function measured<T>(kind: TurnKind, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      return await work();
    } finally {
      const seconds = (performance.now() - started) / 1000;
      metrics.turn(kind, seconds);
      log.info({ kind, ms: Math.round(seconds * 1000) }, 'turn');
    }
  }

  function track<T>(work: Promise<T>): Promise<T> {
    const settled = work.catch(() => undefined);
    running.add(settled);
    settled.then(() => running.delete(settled));
    return work;
  }

  // setImmediate: the acknowledgement leaves before a large paste is parsed.
  function later(kind: TurnKind, turn: Turn, work: () => Promise<void>): void {
    const started = new Promise<void>((resolve) => setImmediate(resolve));
    track(
      started
        .then(() => measured(kind, work))
        .catch(async (error: unknown) => {
          log.error({ error: errorFacts(error) }, 'a turn failed');
          await turn.reply(TROUBLE_CARD).catch(() => undefined);
        }),
    );
  }

  async function press(turn: Turn, { verb, data }: Execute): Promise<Card> {
    try {
      return await measured('press', () => conversation.press(turn, verb, data));
    } catch (error) {
      log.error({ error: errorFacts(error) }, 'a press failed');
      return TROUBLE_CARD;
    }
  }

  async function invoke(turn: Turn, activity: Activity): Promise<InvokeResponse> {
    if (activity.name !== 'adaptiveCard/action') {
      return { status: 501, body: { error: { code: 'NotSupported', message: 'Locksmith does not know this kind of request.' } } };
    }
    const execute = readExecute(activity.value);
    if (execute === null) {
      return errorAnswer(400, 'BadRequest', 'This button sent something that Locksmith cannot read. Ask again to get a new card.');
    }
    const changesAzure = signOn === null || turn.signOn !== null ? null : confirmOf(execute);
    if (signOn !== null && changesAzure !== null) {
      const id = signOnId({ ...changesAzure, who: turn.who.id, conversation: turn.room.id });
      return loginRequest({ id, resource: signOn.resource, page: signOn.page(turn.who.tenant ?? 'common') });
    }
    const watched = watching(turn);
    const done = track(press(watched.turn, execute));
    const card = await within(done, pressAnswerMs);
    if (card !== null) {
      return cardAnswer(card);
    }
    track(
      done
        .then((late) => answerLate(turn, execute, late, watched.shown()))
        .catch((error: unknown) => log.error({ error: errorFacts(error) }, 'a late answer to a press could not be shown')),
    );
    return cardAnswer(WORKING_CARD);
  }

  function message(turn: Turn, activity: Activity): void {
    if (activity.id && !messages.first(`${activity.conversation.id}\n${activity.id}`)) {
      log.info('a message was delivered again and is ignored');
      return;
    }
    const submit = readSubmit(activity.value);
    if (submit !== null) {
      later('other', turn, () => answerSubmit(turn, submit));
      return;
    }
    later('message', turn, () => conversation.message(turn, plainText(activity)));
  }

  // A Submit has no answer of its own.
  async function answerSubmit(turn: Turn, submit: Execute): Promise<void> {
    const watched = watching(turn);
    const card = await press(watched.turn, submit);
    // Pressed by hand, whatever it is: a client asks for nothing by itself in this way.
    if (!watched.shown()) await turn.reply(card);
  }

  // Where the press has replaced the card for everybody, that is the answer, and a second edit could come to lie on top of a newer
  // card. What is for one person alone must not take the card from the others, so it stands beside it; and one reader's own view,
  // which their client asks for by itself, is of no use to anybody any more.
  async function answerLate(turn: Turn, { verb }: Execute, card: Card, shown: boolean): Promise<void> {
    if (!shown && verb !== 'view') await turn.reply(card);
  }

  function membership(turn: Turn, activity: Activity): void {
    const bot = activity.recipient?.id;
    const added = activity.type === ActivityTypes.InstallationUpdate ? activity.action === 'add' : hasMember(activity.membersAdded, bot);
    const removed =
      activity.type === ActivityTypes.InstallationUpdate ? activity.action === 'remove' : hasMember(activity.membersRemoved, bot);
    if (removed) {
      welcomed.forget(activity.conversation.id);
    } else if (added && welcomed.first(activity.conversation.id)) {
      later('welcome', turn, () => conversation.welcome(turn));
    }
  }

  /** Whether this is somebody of another organisation, as far as that can be known; nobody is asked in local mode. */
  async function guestIn(activity: Activity, identity: ClaimsIdentity): Promise<boolean | undefined> {
    const told = guestOf(activity);
    if (told !== undefined || rosterGuest === null) return told;
    const reference = TurnContext.getConversationReference(activity);
    return adapter.inConversation(identity, reference, rosterGuest).catch(() => undefined);
  }

  return {
    async take(context, identity) {
      const { activity } = context;
      const guest = await guestIn(activity, identity);
      const turn = createTurn({
        adapter,
        roster,
        identity,
        ...(guest === undefined ? {} : { guest }),
        activity,
        log,
        signOn: signOn === null ? null : (signOnOf(activity.value)?.token ?? null),
      });
      if (activity.type === ActivityTypes.Invoke) {
        await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: await invoke(turn, activity) });
      } else if (activity.type === ActivityTypes.Message) {
        message(turn, activity);
      } else if (activity.type === ActivityTypes.ConversationUpdate || activity.type === ActivityTypes.InstallationUpdate) {
        membership(turn, activity);
      }
      // Everything else (reactions, edits, typing, events) is received and needs no answer.
    },
    async idle() {
      while (running.size > 0) {
        await Promise.all(running);
      }
    },
  };
}

function hasMember(members: unknown, id: string | undefined): boolean {
  return Array.isArray(members) && id !== undefined && members.some((member) => member?.id === id);
}
