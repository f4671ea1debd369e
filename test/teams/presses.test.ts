import { cardSaying, type RunningBot, runBot, saidBy } from '../harness/bot.ts';

let bot: RunningBot;
afterEach(() => bot.close());

function press(value: unknown, more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return { type: 'invoke', name: 'adaptiveCard/action', value, ...more };
}

async function bodyOf(answer: Promise<Response>): Promise<{ readonly statusCode: number; readonly value: unknown }> {
  return (await (await answer).json()) as { statusCode: number; value: unknown };
}

const execute = { action: { type: 'Action.Execute', verb: 'confirm', data: { plan: 'p1' } } };

it('answers a button with the card that replaces it', async () => {
  const heard: unknown[] = [];
  bot = await runBot({
    async press(turn, verb, data) {
      heard.push([turn.who.name, verb, data]);
      return cardSaying('done');
    },
  });

  const answer = await bot.post(press(execute));

  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: cardSaying('done') });
  expect(heard).toEqual([['Somebody', 'confirm', { plan: 'p1' }]]);
  expect(bot.connector.sent).toEqual([]);
});

it.each([
  ['no value', undefined],
  ['null', null],
  ['a text', 'confirm'],
  ['an array', []],
  ['no action', {}],
  ['an action that is a text', { action: 'confirm' }],
  ['no verb', { action: { type: 'Action.Execute', data: {} } }],
  ['a verb that is a number', { action: { type: 'Action.Execute', verb: 7 } }],
  ['another kind of action', { action: { type: 'Action.OpenUrl', verb: 'confirm' } }],
])('answers a malformed press (%s) in the documented form', async (_name, value) => {
  bot = await runBot({});

  const answer = await bot.post(press(value));

  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({
    statusCode: 400,
    type: 'application/vnd.microsoft.error',
    value: { code: 'BadRequest', message: expect.stringMatching(/\.$/) },
  });
});

it('answers a press that breaks down with a card, and one with a megabyte of data like any other', async () => {
  bot = await runBot({
    async press(_turn, _verb, data) {
      if (JSON.stringify(data).length > 1_000_000) {
        return cardSaying('large');
      }
      throw new Error('out of order');
    },
  });

  const broken = await bodyOf(bot.post(press(execute)));
  const large = await bodyOf(bot.post(press({ action: { ...execute.action, data: { plan: 'x'.repeat(1_000_000) } } })));

  expect([broken.statusCode, saidBy(broken.value)]).toEqual([200, expect.stringContaining('ask again')]);
  expect([large.statusCode, saidBy(large.value)]).toEqual([200, 'large']);
});

it.each([
  ['leaves it at the card that the press replaced for everybody', 'confirm', true, [['update', 'card-1', 'done']]],
  ['answers beside the card what is for one person alone', 'confirm', false, [['send', 'message-1', 'late']]],
  ["says nothing more of one reader's own view", 'view', false, []],
])('says that it works when a press takes long, and then %s', async (_name, verb, forEverybody, expected) => {
  const slow = Promise.withResolvers<void>();
  bot = await runBot(
    {
      async press(turn) {
        await slow.promise;
        if (forEverybody) await turn.replaceCard('card-1', cardSaying('done'));
        return cardSaying('late');
      },
    },
    { pressAnswerMs: 1 },
  );

  const early = await bodyOf(bot.post(press({ action: { ...execute.action, verb } }, { replyToId: 'card-1' })));
  expect(bot.connector.sent).toEqual([]);
  slow.resolve();
  await bot.close();

  expect(saidBy(early.value)).toContain('Still working');
  expect(bot.connector.sent.map(({ how, id, card }) => [how, id, saidBy(card)])).toEqual(expected);
});

it('takes Action.Submit of older clients, and leaves it at the card that the press replaced for everybody', async () => {
  const heard: unknown[] = [];
  bot = await runBot({
    async press(turn, verb, data) {
      heard.push([verb, data]);
      await turn.replaceCard('card-1', cardSaying('done'));
      return cardSaying('done');
    },
  });

  const answer = await bot.post({ value: { verb: 'confirm', plan: 'p1' }, replyToId: 'card-1' });
  const [only] = await bot.connector.messages(1);

  expect(answer.status).toBe(200);
  expect(heard).toEqual([['confirm', { plan: 'p1' }]]);
  expect([only?.how, only?.id, saidBy(only?.card)]).toEqual(['update', 'card-1', 'done']);
  await bot.close();
  expect(bot.connector.sent.map(({ how }) => how)).toEqual(['update']);
});

it('answers an Action.Submit beside the card when the answer is not for everybody', async () => {
  bot = await runBot({ press: async () => cardSaying('You may not.') });

  await bot.post({ value: { verb: 'confirm', plan: 'p1' }, replyToId: 'card-1' });
  const [only] = await bot.connector.messages(1);

  expect([only?.how, saidBy(only?.card)]).toEqual(['send', 'You may not.']);
});

it('says of other invokes that they are not supported', async () => {
  bot = await runBot({});

  const answer = await bot.post({ type: 'invoke', name: 'composeExtension/query', value: {} });

  expect(answer.status).toBe(501);
  expect(await answer.json()).toEqual({ error: { code: 'NotSupported', message: expect.any(String) } });
});

const object = '00000000-0000-4000-8000-0000000000aa';

it.each([
  ['the object id that Teams gives', { id: '29:x', name: 'Ada', aadObjectId: object }, { id: object, name: 'Ada' }],
  ["the channel's id where there is no object id", { id: '29:x', name: 'Ada' }, { id: '29:x', name: 'Ada' }],
  ['no object id, though the id looks like one', { id: object, name: 'Ada' }, { id: `channel:${object}`, name: 'Ada' }],
  ['nobody, where the ids are no texts', { id: 7, name: ['Ada'], aadObjectId: { toString: object } }, { id: 'unknown', name: 'Somebody' }],
  ['nobody, where nobody is named', null, { id: 'unknown', name: 'Somebody' }],
])('takes whoever presses for %s', async (_name, from, expected) => {
  const heard: unknown[] = [];
  bot = await runBot({
    async press({ who }) {
      heard.push({ id: who.id, name: who.name });
      return cardSaying('done');
    },
  });

  expect((await bodyOf(bot.post(press(execute, { from })))).statusCode).toBe(200);
  expect(heard).toEqual([expected]);
});
