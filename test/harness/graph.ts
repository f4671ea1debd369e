// Microsoft Graph in small, over TLS on loopback under an authority of its own: one question, which groups a user is in. Strict: what it does
// not know, or was not told to expect, is remembered, and close() fails on it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeCertificate } from '../../src/lab/certificate.ts';

export interface GraphCall {
  readonly user: string;
  readonly groupIds: readonly string[];
  /** The bearer token. */
  readonly token: string;
}

/** How the next call is answered: with the groups of a user, a status and a body, a redirect, or not at all. */
export type GraphAnswer =
  | { readonly groups: readonly string[] }
  | { readonly status: number; readonly body?: string; readonly location?: string }
  | 'silent'
  | 'cut';

export interface Graph {
  /** `https://localhost:PORT` */
  readonly endpoint: string;
  /** PEM. */
  readonly ca: string;
  readonly calls: readonly GraphCall[];
  /** The next calls, in this order; each has to come. */
  expect(...answers: readonly GraphAnswer[]): void;
  /** @throws Error when a call came that was not expected, or one did not come that was */
  close(): Promise<void>;
}

export async function openGraph(): Promise<Graph> {
  const { key, cert } = await makeCertificate();
  const calls: GraphCall[] = [];
  const expected: GraphAnswer[] = [];
  const strays: string[] = [];
  const server = createServer({ key, cert }, async (request, response) => {
    const body = await bodyOf(request);
    const user = /^\/v1\.0\/users\/([0-9a-f-]+)\/checkMemberGroups$/.exec(request.url ?? '')?.[1];
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
    const groupIds = groupsIn(body);
    if (request.method !== 'POST' || user === undefined || token === undefined || groupIds === null || groupIds.length > 20) {
      strays.push(`${request.method} ${request.url} ${body}`);
      return answer(response, 400, '{}');
    }
    calls.push({ user, groupIds, token });
    const next = expected.shift();
    if (next === undefined) {
      strays.push(`a call that nobody expected, for ${groupIds.join(', ')}`);
      return answer(response, 500, '{}');
    }
    if (next === 'silent') return;
    if (next === 'cut') return void request.socket.destroy();
    if ('groups' in next) return answer(response, 200, JSON.stringify({ value: groupIds.filter((id) => next.groups.includes(id)) }));
    answer(response, next.status, next.body ?? '{}', next.location);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `https://localhost:${(server.address() as AddressInfo).port}`,
    ca: cert,
    calls,
    expect: (...answers) => void expected.push(...answers),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      if (strays.length > 0) throw new Error(`Graph was asked what it should not be: ${strays.join('; ')}`);
      if (expected.length > 0) throw new Error(`${expected.length} calls that were expected never came.`);
    },
  };
}

function groupsIn(body: string): readonly string[] | null {
  const { groupIds } = JSON.parse(body || '{}') as { readonly groupIds?: unknown };
  return Array.isArray(groupIds) && groupIds.length > 0 && groupIds.every((id) => typeof id === 'string') ? groupIds : null;
}

function answer(response: ServerResponse, status: number, body: string, location?: string): void {
  response.writeHead(status, { 'content-type': 'application/json', ...(location === undefined ? {} : { location }) });
  response.end(body);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
