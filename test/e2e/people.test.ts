// The window of several people itself, against a really started bot with a conversation that is written here.
import type { Card, Conversation, MessageId, Turn } from '../../src/conversation/ports.ts';
import { type RunningBot, runBot } from '../harness/bot.ts';
import type { Member } from '../harness/connector.ts';
import { openPeopleWindow, type PeopleWindow } from '../harness/people-window.ts';

const tenantId = '00000000-0000-4000-8000-000000000002';
const ada: Member = { id: '29:ada', name: 'Ada', aadObjectId: '00000000-0000-4000-8000-0000000000a1', tenantId };
const ben: Member = { id: '29:ben', name: 'Ben', aadObjectId: '00000000-0000-4000-8000-0000000000a2', tenantId };
const eve: Member = { id: '29:eve', name: 'Eve', aadObjectId: '00000000-0000-4000-8000-0000000000a3', tenantId };

let bot: RunningBot;
let window: PeopleWindow;
const heard: unknown[] = [];

afterEach(async () => {
  await window.close();
  await bot.close();
});

function card(text: string, buttons: Readonly<Record<string, string>> = {}, viewsFor: readonly Member[] = []): Card {
  const refresh = { action: { type: 'Action.Execute', verb: 'view', data: { of: text } }, userIds: viewsFor.map(({ id }) => id) };
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    fallbackText: text,
    ...(viewsFor.length > 0 ? { refresh } : {}),
    body: [
      { type: 'TextBlock', text, wrap: true },
      { type: 'Input.Text', id: 'why', label: 'Why' },
    ],
    actions: Object.entries(buttons).map(([title, verb]) => ({ type: 'Action.Execute', title, verb, data: { plan: 'p1' } })),
  };
}

async function open(press: (turn: Turn, verb: string, data: unknown, message: MessageId) => Promise<Card>): Promise<void> {
  heard.length = 0;
  let message: MessageId = '';
  const conversation: Partial<Conversation> = {
    async message(turn, text) {
      heard.push({ who: turn.who, room: turn.room, text });
      message = await turn.reply(card('Activate it?', { Approve: 'approve' }, [ada, ben]));
    },
    async press(turn, verb, data) {
      heard.push([turn.who.name, verb, data]);
      return press(turn, verb, data, message);
    },
  };
  bot = await runBot(conversation);
  window = await openPeopleWindow({ botUrl: bot.url, connector: bot.connector, people: [ada, ben, eve] });
}

async function scripted(turn: Turn, verb: string, data: unknown, message: MessageId): Promise<Card> {
  const of = (data as { of?: string }).of;
  if (verb === 'view' && of === 'Activate it?')
    return turn.who.name === 'Ada' ? card('Waiting for Ben') : card('Ada asks', { Approve: 'approve' });
  if (verb === 'view') return card(`${of} (${turn.who.name})`);
  await turn.replaceCard(message, card('Done by Ben', {}, [ada]));
  return card('You did it');
}

it('shows each person a view of their own, and an edit to everybody', async () => {
  await open(scripted);
  await window.say('Ada', 'this fails:\nHTTP/1.1 401');

  expect(await window.waitForCard('Ada', 'Waiting for Ben')).not.toContain('Activate it?');
  expect(await window.waitForCard('Ben', 'Ada asks')).not.toContain('Activate it?');
  expect(await window.waitForCard('Eve', 'Activate it?')).toContain('Approve');
  expect([await window.buttons('Ada'), await window.buttons('Ben')]).toEqual([[], ['Approve']]);
  expect(await window.page('Eve').locator('pre').textContent()).toBe('this fails:\nHTTP/1.1 401');
  expect(heard[0]).toEqual({
    who: expect.objectContaining({ id: ada.aadObjectId, name: 'Ada', tenant: tenantId }),
    room: { id: '19:on-call@thread.tacv2;messageid=1764000000000', kind: 'channel' },
    text: 'this fails:\nHTTP/1.1 401',
  });

  await window.page('Ben').getByLabel('Why').fill('agreed');
  await window.click('Ben', 'Approve');

  expect(heard).toContainEqual(['Ben', 'approve', { plan: 'p1', why: 'agreed' }]);
  expect(await window.cardText('Ben')).toContain('You did it');
  expect(await window.waitForCard('Ada', 'Done by Ben (Ada)')).not.toContain('Waiting');
  expect(await window.waitForCard('Eve', 'Done by Ben')).not.toContain('Approve');
  await window.settled();
  expect(window.pressed.map(({ by, verb, trigger, statusCode }) => [by, verb, trigger, statusCode]).toSorted()).toEqual([
    ['Ada', 'view', 'automatic', 200],
    ['Ada', 'view', 'automatic', 200],
    ['Ben', 'approve', 'manual', 200],
    ['Ben', 'view', 'automatic', 200],
  ]);
  expect(await window.cards('Ada')).toBe(1);
  expect(window.problems).toEqual([]);
});

it('says what Teams says when a press is not answered as it must be', async () => {
  await open(async (turn, verb, data, message) => {
    if (verb === 'view') return card('Press', { Broken: '' });
    return scripted(turn, verb, data, message);
  });
  await window.say('Ada', 'x');
  await window.waitForCard('Ada', 'Press');
  await window.click('Ada', 'Broken');

  expect(await window.page('Ada').locator('section > em').textContent()).toContain('Something went wrong');
  expect(await window.cardText('Ada')).toContain('Press');
});

it('has its people on the roster', async () => {
  await open(scripted);
  const at = `${bot.connector.url}/v3/conversations/${encodeURIComponent('19:on-call@thread.tacv2')}`;
  const { members } = (await (await fetch(`${at}/pagedmembers?pageSize=100`)).json()) as { members: { id: string }[] };
  expect(members.map(({ id }) => id)).toEqual([ada.id, ben.id, eve.id]);
  const one = await fetch(`${at}/members/${encodeURIComponent(ben.id)}`);
  expect(await one.json()).toMatchObject({ id: ben.id, name: 'Ben', objectId: ben.aadObjectId, userRole: 'user', tenantId });
  expect((await fetch(`${at}/members/29:mallory`)).status).toBe(404);
});
