// npm start and, beside it, npm run as -- megan: what Alex asks for in the Group Chat, Megan finds with "waiting" and agrees to.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createConnection } from 'node:net';
import { join } from 'node:path';
import { callAndPaste } from '../bench/incidents.ts';
import { first } from '../harness/first.ts';
import { type LocalMode, startAs, startLocal, type Window } from '../harness/local-mode.ts';
import { openPlayground, type PlaygroundWindow } from '../harness/playground-window.ts';

jest.setTimeout(90_000);

const incidents = JSON.parse(readFileSync(join(import.meta.dirname, '../../src/lab/estates/contoso.incidents.json'), 'utf8')) as readonly {
  readonly cause: string | null;
  readonly request: Parameters<typeof callAndPaste>[1];
}[];
const { request } = first(incidents.filter(({ cause }) => cause === 'subscription-suspended'));
const activate = 'Activate the subscription';

let local: LocalMode;
const windows: Window[] = [];
const chats: PlaygroundWindow[] = [];

beforeAll(async () => {
  local = await startLocal();
});

afterAll(async () => {
  for (const chat of chats) await chat.close();
  for (const window of windows) await window.stop();
  await local.stop();
});

async function open(url: string): Promise<PlaygroundWindow> {
  const chat = await openPlayground(url);
  chats.push(chat);
  return chat;
}

async function gatewayStatus(): Promise<number> {
  const { method, headers, path } = request;
  return (await fetch(`${local.gatewayUrl}${path}`, { method, headers })).status;
}

it('lets Megan agree in her own window to what Alex asked for in his, and a viewer only look', async () => {
  const [megan, adele] = [await local.as('megan'), await local.as('adele')];
  windows.push(megan, adele);
  expect(megan.output()).toMatch(/^Open http:\/\/localhost:\d+: there you are Megan Bowen, who may press fix buttons, and agree/);
  const [his, hers, third] = [await open(local.playgroundUrl), await open(megan.url), await open(adele.url)];

  await his.openGroupChat();
  await his.mention(await callAndPaste(local.gatewayUrl, request));
  await his.waitForCard('The subscription is suspended');
  await his.press(activate);
  await his.waitForCard('Nothing is changed yet');
  await his.press('Confirm');
  await his.waitForCard('Waiting for a second person');
  expect(await gatewayStatus()).toBe(401);

  await third.openGroupChat();
  await third.mention('waiting');
  expect(await third.waitForCard('Waiting for a second person')).toContain('Alex Wilber pressed Confirm.');
  expect(await third.buttons()).toEqual([]);

  await hers.openGroupChat();
  await hers.mention('waiting');
  expect(await hers.waitForCard('Waiting for a second person')).toContain('Alex Wilber pressed Confirm.');
  await hers.press('Confirm');

  for (const chat of [his, hers, third]) {
    const seen = await chat.waitForCard('Mended and checked');
    expect(seen).toContain('Asked for by: Alex Wilber');
    expect(seen).toContain('Agreed to by: Megan Bowen');
  }
  expect(await gatewayStatus()).toBe(200);
  expect(await third.buttons()).not.toContain('Undo');

  await hers.mention('waiting');
  await hers.waitForCard('Nothing waits for a second person');

  expect(await megan.stop()).toBe(0);
  expect(await isOpen(megan.url)).toBe(false);
});

it.each([
  ['the name is unknown', 'bob', /There is no bob here\.[\s\S]*npm run as -- megan/],
  ['the bot is not running', 'megan', /The bot is not running on port \d+\. Run npm start in another terminal first/],
])('says clearly that %s', async (_what, name, says) => {
  const port = await freePort();
  await expect(startAs(name, { LOCKSMITH_PORT: port, LOCKSMITH_PLAYGROUND_PORT: '0' })).rejects.toThrow(says);
});

it('takes the next free port after the one of npm start', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => squatter.once('listening', resolve));
  const taken = (squatter.address() as AddressInfo).port;

  const isaiah = await local.as('isaiah', { LOCKSMITH_PLAYGROUND_PORT: String(taken - 1) });
  const port = Number(new URL(isaiah.url).port);
  const code = await isaiah.stop();
  squatter.close();

  expect(port).toBeGreaterThan(taken);
  expect(code).toBe(0);
});

async function freePort(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return String(port);
}

function isOpen(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port: Number(new URL(url).port) }, () => {
      socket.end();
      resolve(true);
    }).on('error', () => resolve(false));
  });
}
