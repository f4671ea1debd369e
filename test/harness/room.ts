// A chat without Teams: people say things and press buttons by their titles; the bot's messages are kept as they change.
// Strict: what nobody expected fails, and so does what was expected and never came.

import { createAsks } from '../../src/conversation/asks.ts';
import { createConversation } from '../../src/conversation/conversation.ts';
import type { Card, Conversation, Diagnose, Turn } from '../../src/conversation/ports.ts';
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts';
import type { OfferInput, Person, PlanRecord, Press, PressResult, Remediation } from '../../src/remediation/plan-record.ts';
import { buttonsOf, titlesOf } from './card-text.ts';
import { planWith, symptomOf } from './diagnoses.ts';

type Question = Omit<Parameters<Diagnose>[0], 'services'>;
type Verb = 'prepare' | 'confirm' | 'cancel' | 'undo' | 'check';

const open: (() => void)[] = [];

/** For afterEach: fails when something came that nobody expected, or never came. */
export function closeRooms(): void {
  for (const check of open.splice(0)) check();
}

export interface Expected {
  /** What Azure would say to each question, in order. */
  readonly diagnoses?: readonly (Diagnosis | Error | Promise<Diagnosis>)[];
  /** What each press leads to, in order. */
  readonly presses?: readonly (readonly [Verb, PressResult | Error | Promise<PressResult>])[];
  /** What waits for a second person, asked for any number of times; absent: nobody asks. */
  readonly waiting?: readonly PlanRecord[];
}

export interface Message {
  readonly id: string;
  /** The card as it was sent, and each one that took its place. */
  readonly cards: Card[];
}

export interface Room {
  readonly conversation: Conversation;
  readonly messages: readonly Message[];
  /** What was asked, each with its paste. */
  readonly questions: readonly Question[];
  readonly offers: readonly OfferInput[];
  /** Plan and message, for each plan whose message was remembered. */
  readonly placed: readonly (readonly [string, string])[];
  /** Plans of which it was noted that their card shows them. */
  readonly shown: readonly string[];
  readonly pressed: readonly (readonly [Verb, string, Press])[];
  /** Message and address of each edit. */
  readonly edits: readonly (readonly [string, string | null])[];
  readonly errors: readonly unknown[];
  says(who: string, text: string): Promise<void>;
  /** Presses the button of that title in the newest card of the newest message; answers with the card that comes back. */
  pushes(who: string, title: string): Promise<Card>;
  /** A press as anybody could forge it. */
  sends(who: string, verb: string, data: unknown): Promise<Card>;
  joins(who: string): Promise<void>;
  /** The card that everybody sees in the newest message. */
  last(): Card;
  wait(minutes: number): void;
}

export interface RoomOptions {
  readonly room?: string;
  /** `group` when absent. */
  readonly kind?: Turn['room']['kind'];
  readonly brokenSend?: boolean;
  readonly brokenEdit?: boolean;
  /** Who may look, but not press. */
  readonly viewers?: readonly string[];
  /** Who may not even look. */
  readonly outsiders?: readonly string[];
  /** Who is in the room; absent: Teams does not tell. */
  readonly members?: readonly string[];
}

