// Calls the lab as a stranger would: Node's own clients, and estates of the test's own.
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { EstateFile, EstateResource } from '../../src/lab/estate.ts';
import { type Lab, type LabOptions, startLab } from '../../src/lab/lab.ts';

export const subscriptionId = '00000000-0000-4000-8000-0000000000aa';
export const service = `/subscriptions/${subscriptionId}/resourceGroups/rg/providers/Microsoft.ApiManagement/service/fabrikam`;

export interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads foreign JSON and compares what it finds.
  readonly json: any;
}

export function estate(resources: readonly EstateResource[], more: Partial<EstateFile> = {}): EstateFile {
  return { format: 'locksmith-estate/1', now: '2026-11-20T09:00:00Z', service, resources, ...more };
}

/** An API with GET /things, at its own path. */
export function api(name: string, properties: EstateResource['properties'] = {}): EstateResource[] {
  return [
    { id: `apis/${name}`, properties: { displayName: name, path: name, ...(properties as object) } },
    { id: `apis/${name}/operations/get`, properties: { displayName: 'Get', method: 'GET', urlTemplate: '/things' } },
  ];
}

export function subscription(name: string, scope: string, more: object = {}): EstateResource {
  return {
    id: `subscriptions/${name}`,
    properties: { displayName: name, scope, primaryKey: `${name}-1`, secondaryKey: `${name}-2`, ...more },
  };
}

function collect(message: IncomingMessage, resolve: (answer: Answer) => void): void {
  const chunks: Buffer[] = [];
  message.on('data', (chunk: Buffer) => chunks.push(chunk));
  message.on('end', () => {
    const text = Buffer.concat(chunks).toString('utf8');
    const json = /^[{[]/.test(text) ? JSON.parse(text) : null;
    resolve({ status: message.statusCode ?? 0, reason: message.statusMessage ?? '', headers: message.headers, text, json });
  });
}

export interface Asked {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is when a string, else as JSON. */
  readonly body?: unknown;
  /** Null sends no Authorization at all. */
  readonly token?: string | null;
}

/** A management request; `path` starts at the service unless it starts with `/subscriptions/<guid>`. */
export function arm(lab: Lab, method: string, path: string, { headers = {}, body, token = 't' }: Asked = {}): Promise<Answer> {
  const full = path.startsWith('/subscriptions/0') || path.startsWith('//') ? path.replace('//', '/') : `${service}${path}`;
  const versioned = full.includes('api-version') ? full : `${full}${full.includes('?') ? '&' : '?'}api-version=2024-05-01`;
  const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  const type: Record<string, string> = text === undefined ? {} : { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = httpsRequest(
      `${lab.managementUrl}${encodeURI(versioned)}`,
      {
        method,
        ca: lab.ca,
        agent: false,
        headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...type, ...headers },
      },
      (message) => collect(message, resolve),
    );
    sent.on('error', reject);
    sent.end(text);
  });
}

/** A gateway call. */
export function call(
  lab: Lab,
  path: string,
  { headers = {}, method = 'GET' }: { headers?: Record<string, string>; method?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(`${lab.gatewayUrl}${path}`, { method, headers, agent: false }, (message) => collect(message, resolve));
    sent.on('error', reject);
    sent.end();
  });
}

const running: Lab[] = [];

export async function open(options: LabOptions): Promise<Lab> {
  const lab = await startLab(options);
  running.push(lab);
  return lab;
}

/** Stops every lab of this file. */
export async function closeAll(): Promise<void> {
  await Promise.all(running.splice(0).map((lab) => lab.stop()));
}
