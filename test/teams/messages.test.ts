import type { Turn } from '../../src/conversation/ports.ts';
import { botAccount, cardSaying, type RunningBot, runBot, saidBy } from '../harness/bot.ts';

let bot: RunningBot;
afterEach(() => bot.close());

const mention = { type: 'mention', text: '<at>Locksmith</at>', mentioned: botAccount };

it('hands a message over without the mention of the bot, and shows typing, a card, and the edited card', async () => {
  const heard: unknown[] = [];
  bot = await runBot({
    async message(turn, text) {
      heard.push({ text, who: turn.who, room: turn.room });
      await turn.typing();
      const id = await turn.reply(cardSaying('looking'));
      await turn.replaceCard(id, cardSaying('found'));
    },
  });

  const answer = await bot.post({
    text: '<at>Locksmith</at> this fails:\nHTTP/1.1 401 Unauthorized',
    entities: [mention],
    conversation: { id: '19:x@thread.tacv2;messageid=1', conversationType: 'channel', isGroup: true, tenantId: 'T' },
  });
  const messages = await bot.connector.messages(2);

  expect(answer.status).toBe(200);
  expect(heard).toEqual([
    {
      text: 'this fails:\nHTTP/1.1 401 Unauthorized',
      who: { id: '00000000-0000-4000-8000-0000000000aa', name: 'Somebody', tenant: 't' },
      room: { id: '19:x@thread.tacv2;messageid=1', kind: 'channel' },
    },
  ]);
  expect(bot.connector.sent[0]?.type).toBe('typing');
  expect(messages.map(({ how, id, card }) => [how, id, saidBy(card)])).toEqual([
    ['send', messages[0]?.id, 'looking'],
    ['update', messages[0]?.id, 'found'],
  ]);
  expect(new Set(bot.connector.sent.map((each) => each.conversation))).toEqual(new Set(['19:x@thread.tacv2;messageid=1']));
});

it('acknowledges a message before its work is done, and lets nobody wait for somebody else', async () => {
  const slow = Promise.withResolvers<void>();
  bot = await runBot({
    async message(turn, text) {
      if (text === 'slow') {
        await slow.promise;
      }
      await turn.reply(cardSaying(text));
    },
  });

  const first = await bot.post({ text: 'slow' });
  const second = await bot.post({ text: 'quick' });
  const [early] = await bot.connector.messages(1);
  slow.resolve();
  const all = await bot.connector.messages(2);

  expect([first.status, second.status]).toEqual([200, 200]);
  expect(saidBy(early?.card)).toBe('quick');
  expect(all.map(({ card }) => saidBy(card))).toEqual(['quick', 'slow']);
});

it('edits a card long after the turn has ended', async () => {
  let kept: Turn | null = null;
  bot = await runBot({
    async message(turn) {
      kept = turn;
      await turn.reply(cardSaying('pending'));
    },
  });

  await bot.post({ text: 'x' });
  const [first] = await bot.connector.messages(1);
  await (kept as Turn | null)?.replaceCard(first?.id ?? '', cardSaying('verified'));

  const [, second] = await bot.connector.messages(2);
  expect([second?.how, second?.id, saidBy(second?.card)]).toEqual(['update', first?.id, 'verified']);
});

it('answers a message that is delivered twice once', async () => {
  let heard = 0;
  bot = await runBot({
    async message(turn) {
      heard += 1;
      await turn.reply(cardSaying('answer'));
    },
  });

  const answers = [
    await bot.post({ id: 'same', text: 'x' }),
    await bot.post({ id: 'same', text: 'x' }),
    await bot.post({ id: 'other', text: 'x' }),
  ];
  await bot.connector.messages(2);

  expect(answers.map((each) => each.status)).toEqual([200, 200, 200]);
  expect(heard).toBe(2);
});

it('sends a new card where the channel cannot edit', async () => {
  bot = await runBot({
    async message(turn) {
      await turn.replaceCard('a-message-that-is-gone', cardSaying('here'));
    },
  });
  bot.connector.failNext(404);

  await bot.post({ text: 'x' });

  const [only] = await bot.connector.messages(1);
  expect([only?.how, saidBy(only?.card)]).toEqual(['send', 'here']);
});

it('waits as asked when Teams wants it slower, and sends nothing twice when an answer is lost', async () => {
  bot = await runBot({
    async message(turn, text) {
      await turn.reply(cardSaying(text));
    },
  });

  bot.connector.failNext(429, 429);
  await bot.post({ text: 'patient' });
  const [patient] = await bot.connector.messages(1);
  // The 502 may have been taken all the same: what comes next is the apology, not the same card again.
  bot.connector.failNext(502);
  await bot.post({ text: 'lost' });
  const [, apology] = await bot.connector.messages(2);

  expect(saidBy(patient?.card)).toBe('patient');
  expect(saidBy(apology?.card)).toContain('ask again');
});

it('tells the person when a turn breaks down, and goes on answering', async () => {
  bot = await runBot({
    async message(turn, text) {
      if (text === 'boom') {
        throw new Error('a sentence with 4f2a4f2a4f2a4f2a4f2a4f2a4f2a4f2a in it');
      }
      await turn.reply(cardSaying('fine'));
    },
  });

  await bot.post({ text: 'boom' });
  await bot.connector.messages(1);
  await bot.post({ text: 'next' });
  const [trouble, fine] = await bot.connector.messages(2);

  expect(saidBy(trouble?.card)).toContain('ask again');
  expect(saidBy(fine?.card)).toBe('fine');
  expect(bot.log()).toContain('a turn failed');
  expect(bot.log()).not.toContain('4f2a4f2a');
});

it('takes a megabyte, an empty message and a message of only a mention', async () => {
  const heard: number[] = [];
  bot = await runBot({
    async message(turn, text) {
      heard.push(text.length);
      await turn.reply(cardSaying('seen'));
    },
  });

  const statuses: number[] = [];
  for (const text of ['x'.repeat(1_000_000), '', '<at>Locksmith</at>', undefined]) {
    statuses.push((await bot.post({ text, entities: [mention] })).status);
  }
  await bot.connector.messages(4);

  expect(statuses).toEqual([200, 200, 200, 200]);
  expect(heard).toEqual([1_000_000, 0, 0, 0]);
});

it('welcomes once, again after a new installation, and not when somebody else joins', async () => {
  let welcomes = 0;
  bot = await runBot({
    async welcome(turn) {
      welcomes += 1;
      await turn.reply(cardSaying('welcome'));
    },
  });
  const joined = { type: 'conversationUpdate', membersAdded: [botAccount] };

  await bot.post({ type: 'installationUpdate', action: 'add' });
  await bot.post(joined);
  await bot.post({ type: 'conversationUpdate', membersAdded: [{ id: '29:someone' }] });
  await bot.connector.messages(1);
  expect(welcomes).toBe(1);

  await bot.post({ type: 'installationUpdate', action: 'remove' });
  await bot.post({ type: 'installationUpdate', action: 'add' });
  await bot.connector.messages(2);
  expect(welcomes).toBe(2);
});

it('receives what it has no use for without a word', async () => {
  bot = await runBot({});

  const statuses: number[] = [];
  for (const type of ['messageReaction', 'messageUpdate', 'messageDelete', 'typing', 'event', 'endOfConversation', 'neverHeardOf']) {
    statuses.push((await bot.post({ type })).status);
  }

  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(bot.connector.sent).toEqual([]);
});
