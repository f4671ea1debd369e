// Stands where Teams stands: takes what the bot sends, gives back ids, and knows who is in the conversation. Every call
// that it does not know is remembered as `unexpected`, and close() fails on it.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Sent {
  readonly how: 'send' | 'update';
  readonly conversation: string;
  /** The id that a send got, or that an update named. */
  readonly id: string;
  readonly type: string;
  /** The attached card, when there is one. */
  readonly card: Readonly<Record<string, unknown>> | null;
  readonly activity: Readonly<Record<string, unknown>>;
}

/** One person on the roster, as Teams has it. */
export interface Member {
  /** `29:...`, what `from.id` is in this person's activities. */
  readonly id: string;
  readonly name: string;
  readonly aadObjectId: string;
  readonly tenantId: string;
  readonly userRole?: 'user' | 'guest';
}

export interface Connector {
  readonly url: string;
  readonly sent: readonly Sent[];
  /** Who is in every conversation. While nobody is, the bot is not expected to ask. */
  readonly members: Member[];
  /** Told of everything that is taken from now on, at once. */
  watch(listener: (sent: Sent) => void): void;
  /** Answers the next calls with these statuses instead of taking them. */
  failNext(...statuses: number[]): void;
  /** Waits until `count` messages (typing not counted) have come in. */
  messages(count: number): Promise<readonly Sent[]>;
  close(): Promise<void>;
}

export async function openConnector(): Promise<Connector> {
  const sent: Sent[] = [];
  const unexpected: string[] = [];
  const failures: number[] = [];
  const members: Member[] = [];
  const listeners: ((sent: Sent) => void)[] = [];
  let next = 1;
  const server = createServer(async (request, response) => {
    const call = /^\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/.exec(request.url ?? '');
    const how = request.method === 'POST' ? 'send' : request.method === 'PUT' ? 'update' : null;
    const activity = await bodyOf(request);
    const roster = request.method === 'GET' && members.length > 0 ? rosterAnswer(request.url ?? '', members) : null;
    if (roster !== null) {
      answer(response, roster.status, roster.body);
      return;
    }
    if (call?.[1] === undefined || how === null || (how === 'update' && call[2] === undefined)) {
      unexpected.push(`${request.method} ${request.url}`);
      answer(response, 404);
      return;
    }
    const failure = failures.shift();
    if (failure !== undefined) {
      answer(response, failure, {}, { 'retry-after': '0.01' });
      return;
    }
    const id = how === 'update' ? decodeURIComponent(call[2] ?? '') : `message-${next++}`;
    const taken: Sent = {
      how,
      conversation: decodeURIComponent(call[1]),
      id,
      type: String(activity.type),
      card: cardOf(activity),
      activity,
    };
    sent.push(taken);
    for (const listener of listeners) {
      listener(taken);
    }
    answer(response, 200, { id });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    sent,
    members,
    watch: (listener) => void listeners.push(listener),
    failNext: (...statuses) => failures.push(...statuses),
    async messages(count) {
      for (;;) {
        const messages = sent.filter((each) => each.type === 'message');
        if (messages.length >= count) {
          return messages;
        }
        await sleep(5);
      }
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      if (unexpected.length > 0) {
        throw new Error(`The bot made calls that it should not make: ${unexpected.join(', ')}`);
      }
    },
  };
}

/** The two ways to ask for the roster (botbuilder's TeamsInfo); null for any other address. One page holds everybody. */
function rosterAnswer(url: string, members: readonly Member[]): { readonly status: number; readonly body: unknown } | null {
  const path = url.split('?')[0] ?? url;
  const shown = members.map((member) => ({ userRole: 'user', ...member, objectId: member.aadObjectId }));
  if (/^\/v3\/conversations\/[^/]+\/pagedmembers$/i.test(path)) {
    return { status: 200, body: { members: shown } };
  }
  const asked = /^\/v3\/conversations\/[^/]+\/members\/([^/]+)$/i.exec(path)?.[1];
  if (asked === undefined) {
    return null;
  }
  const wanted = decodeURIComponent(asked).toLowerCase();
  const member = shown.find(({ id, aadObjectId }) => [id.toLowerCase(), aadObjectId.toLowerCase()].includes(wanted));
  const error = { code: 'MemberNotFoundInConversation', message: 'Member not found in conversation.' };
  return member === undefined ? { status: 404, body: { error } } : { status: 200, body: member };
}

// Not chained: restify replaces writeHead for the whole process, and its own returns nothing.
function answer(response: ServerResponse, status: number, body: unknown = {}, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function cardOf(activity: Readonly<Record<string, unknown>>): Sent['card'] {
  const attachments = Array.isArray(activity.attachments) ? activity.attachments : [];
  const card = attachments.find((each) => each.contentType === 'application/vnd.microsoft.card.adaptive');
  return card?.content ?? null;
}
