import { createServer, request } from 'node:http';
import { type AddressInfo, createConnection } from 'node:net';
import { createAdapter } from '../../src/teams/adapter.ts';
import { refusalOfRequest } from '../../src/teams/gate.ts';
import { cardSaying, type RunningBot, runBot } from '../harness/bot.ts';

let bot: RunningBot;
afterEach(() => bot?.close());

const local = { host: 'localhost:3978' };
const credentials = {
  appId: '00000000-0000-4000-8000-000000000010',
  password: 'not-a-real-one',
  tenant: '00000000-0000-4000-8000-000000000002',
  type: 'SingleTenant',
} as const;

it.each(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1'])('lets %s in, in local mode', (address) => {
  expect(refusalOfRequest(address, local)).toBeNull();
});

it.each(['10.0.0.4', '192.168.1.1', '::ffff:10.0.0.4', 'fe80::1', '128.0.0.1', '', undefined])('keeps %s out, in local mode', (address) => {
  expect(refusalOfRequest(address, local)).toMatch(/this machine only/);
});

it.each([
  ['a name that resolves to this machine', { host: 'rebound.example:3978' }],
  ['no name', {}],
  ['a name that only starts well', { host: 'localhost.example' }],
  ['a web page', { ...local, origin: 'https://page.example' }],
  ['a sandboxed web page', { ...local, origin: 'null' }],
  ['a tunnel', { ...local, 'x-forwarded-for': '203.0.113.7' }],
  ['a proxy', { ...local, forwarded: 'for=203.0.113.7' }],
])('keeps callers out that come through %s', (_name, headers) => {
  expect(refusalOfRequest('127.0.0.1', headers)).not.toBeNull();
});

it('refuses a foreign Host header on the wire, before anything is read', async () => {
  bot = await runBot({});
  const { port } = new URL(bot.url);

  const status = await new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, method: 'POST', path: '/api/messages', headers: { host: 'rebound.example' } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end('{}');
  });

  expect(status).toBe(403);
});

it.each([
  'http://169.254.169.254/latest',
  'https://elsewhere.example/',
  'http://localhost@elsewhere.example/',
  'file:///etc/passwd',
  'not a url',
])('sends no answers to %s', async (serviceUrl) => {
  bot = await runBot({});

  expect((await bot.post({ text: 'x', serviceUrl })).status).toBe(403);
});

it('does not follow a redirect out of the address that it checked', async () => {
  let lured = 0;
  const elsewhere = createServer((_request, response) => {
    lured += 1;
    response.writeHead(200);
    response.end('{}');
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  const lure = createServer((_request, response) => {
    response.writeHead(307, { location: `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/` });
    response.end();
  });
  await new Promise<void>((resolve) => lure.listen(0, '127.0.0.1', resolve));
  const tried = Promise.withResolvers<void>();
  bot = await runBot({
    async message(turn) {
      await turn.reply(cardSaying('x')).catch(() => undefined);
      tried.resolve();
    },
  });

  await bot.post({ text: 'x', serviceUrl: `http://localhost:${(lure.address() as AddressInfo).port}` });
  await tried.promise;
  lure.close();
  elsewhere.close();

  expect(lured).toBe(0);
});

it.each([
  ['text', 'hello'],
  ['half of JSON', '{"type":'],
  ['an array', '[]'],
  ['null', 'null'],
  ['no conversation', '{"type":"message","serviceUrl":"http://localhost:1"}'],
  ['nothing', ''],
])('answers a body that is no activity (%s) with 400', async (_name, body) => {
  bot = await runBot({});

  const answer = await fetch(`${bot.url}/api/messages`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });

  expect(answer.status).toBe(400);
  expect(await answer.json()).toEqual({ error: { message: expect.stringMatching(/\.$/) } });
});

it('answers a body over 1.5 MB with 413, and goes on', async () => {
  bot = await runBot({ message: async (turn) => void (await turn.reply(cardSaying('here'))) });

  expect((await bot.post({ text: 'x'.repeat(1_600_000) })).status).toBe(413);
  expect((await bot.post({ text: 'x' })).status).toBe(200);
  await bot.connector.messages(1);
});

it('says that it is alive, whether it is ready, and what it counted', async () => {
  let ready = false;
  bot = await runBot(
    { message: async (turn) => void (await turn.reply(cardSaying('here'))) },
    { ready: async () => ({ ready, checks: [{ name: 'ARM', ok: ready, says: 'ARM answers.' }] }) },
  );
  await bot.post({ text: 'x' });
  await bot.connector.messages(1);

  const notYet = await fetch(`${bot.url}/readyz`);
  ready = true;
  const now = await fetch(`${bot.url}/readyz`);

  expect((await fetch(`${bot.url}/healthz`)).status).toBe(200);
  expect(bot.log()).not.toContain('alive');
  expect([notYet.status, now.status]).toEqual([503, 200]);
  expect(await now.json()).toEqual({ ready: true, checks: [{ name: 'ARM', ok: true, says: 'ARM answers.' }] });
  expect(await (await fetch(`${bot.url}/metrics`)).text()).toContain('locksmith_turns_total{kind="message"} 1');
});

it('says in one line that its port is taken', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => squatter.once('listening', resolve));
  const { port } = squatter.address() as AddressInfo;

  const started = runBot({}, { settings: { port, host: '127.0.0.1', bot: null, allowedTenants: [] } });

  await expect(started).rejects.toThrow(`Port ${port} is taken. Stop what runs there, or set LOCKSMITH_PORT to another one.`);
  squatter.close();
});

