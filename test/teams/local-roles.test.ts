// Local mode as a process of its own, by nothing but its HTTP endpoint, with the Playground's people: what each of them may press. A press
// needs no roster and does not have to say which message it was on.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { callAndPaste } from '../bench/incidents.ts';
import { buttonsOf, textOf } from '../harness/card-text.ts';
import { type Connector, openConnector } from '../harness/connector.ts';
import { eventually } from '../harness/eventually.ts';
import { first } from '../harness/first.ts';
import { type LocalMode, startLocal } from '../harness/local-mode.ts';
import { answerOf, buttonOn } from '../harness/whole-bot.ts';

jest.setTimeout(60_000);

const incidents = JSON.parse(readFileSync(join(import.meta.dirname, '../../src/lab/estates/contoso.incidents.json'), 'utf8')) as readonly {
  readonly cause: string | null;
  readonly request: Parameters<typeof callAndPaste>[1];
}[];
const { request } = first(incidents.filter(({ cause }) => cause === 'subscription-suspended'));

// Their object ids have one digit more than a GUID.
const people = {
  Alex: '00000000-0000-0000-0000-0000000000020',
  Megan: '00000000-0000-0000-0000-0000000000021',
  Adele: '00000000-0000-0000-0000-0000000000022',
} as const;
type Name = keyof typeof people;

let local: LocalMode;
let connector: Connector;
let botUrl: string;

beforeAll(async () => {
  const port = await freePort();
  botUrl = `http://localhost:${port}`;
  connector = await openConnector();
  local = await startLocal({ LOCKSMITH_PORT: String(port) });
});
afterAll(async () => {
  expect(await local.stop()).toBe(0);
  // It may ask who is there; nobody here tells, and nothing else is asked.
  const asked = await connector.close().then(
    () => '',
    (error: Error) => error.message,
  );
  expect(asked.replaceAll(/GET \/v3\/conversations\/[^/]+\/pagedmembers\?pageSize=100(, )?/g, '')).toMatch(/^(.*not make: )?$/);
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => probe.once('listening', listening));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}

function post(name: Name, activity: Readonly<Record<string, unknown>>): Promise<Response> {
  const whole = {
    channelId: 'msteams',
    serviceUrl: connector.url,
    from: { id: `user-${name}`, name, aadObjectId: people[name] },
    recipient: { id: 'bot-id', name: 'Bot' },
    conversation: { id: 'group-chat-id', conversationType: 'groupChat', isGroup: true },
    ...activity,
  };
  return fetch(`${botUrl}/api/messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(whole) });
}

/** The card that comes back. */
async function press(name: Name, { verb, data }: { readonly verb: string; readonly data: unknown }) {
  const value = { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' };
  const answer = await answerOf(await post(name, { type: 'invoke', name: 'adaptiveCard/action', value }));
  expect([answer.http, answer.statusCode, answer.type]).toEqual([200, 200, 'application/vnd.microsoft.card.adaptive']);
  return answer.value as Parameters<typeof buttonsOf>[0];
}

/** The card of the answer of this number. */
function answers(number: number): Promise<object> {
  return eventually(() => connector.sent.filter(({ how }) => how === 'update')[number - 1]?.card, `answer ${number}`);
}

async function gatewayStatus(): Promise<number> {
  const { method, headers, path } = request;
  return (await fetch(`${local.gatewayUrl}${path}`, { method, headers })).status;
}

it('lets Adele look, Alex ask, and Megan agree', async () => {
  await post('Adele', { type: 'message', text: await callAndPaste(local.gatewayUrl, request), textFormat: 'plain' });
  const asked = await answers(1);
  // Whoever asked only looks, so the message has no button of this kind; who may press gets them in a view of their own.
  expect(buttonsOf(asked as never).map(({ title }) => title)).not.toContain('Activate the subscription');
  await post('Alex', { type: 'message', text: await callAndPaste(local.gatewayUrl, request), textFormat: 'plain' });
  const fix = buttonOn(await answers(2), 'Activate the subscription');

  expect(textOf(await press('Adele', fix))).toContain('Alex and Megan may press fix buttons. You may look at everything.');

  const confirm = buttonOn(await press('Alex', fix), 'Confirm');
  expect(textOf(await press('Adele', confirm))).toContain('You may look at everything.');
  expect(textOf(await press('Alex', confirm))).toContain('Waiting for a second person');
  expect(textOf(await press('Alex', confirm))).toMatch(/Somebody else who may agree has to press it too/);
  expect(await gatewayStatus()).toBe(401);

  const applied = await press('Megan', confirm);
  expect(textOf(applied)).toContain('Asked for by: Alex');
  expect(textOf(applied)).toContain('Agreed to by: Megan');
  expect(await gatewayStatus()).toBe(200);

  const undo = buttonOn(applied, 'Undo');
  expect(textOf(await press('Adele', undo))).toContain('You may look at everything.');
  const back = await press('Alex', buttonOn(await press('Alex', undo), 'Confirm'));
  expect(textOf(back)).toContain('Undone');
  expect(await gatewayStatus()).toBe(401);
});
