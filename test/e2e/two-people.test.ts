// What needs two people, in a channel, each with a browser of their own: one asks, another agrees, a third can only look.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { localAccess } from '../../src/access/roles.ts';
import { createLog } from '../../src/log.ts';
import { startService } from '../../src/service.ts';
import { readSettings } from '../../src/settings.ts';
import type { Bot } from '../../src/teams/bot.ts';
import { callAndPaste } from '../bench/incidents.ts';
import { type Connector, type Member, openConnector } from '../harness/connector.ts';
import { first } from '../harness/first.ts';
import { type LabEngine, openLabEngine } from '../harness/lab-engine.ts';
import { openPeopleWindow, type PeopleWindow } from '../harness/people-window.ts';

jest.setTimeout(60_000);

const estates = join(import.meta.dirname, '../../src/lab/estates');
const incidents = JSON.parse(readFileSync(join(estates, 'contoso.incidents.json'), 'utf8')) as readonly {
  readonly cause: string | null;
  readonly request: Parameters<typeof callAndPaste>[1];
}[];
const { request } = first(incidents.filter(({ cause }) => cause === 'subscription-suspended'));

function member(name: string, last: string): Member {
  return { id: `29:${name}`, name, aadObjectId: `00000000-0000-0000-0000-00000000000${last}`, tenantId: 'contoso' };
}

const [alex, megan, adele] = [member('Alex', '20'), member('Megan', '21'), member('Adele', '22')];
const activate = 'Activate the subscription';

let room: LabEngine;
let bot: Bot;
let connector: Connector;
let window: PeopleWindow;

beforeEach(async () => {
  const access = localAccess();
  room = await openLabEngine({ estate: join(estates, 'contoso.json') }, { access, singleOperator: false });
  connector = await openConnector();
  const settings = { ...readSettings({}), port: 0 };
  const { engine, lab } = room;
  bot = await startService({ engine, services: lab.services, settings, mode: 'local', access, log: createLog('silent') });
  window = await openPeopleWindow({ botUrl: bot.url, connector, people: [alex, megan, adele] });
});

afterEach(async () => {
  expect(window.problems).toEqual([]);
  await window.close();
  await bot.stop();
  await connector.close();
  await room.close();
});

async function gatewayStatus(): Promise<number> {
  const { method, headers, path } = request;
  return (await fetch(`${room.lab.gatewayUrl}${path}`, { method, headers })).status;
}

it('is asked for by one and agreed to by another, while a viewer only looks', async () => {
  await window.say('Alex', await callAndPaste(room.lab.gatewayUrl, request));
  await window.waitForCard('Alex', 'The subscription is suspended');
  await window.settled();
  expect(await window.buttons('Alex')).toContain(activate);
  expect(await window.buttons('Megan')).toContain(activate);
  expect(await window.buttons('Adele')).toEqual(['Look again']);

  await window.click('Alex', activate);
  await window.waitForCard('Megan', 'Nothing is changed yet');
  await window.settled();
  expect(await window.buttons('Adele')).toEqual([]);

  await window.click('Alex', 'Confirm');
  expect(await window.waitForCard('Megan', 'Waiting for a second person')).toContain('Alex pressed Confirm');
  expect(await gatewayStatus()).toBe(401);

  await window.click('Alex', 'Confirm');
  expect(await window.cardText('Alex')).toContain('Somebody else who may agree has to press it too');
  expect(await gatewayStatus()).toBe(401);

  await window.settled();
  await window.click('Megan', 'Confirm');
  for (const name of ['Alex', 'Megan', 'Adele']) {
    const seen = await window.waitForCard(name, 'Mended and checked');
    expect(seen).toContain('Asked for by: Alex');
    expect(seen).toContain('Agreed to by: Megan');
  }
  expect(await gatewayStatus()).toBe(200);
  await window.settled();
  expect(await window.buttons('Adele')).not.toContain('Undo');
  expect(room.lab.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(1);

  await window.click('Alex', 'Undo');
  await window.waitForCard('Megan', `Undo: ${activate}`);
  await window.click('Alex', 'Confirm');
  await window.waitForCard('Megan', '↩ Undone');
  expect(await gatewayStatus()).toBe(401);
  expect(await window.cards('Adele')).toBe(1);
});

it('is not done when the second person says no', async () => {
  await window.say('Alex', await callAndPaste(room.lab.gatewayUrl, request));
  await window.waitForCard('Alex', 'The subscription is suspended');
  await window.click('Alex', activate);
  await window.click('Alex', 'Confirm');
  await window.waitForCard('Megan', 'Waiting for a second person');
  await window.settled();

  await window.click('Megan', 'Cancel');

  expect(await window.waitForCard('Alex', 'Cancelled')).toContain('Megan said no');
  expect(await gatewayStatus()).toBe(401);
});