it('listens on loopback under both of its names, and nowhere else', async () => {
  bot = await runBot({});
  const port = Number(new URL(bot.url).port);

  const reached = (host: string): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = createConnection({ host, port }, () => resolve(true)).on('error', () => resolve(false));
      socket.once('connect', () => socket.end());
    });

  expect(await reached('127.0.0.1')).toBe(true);
  expect(await reached('127.0.0.2')).toBe(false);
});

it('refuses, under serve, whoever has no token of the Bot Framework', async () => {
  bot = await runBot(
    {},
    { mode: 'serve', settings: { port: 0, host: '127.0.0.1', bot: credentials, allowedTenants: [credentials.tenant] } },
  );
  const activity = { text: 'x', serviceUrl: 'https://smba.trafficmanager.net/emea/' };

  const without = await bot.post(activity);
  const nonsense = await bot.post(activity, { authorization: 'Bearer nonsense' });
  const unsigned = await bot.post(activity, {
    authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2FwaS5ib3RmcmFtZXdvcmsuY29tIn0.',
  });

  expect([without.status, nonsense.status, unsigned.status]).toEqual([401, 401, 401]);
});

it('keeps other tenants and other channels out under serve, in messages and in presses', async () => {
  const heard: string[] = [];
  bot = await runBot(
    { message: async (_turn, text) => void heard.push(text) },
    {
      mode: 'serve',
      adapter: createAdapter(null),
      settings: { port: 0, host: '127.0.0.1', bot: credentials, allowedTenants: [credentials.tenant] },
    },
  );
  const from = (tenantId: string | undefined, more = {}): Promise<Response> =>
    bot.post({ text: 'x', serviceUrl: 'https://smba.example/', conversation: { id: 'a', tenantId }, ...more });
  const invoke = { type: 'invoke', name: 'adaptiveCard/action', value: { action: { type: 'Action.Execute', verb: 'fix', data: {} } } };

  const statuses = [
    (await from('00000000-0000-4000-8000-0000000000ff')).status,
    (await from(undefined)).status,
    (await from('00000000-0000-4000-8000-0000000000ff', invoke)).status,
    // A web chat lets whoever writes say who they are and of which tenant.
    (await from(credentials.tenant, { channelId: 'webchat' })).status,
    (await from(credentials.tenant, { ...invoke, channelId: 'directline' })).status,
    (await from(credentials.tenant, { channelId: undefined })).status,
    (await from(credentials.tenant.toUpperCase())).status,
  ];

  expect(statuses).toEqual([403, 403, 403, 403, 403, 403, 200]);
  await bot.close();
  expect(heard).toEqual(['x']);
});
