// A card is edited where it was sent, also when whoever presses comes through another serviceUrl; and never where the bot may not send.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Turn } from '../../src/conversation/ports.ts';
import { createAdapter } from '../../src/teams/adapter.ts';
import { replaceAt } from '../../src/teams/turn.ts';
import { cardSaying, type RunningBot, runBot, saidBy } from '../harness/bot.ts';
import { type Connector, openConnector } from '../harness/connector.ts';

let bot: RunningBot;
let other: Connector;
const turns: Turn[] = [];

beforeEach(async () => {
  turns.length = 0;
  other = await openConnector();
  bot = await runBot({
    async message(turn) {
      turns.push(turn);
      await turn.reply(cardSaying('asked'));
    },
    async press(turn) {
      await turn.replaceCard('message-1', cardSaying('pressed'), turns.at(-1)?.address);
      return cardSaying('answer');
    },
  });
});

afterEach(async () => {
  await other.close();
  await bot.close();
});

/** One turn through the bot's own connector and one through the other, in the same conversation; and the message of the other. */
async function twoWindows(): Promise<{ readonly here: Turn; readonly there: Turn; readonly message: string }> {
  await bot.post({ text: 'x' });
  await bot.connector.messages(1);
  await bot.post({ text: 'x', serviceUrl: other.url });
  const [sent] = await other.messages(1);
  const [here, there] = turns;
  if (here === undefined || there === undefined || sent === undefined) throw new Error('Not both messages came in.');
  return { here, there, message: sent.id };
}

const edits = (connector: Connector): readonly string[] =>
  connector.sent.filter(({ how }) => how === 'update').map(({ id, card }) => `${id} ${saidBy(card)}`);

it('edits a card through the serviceUrl that it was sent through', async () => {
  const { here, there, message } = await twoWindows();

  await here.replaceCard(message, cardSaying('done'), there.address);

  expect(edits(other)).toEqual([`${message} done`]);
  expect(bot.connector.sent.map(({ how }) => how)).toEqual(['send']);
});

it('does so after a press', async () => {
  const { message } = await twoWindows();
  const value = { action: { type: 'Action.Execute', verb: 'cancel', data: { plan: 'p' } } };

  const answer = await bot.post({ type: 'invoke', name: 'adaptiveCard/action', value });

  expect(answer.status).toBe(200);
  expect(edits(other)).toEqual([`${message} pressed`]);
  expect(edits(bot.connector)).toEqual([]);
});

it('edits it here without an address', async () => {
  const { here, message } = await twoWindows();

  await here.replaceCard(message, cardSaying('done'), null);

  expect(edits(bot.connector)).toEqual([`${message} done`]);
  expect(edits(other)).toEqual([]);
});

it('edits it where the conversation is now when the old place does not take it', async () => {
  const { here, there, message } = await twoWindows();
  other.failNext(404);

  await here.editCard(message, cardSaying('done'), there.address);

  expect(edits(bot.connector)).toEqual([`${message} done`]);
});

it('sends a new card only where that is wanted', async () => {
  const { here, there, message } = await twoWindows();
  other.failNext(404);
  bot.connector.failNext(404);
  await expect(here.editCard(message, cardSaying('done'), there.address)).rejects.toThrow();
  expect(bot.connector.sent).toHaveLength(1);

  other.failNext(404);
  bot.connector.failNext(404);
  await here.replaceCard(message, cardSaying('done'), there.address);
  expect(bot.connector.sent.map(({ how, card }) => `${how} ${saidBy(card)}`)).toEqual(['send asked', 'send done']);
});

describe('in local mode', () => {
  let outside: Server;
  let called: string[];
  let url: string;

  // Stands for another machine: an address of this one that local mode's gate does not know by name.
  beforeEach(async () => {
    called = [];
    outside = createServer((request, response) => {
      called.push(`${request.method} ${request.url}`);
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{}');
    });
    await new Promise<void>((resolve) => outside.listen(0, '127.0.0.2', resolve));
    url = `http://127.0.0.2:${(outside.address() as AddressInfo).port}`;
  });

  afterEach(() => new Promise((resolve) => outside.close(resolve)));

  function elsewhere({ address }: Turn): string {
    return JSON.stringify({ ...JSON.parse(address ?? '{}'), serviceUrl: url });
  }

  it('sends nothing to another machine, whatever an address says', async () => {
    const { here, message } = await twoWindows();

    await here.replaceCard(message, cardSaying('done'), elsewhere(here));

    expect(called).toEqual([]);
    expect(edits(bot.connector)).toEqual([`${message} done`]);
  });

  it('nor when a plan goes on by itself', async () => {
    const { here, message } = await twoWindows();
    const adapter = createAdapter(null);

    const edit = replaceAt({ adapter, appId: '', local: true }, elsewhere(here), message, cardSaying('done'));

    await expect(edit).rejects.toThrow('may not send');
    expect(called).toEqual([]);
    await replaceAt({ adapter, appId: '', local: true }, here.address ?? '', message, cardSaying('done'));
    expect(edits(bot.connector)).toEqual([`${message} done`]);
  });
});
