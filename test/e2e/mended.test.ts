// The main job, as somebody on call does it: npm start, a real 401, a real browser.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LocalMode, startLocal } from '../harness/local-mode.ts';
import { openPlayground, type PlaygroundWindow } from '../harness/playground-window.ts';

jest.setTimeout(60_000);

interface Incident {
  readonly cause: string | null;
  readonly request: { readonly method: string; readonly path: string; readonly headers: Readonly<Record<string, string>> };
}

const incidents = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../src/lab/estates/contoso.incidents.json'), 'utf8'),
) as readonly Incident[];

let local: LocalMode;
let chat: PlaygroundWindow;

beforeAll(async () => {
  local = await startLocal();
  chat = await openPlayground(local.playgroundUrl);
});

afterAll(async () => {
  await chat?.close();
  await local?.stop();
});

function incidentOf(cause: string): Incident {
  const incident = incidents.find((each) => each.cause === cause);
  if (incident === undefined) {
    throw new Error(`The practice company has no incident of ${cause}.`);
  }
  return incident;
}

/** Makes the incident's call and gives its status, and what `curl -i` would have shown, with the command. */
async function call({ request }: Incident): Promise<{ readonly status: number; readonly shown: string }> {
  const { method, headers, path } = request;
  const answer = await fetch(`${local.gatewayUrl}${path}`, { method, headers });
  const sent = Object.entries(headers).map(([name, value]) => `-H '${name}: ${value}' `);
  const got = [...answer.headers].map(([name, value]) => `${name}: ${value}`);
  const lines = [
    `curl -i -X ${method} ${sent.join('')}'${local.gatewayUrl}${path}'`,
    `HTTP/1.1 ${answer.status} ${answer.statusText}`,
    ...got,
    '',
  ];
  return { status: answer.status, shown: [...lines, await answer.text()].join('\n') };
}

it('reads a pasted 401, mends it when told to, and takes it back', async () => {
  const incident = incidentOf('api-not-in-product');
  const before = await call(incident);
  expect(before.status).toBe(401);

  await chat.paste(before.shown);
  const verdict = await chat.waitForCard('How I know');
  expect(verdict).toMatch(/in no product/i);
  expect(verdict).not.toContain(Object.values(incident.request.headers)[0]);

  await chat.press('Add the API to the product');
  expect(await chat.waitForCard('Nothing is changed yet')).toMatch(/not there[\s\S]*there/);
  expect((await call(incident)).status).toBe(401);

  await chat.press('Confirm');
  await chat.waitForCard('Mended and checked');
  expect((await call(incident)).status).toBe(200);

  await chat.press('Undo');
  await chat.waitForCard('Undo: Add the API to the product');
  expect((await call(incident)).status).toBe(200);
  await chat.press('Confirm');
  await chat.waitForCard('↩ Undone');
  expect((await call(incident)).status).toBe(401);
});

it('waits for a second person where access was taken away on purpose', async () => {
  const incident = incidentOf('subscription-suspended');
  await chat.paste((await call(incident)).shown);
  expect(await chat.waitForCard('The subscription is suspended')).toContain('should be active');

  await chat.press('Activate the subscription');
  expect(await chat.waitForCard('Nothing is changed yet')).toMatch(/suspended[\s\S]*active/);
  await chat.press('Confirm');

  await chat.waitForCard('Waiting for a second person');
  expect((await call(incident)).status).toBe(401);
});

it('adds an API to a product, from a text whose lines are whole', async () => {
  const incident = incidentOf('api-not-in-product');

  await chat.say((await call(incident)).shown);
  await chat.waitForCard('How I know');
  const [fix = ''] = await chat.buttons();
  await chat.press(fix);
  await chat.waitForCard('Nothing is changed yet');
  await chat.press('Confirm');
  await chat.waitForCard('Mended and checked');

  expect((await call(incident)).status).toBe(200);
});

it('explains itself to somebody who only says hi', async () => {
  await chat.say('hi');

  expect(await chat.waitForCard(/401/)).toMatch(/paste/i);
});
