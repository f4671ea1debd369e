// The bot's HTTP side: restify in front of the adapter. It decides who gets in and what HTTP answers; what is said is
// conversation/'s business.
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer, type Request, type Response } from 'restify';
import type { Card, Conversation } from '../conversation/ports.ts';
import { errorFacts, type Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import { createAdapter, type LocksmithAdapter } from './adapter.ts';
import { asActivity, readJson } from './body.ts';
import { createDispatcher, type SignOnParts } from './dispatch.ts';
import { isLocalUrl, refusalOfRequest } from './gate.ts';
import type { Metrics } from './metrics.ts';
import { replaceAt, tenantOf } from './turn.ts';

/** What GET /readyz shows. */
export interface ReadyReport {
  readonly ready: boolean;
  /** Each one sentence about one thing that the bot needs. */
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly says: string }[];
}

export interface BotParts {
  readonly conversation: Conversation;
  readonly settings: Pick<Settings, 'port' | 'host' | 'bot' | 'allowedTenants'>;
  /** local: no credentials, this machine only. serve: Bot Framework tokens, allowed tenants. */
  readonly mode: 'local' | 'serve';
  readonly log: Log;
  readonly metrics: Metrics;
  readonly ready: () => Promise<ReadyReport>;
  readonly signOn?: SignOnParts | null;
  /** For tests, which cannot get a token from Microsoft. */
  readonly adapter?: LocksmithAdapter;
  /** For tests; Teams waits some ten seconds for the answer to a press. */
  readonly pressAnswerMs?: number;
}

export interface Bot {
  /** `http://localhost:3978`, without a path. */
  readonly url: string;
  /**
   * Replaces a card in a conversation that a turn named by its `address`.
   * @throws when the channel does not take it
   */
  replaceCard(address: string, message: string, card: Card): Promise<void>;
  /** Takes nothing new, finishes what runs (ten seconds at most), closes the listeners. */
  stop(): Promise<void>;
}

/** @throws Error with one clear sentence when the port is taken */
export async function startBot(parts: BotParts): Promise<Bot> {
  const { conversation, settings, mode, log, metrics } = parts;
  const adapter = parts.adapter ?? createAdapter(mode === 'local' ? null : settings.bot);
  const dispatcher = createDispatcher({
    adapter,
    conversation,
    log,
    metrics,
    pressAnswerMs: parts.pressAnswerMs ?? 8000,
    signOn: parts.signOn ?? null,
    askRoster: mode === 'serve',
  });
  const server = createServer({ name: 'locksmith', log: log as never });
  // restify repeats the listener's errors here, and an error without a listener would end the process.
  server.on('error', (error: unknown) => log.debug({ error: errorFacts(error) }, 'the listener failed'));

  if (mode === 'local') {
    server.pre((request: Request, response: Response, next) => {
      const refusal = refusalOfRequest(request.socket.remoteAddress, request.headers);
      if (refusal === null) {
        return next();
      }
      log.warn('a request from outside was refused');
      end(response, 403, refusal);
      return next(false);
    });
  }
  server.post('/api/messages', async (request: Request, response: Response) => {
    try {
      await receive(request, response);
    } catch (error) {
      log.error({ error: errorFacts(error) }, 'a request failed');
      end(response, 500, 'Something went wrong. Please try again.');
    }
  });
  server.get('/healthz', async (_request: Request, response: Response) => {
    // Nothing is returned: restify would log it, the whole response, as a warning.
    response.json(200, { alive: true });
  });
  server.get('/readyz', async (_request: Request, response: Response) => {
    const report = await parts.ready().catch((error: unknown) => {
      log.error({ error: errorFacts(error) }, 'readiness could not be checked');
      return { ready: false, checks: [] };
    });
    response.json(report.ready ? 200 : 503, report);
  });
  server.get('/metrics', async (_request: Request, response: Response) => {
    const { contentType, body } = await metrics.page();
    response.sendRaw(200, body, { 'Content-Type': contentType });
  });

  async function receive(request: Request, response: Response): Promise<void> {
    const body = await readJson(request);
    if (!body.ok) {
      response.header('Connection', 'close');
      return end(response, body.status, body.says);
    }
    const activity = asActivity(body.json);
    if (activity === null) {
      return end(response, 400, 'The body is not an activity.');
    }
    // Answers go to serviceUrl, so nobody may point it at another machine. Under serve the token vouches for it.
    if (mode === 'local' ? !isLocalUrl(activity.serviceUrl) : !/^https:\/\//i.test(activity.serviceUrl)) {
      return end(response, 403, 'The serviceUrl is not allowed.');
    }
    let known = false;
    let foreign = false;
    try {
      const answer = await adapter.receive(request.headers.authorization ?? '', activity, async (context, identity) => {
        known = true;
        // Only Teams says by itself who somebody is and of which tenant: in a web chat, which every bot has, whoever writes says it.
        foreign = mode === 'serve' && !(activity.channelId === 'msteams' && settings.allowedTenants.includes(tenantOf(activity) ?? ''));
        if (!foreign) {
          await dispatcher.take(context, identity);
        }
      });
      if (foreign) {
        log.warn('an activity of a tenant that is not allowed, or not of Teams, was refused');
        return end(response, 403, 'This bot answers in Microsoft Teams, to the people of the tenants that its settings name.');
      }
      response.json(answer?.status ?? 200, answer?.body ?? {});
    } catch (error) {
      if (known) {
        throw error;
      }
      log.warn({ error: errorFacts(error) }, 'an activity without a valid token was refused');
      end(response, 401, 'The token is missing or not valid.');
    }
  }

  const handle: HttpServer = server.server;
  const listeners = mode === 'local' ? await listenOnLoopback(handle, settings.port) : [await listen(handle, settings.port, settings.host)];
  const { port } = handle.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    replaceCard: (address, message, card) =>
      replaceAt({ adapter, appId: settings.bot?.appId ?? '', local: mode === 'local' }, address, message, card),
    async stop() {
      const closed = listeners.map((each) => new Promise((resolve) => each.close(resolve)));
      await Promise.race([dispatcher.idle(), sleep(10_000, undefined, { ref: false })]);
      for (const each of listeners) {
        each.closeAllConnections();
      }
      await Promise.all(closed);
    },
  };
}

function end(response: Response, status: number, says: string): void {
  response.json(status, { error: { message: says } });
}

// `localhost` is 127.0.0.1 for some callers and ::1 for others.
async function listenOnLoopback(handle: HttpServer, port: number): Promise<HttpServer[]> {
  await listen(handle, port, '127.0.0.1');
  const chosen = (handle.address() as AddressInfo).port;
  const second = createHttpServer((request, response) => handle.emit('request', request, response));
  try {
    return [handle, await listen(second, chosen, '::1')];
  } catch (error) {
    if (port !== 0 && isTaken(error)) {
      handle.close();
      throw error;
    }
    return [handle]; // A machine without IPv6.
  }
}

function listen(server: HttpServer, port: number, host: string): Promise<HttpServer> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      const says = taken
        ? `Port ${port} is taken. Stop what runs there, or set LOCKSMITH_PORT to another one.`
        : `The bot cannot listen on ${host}, port ${port} (${error.code}).`;
      reject(new Error(says, { cause: error }));
    });
    server.listen(port, host, () => resolve(server));
  });
}

function isTaken(error: unknown): boolean {
  return ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code === 'EADDRINUSE';
}
