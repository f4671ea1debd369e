// Turns per second of the bot against a bare echo bot on the same stack (restify, CloudAdapter) in the same run.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { createServer as createRestify, plugins } from 'restify';
import { everybody } from '../../src/access/everybody.ts';
import { calledWith } from '../../src/causes/sample-pastes.ts';
import { createLog } from '../../src/log.ts';
import { startService } from '../../src/service.ts';
import { readSettings } from '../../src/settings.ts';
import { openLabEngine } from '../harness/lab-engine.ts';
import { type Row, row } from './row.ts';

export const turns = 1_000;
/** curl -v of a call that fails in the default estate. */
export const paste = calledWith('Ocp-Apim-Subscription-Key: 7d30fa4efa4efa4efa4efa4efa4efa4e', '/payments/authorisations', 'POST');
const atOnce = 8;

export async function benchBot(): Promise<readonly Row[]> {
  const teams = await openTeams();
  const echo = await openEcho();
  const room = await openLabEngine({
    estate: join(import.meta.dirname, '../../src/lab/estates/contoso.json'),
    buckets: { reads: { size: 1e6, refillPerSecond: 1e6 }, writes: { size: 1e6, refillPerSecond: 1e6 } },
  });
  const log = createLog('silent');
  const bot = await startService({
    engine: room.engine,
    services: room.lab.services,
    settings: { ...readSettings({}), port: 0 },
    mode: 'local',
    access: everybody,
    log,
  });
  const help = 'help';

  await run(echo.url, teams, help, 100);
  await run(bot.url, teams, help, 100);
  const echoRate = await run(echo.url, teams, help, turns);
  const helpRate = await run(bot.url, teams, help, turns);
  const pasteRate = await run(bot.url, teams, paste, turns);
  const first = await firstSign(bot.url, teams, paste);
  await bot.stop();
  await room.close();
  echo.close();
  teams.close();
  const rate = (value: number): string => `${value.toFixed(0)} turns/s`;
  return [
    row('bare echo bot on the same stack', rate(echoRate)),
    row('Locksmith, "help"', `${rate(helpRate)}, ${(helpRate / echoRate).toFixed(2)} of the echo bot`),
    row('Locksmith, a paste with its diagnosis on the lab', `${rate(pasteRate)}, ${(pasteRate / echoRate).toFixed(2)} of the echo bot`),
    row('first sign of life in the chat', `${first.sign.toFixed(0)} ms`, 'within 1 s'),
    row('final card in the chat', `${first.final.toFixed(0)} ms`, 'within 2 s'),
  ];
}

export interface Teams {
  readonly url: string;
  /** Resolves when the conversation has its last message of the turn: an edit, or a sent message where none is edited. */
  done(conversation: string, edited: boolean): Promise<void>;
  onFirst(conversation: string, sign: () => void): void;
  close(): void;
}

export async function openTeams(): Promise<Teams> {
  const waiting = new Map<string, { readonly edited: boolean; readonly done: () => void }>();
  const signs = new Map<string, () => void>();
  let count = 0;
  const server = createServer((request, response) => {
    const conversation = decodeURIComponent(request.url?.split('/')[3] ?? '');
    request.resume();
    request.on('end', () => {
      count += 1;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ id: `m${count}` }));
      signs.get(conversation)?.();
      signs.delete(conversation);
      const one = waiting.get(conversation);
      if (one !== undefined && one.edited === (request.method === 'PUT')) {
        waiting.delete(conversation);
        one.done();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    done: (conversation, edited) => new Promise((done) => waiting.set(conversation, { edited, done })),
    onFirst: (conversation, sign) => signs.set(conversation, sign),
    close: () => server.close(),
  };
}

let posted = 0;

async function turn(url: string, teams: Teams, text: string): Promise<void> {
  posted += 1;
  const conversation = `c${posted}`;
  const done = teams.done(conversation, text.length > 100);
  await post(url, teams, conversation, text);
  await done;
}

async function post(url: string, teams: Teams, conversation: string, text: string): Promise<void> {
  const activity = {
    type: 'message',
    id: `a-${conversation}`,
    channelId: 'msteams',
    serviceUrl: teams.url,
    from: { id: '29:bench', name: 'Bench', aadObjectId: '00000000-0000-0000-0000-0000000000020' },
    recipient: { id: '28:bot', name: 'Locksmith' },
    conversation: { id: conversation, conversationType: 'personal' },
    text,
  };
  const answer = await fetch(`${url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(activity),
  });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`The bot answered ${answer.status}.`);
}

export async function run(url: string, teams: Teams, text: string, count: number): Promise<number> {
  const started = performance.now();
  let left = count;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left > 0) {
        left -= 1;
        await turn(url, teams, text);
      }
    }),
  );
  return count / ((performance.now() - started) / 1000);
}

async function firstSign(url: string, teams: Teams, text: string): Promise<{ readonly sign: number; readonly final: number }> {
  posted += 1;
  const conversation = `c${posted}`;
  const started = performance.now();
  let sign = 0;
  teams.onFirst(conversation, () => {
    sign = performance.now() - started;
  });
  const done = teams.done(conversation, true);
  await post(url, teams, conversation, text);
  await done;
  return { sign, final: performance.now() - started };
}

async function openEcho(): Promise<{ readonly url: string; close(): void }> {
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  const echo = new ActivityHandler();
  echo.onMessage(async (context, next) => {
    await context.sendActivity(`You said ${context.activity.text}`);
    await next();
  });
  const server = createRestify({ name: 'echo' });
  server.use(plugins.bodyParser());
  server.post('/api/messages', async (request, response) => {
    await adapter.process(request as never, response, (context) => echo.run(context));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://localhost:${server.address().port}`, close: () => server.close() };
}