export function openRoom(expected: Expected = {}, options: RoomOptions = {}): Room {
  const diagnoses = [...(expected.diagnoses ?? [])];
  const outcomes = [...(expected.presses ?? [])];
  const messages: Message[] = [];
  const questions: Question[] = [];
  const offers: OfferInput[] = [];
  const placed: (readonly [string, string])[] = [];
  const shown: string[] = [];
  const pressed: (readonly [Verb, string, Press])[] = [];
  const edits: (readonly [string, string | null])[] = [];
  const errors: unknown[] = [];
  const known = new Map<string, PlanRecord>();
  const unexpected: string[] = [];
  open.push(() => {
    expect({ unexpected, questionsThatNeverCame: diagnoses.length, pressesThatNeverCame: outcomes.map(([verb]) => verb) }).toEqual({
      unexpected: [],
      questionsThatNeverCame: 0,
      pressesThatNeverCame: [],
    });
  });
  let now = new Date('2026-11-20T09:00:00Z').getTime();

  // The conversation turns every error into a card, so it is remembered here too.
  function surprise(what: string): Error {
    unexpected.push(what);
    return new Error(`Nobody expected ${what}.`);
  }

  async function next<T>(list: (T | Error | Promise<T>)[], what: string): Promise<T> {
    const answer = list.shift();
    if (answer === undefined) throw surprise(what);
    if (answer instanceof Error) throw answer;
    return answer;
  }

  function act(verb: Verb): (plan: string, press: Press) => Promise<PressResult> {
    return async (plan, press) => {
      pressed.push([verb, plan, press]);
      const outcome = outcomes.shift();
      if (outcome === undefined || outcome[0] !== verb) throw surprise(verb);
      if (outcome[1] instanceof Error) throw outcome[1];
      const result = await outcome[1];
      if (result.plan !== null) known.set(plan, result.plan);
      return result;
    };
  }

  const remediation: Remediation = {
    async offer(input) {
      offers.push(input);
      return planWith({ id: `plan-${offers.length}`, cause: input.cause, label: input.label });
    },
    prepare: act('prepare'),
    confirm: act('confirm'),
    cancel: act('cancel'),
    undo: act('undo'),
    check: act('check'),
    async refused() {
      throw surprise('a refusal from outside');
    },
    async placed(plan, card) {
      placed.push([plan, card]);
    },
    async cardShown({ id }) {
      shown.push(id);
    },
    // As the last press left it.
    find: async (id): Promise<PlanRecord | null> => known.get(id) ?? null,
    async waiting(where) {
      if (expected.waiting === undefined) throw surprise('the question what waits');
      return expected.waiting.filter(({ conversation: of }) => of === where);
    },
    async work() {
      throw surprise('work in the background');
    },
  };

  const conversation = createConversation({
    async diagnose(question) {
      const { services: _all, ...rest } = question;
      questions.push(rest);
      return next(diagnoses, `the question ${questions.length}`);
    },
    remediation,
    access: {
      async whyNot({ name }, what) {
        if (what === 'look' ? options.outsiders?.includes(name) : options.viewers?.includes(name)) return `${name} may not ${what}.`;
        return null;
      },
      visible: async ({ name }, services) => (options.outsiders?.includes(name) ? [] : services),
    },
    services: ['/services/contoso'],
    asks: createAsks(),
    read: symptomOf,
    log: { error: (facts, message) => errors.push({ ...facts, message }) },
  });

  async function editCard(id: string, card: Card, address: string | null = null): Promise<void> {
    edits.push([id, address]);
    if (options.brokenEdit) throw new Error('The message cannot be edited.');
    const message = messages.find((one) => one.id === id);
    if (message === undefined) throw new Error(`There is no message ${id}.`);
    message.cards.push(card);
  }

  function turnOf(name: string): Turn {
    const who: Person = { id: name.toLowerCase(), name, tenant: 'contoso' };
    return {
      who,
      reader: `29:${who.id}`,
      signOn: null,
      address: 'address-1',
      room: { id: options.room ?? 'room-1', kind: options.kind ?? 'group' },
      members: async () => options.members?.map((member) => `29:${member.toLowerCase()}`) ?? null,
      now: () => new Date(now),
      typing: async () => undefined,
      async reply(card) {
        if (options.brokenSend) throw new Error('The chat cannot be reached.');
        messages.push({ id: `message-${messages.length + 1}`, cards: [card] });
        return `message-${messages.length}`;
      },
      editCard,
      replaceCard: editCard,
    };
  }

  function last(): Card {
    const card = messages.at(-1)?.cards.at(-1);
    if (card === undefined) throw new Error('The bot has said nothing yet.');
    return card;
  }

  return {
    conversation,
    messages,
    questions,
    offers,
    placed,
    shown,
    pressed,
    edits,
    errors,
    says: (who, text) => conversation.message(turnOf(who), text),
    async pushes(who, title) {
      const button = buttonsOf(last()).find((one) => one.title === title);
      if (button === undefined) throw new Error(`There is no button "${title}", only: ${titlesOf(last()).join(', ')}.`);
      return conversation.press(turnOf(who), button.verb, button.data);
    },
    sends: (who, verb, data) => conversation.press(turnOf(who), verb, data),
    joins: (who) => conversation.welcome(turnOf(who)),
    last,
    wait(minutes) {
      now += minutes * 60_000;
    },
  };
}
