// The practice API Management: an ARM management endpoint over TLS and a gateway over plain HTTP, both on loopback.
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { type ArmAnswer, armError } from './arm-answer.ts';
import { type BucketSizes, documentedBuckets, openBuckets } from './buckets.ts';
import { makeCertificate } from './certificate.ts';
import { type EstateFile, type EstatesFile, loadEstateFile, readEstates } from './estate.ts';
import { type FindFault, isWrite } from './faults.ts';
import type { WireRequest } from './front-door.ts';
import { gatewayAnswer } from './gateway.ts';
import { type LabClock, shiftDates, startClock } from './lab-time.ts';
import { openManagement, type PersonalDenials } from './management.ts';
import { openStore, type ServiceStore } from './store.ts';
import { logPair } from './traffic.ts';
import { armHeaders, armText, close, headersOf, listen, readText, send } from './wire.ts';

export type { Fault } from './faults.ts';

export interface LabOptions {
  /** A path, or the document itself: an EstateFile, several, or an EstatesFile. Its shape is checked at the start. */
  readonly estate: string | object;
  /** 0 or absent: any free port. */
  readonly managementPort?: number;
  readonly gatewayPort?: number;
  /** Appends every management pair to this file. */
  readonly trafficFile?: string;
  readonly buckets?: Partial<BucketSizes>;
  /** Added to each management answer, in milliseconds. */
  readonly delayMs?: number;
  /** Starts lab time here instead; every date in the estate moves along. */
  readonly now?: Date | string;
  readonly faults?: FindFault;
  /** Actions that answer 403 when the token's `oid` is this one: people have rights of their own. Asked anew for each request. */
  readonly deniedFor?: PersonalDenials;
}

/** One management request, answered or not. */
export interface LabRequest {
  readonly method: string;
  /** Path without query, as sent. */
  readonly path: string;
  readonly query: string;
  /** What the client was told; 0 when it was told nothing. */
  readonly status: number;
  /** Whether it was a write and the estate has it, whatever the client was told. */
  readonly carriedOut: boolean;
}

export interface Lab {
  /** `https://localhost:PORT`. */
  readonly managementUrl: string;
  /** `http://localhost:PORT`. */
  readonly gatewayUrl: string;
  /** PEM of the authority to trust. */
  readonly ca: string;
  /** ARM ids of the services. */
  readonly services: readonly string[];
  /** Everything asked of the management side so far. */
  readonly requests: readonly LabRequest[];
  /** Of these, the writes that happened in the estate: what "exactly once" is counted by. */
  readonly writes: readonly LabRequest[];
  /** Lab time. */
  now(): Date;
  /** Lets lab time jump ahead. */
  advance(milliseconds: number): void;
  /** The estates as they are now, in a form that loads again. */
  exportEstate(): EstatesFile;
  stop(): Promise<void>;
}

function estatesOf(given: LabOptions['estate']): readonly EstateFile[] {
  if (typeof given === 'string') return loadEstateFile(given);
  return readEstates(structuredClone(Array.isArray(given) ? { format: 'locksmith-estate/1', estates: given } : given), 'The estate');
}

function openStores(options: LabOptions): { readonly stores: readonly ServiceStore[]; readonly clock: LabClock } {
  const estates = estatesOf(options.estate);
  const first = Math.max(...estates.map((estate) => Date.parse(estate.now)));
  const startsAt = options.now === undefined ? first : new Date(options.now).getTime();
  if (Number.isNaN(startsAt)) throw new Error(`The lab's start time ${String(options.now)} is not a date.`);
  const clock = startClock(startsAt);
  const stores = estates.map((estate) =>
    openStore(options.now === undefined ? estate : shiftDates(estate as never, startsAt - first), clock),
  );
  return { stores, clock };
}

/**
 * Starts the lab.
 * @throws EstateError when the estate cannot be read; Error with one sentence when a port is taken.
 */
export async function startLab(options: LabOptions): Promise<Lab> {
  const { stores, clock } = openStores(options);
  const management = openManagement(stores, openBuckets({ ...documentedBuckets, ...options.buckets }), options.deniedFor);
  const certificate = await makeCertificate();
  const requests: LabRequest[] = [];
  let managementPort = 0;

  async function manage(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [method, url] = [request.method ?? 'GET', request.url ?? '/'];
    const body = await readText(request);
    const headers = headersOf(request);
    const isOwnName = /^(localhost|127\.0\.0\.1|\[::1\]):\d+$/.test(headers.host ?? '');
    const authority = `https://${isOwnName ? headers.host : `localhost:${managementPort}`}`;
    const wire: WireRequest = { method, url, headers, body: body ?? '', authority };
    const [path = url, query = ''] = url.split('?', 2);
    const fault = options.faults?.({ method, path });
    const delay = (options.delayMs ?? 0) + (fault?.delayMs ?? 0);
    if (delay > 0) await wait(delay);
    const isLost = fault?.disconnect === true || fault?.hang === true;
    const isInstead = fault?.after !== true && (isLost || fault?.answer !== undefined);
    const tooLarge = armError(413, 'RequestEntityTooLarge', 'The request content exceeds what can be sent.');
    const real = isInstead ? null : body === null ? tooLarge : management.answer(wire);
    const carriedOut = real !== null && isWrite(method, path, real.status);
    const answer: ArmAnswer | null = isLost ? null : (fault?.answer ?? real);
    requests.push({ method, path, query, status: answer?.status ?? 0, carriedOut });
    if (answer === null) {
      if (fault?.disconnect) request.socket.destroy();
      return;
    }
    const sent = armHeaders(answer, clock.now(), headers['x-ms-client-request-id']);
    if (options.trafficFile !== undefined) logPair(options.trafficFile, wire, answer, sent);
    send(response, answer.status, null, sent, armText(answer), method === 'HEAD');
  }

  async function call(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await readText(request);
    const [path = '/', search = ''] = (request.url ?? '/').split('?', 2);
    const [method, headers] = [request.method ?? 'GET', headersOf(request)];
    const address = request.socket.remoteAddress?.replace(/^::ffff:/, '');
    const asked = { method, path, query: new URLSearchParams(search), headers, host: headers.host ?? '' };
    const answer = gatewayAnswer(stores, address === undefined ? asked : { ...asked, address });
    const sent = { ...answer.headers, Date: new Date(clock.now()).toUTCString() };
    send(response, answer.status, answer.reason, sent, answer.body, method === 'HEAD');
  }

  // A fault of the lab itself must not end the process that it runs in.
  const guarded = (handler: typeof manage) => (request: IncomingMessage, response: ServerResponse) => {
    handler(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  };
  const managementServer = createHttpsServer({ key: certificate.key, cert: certificate.cert }, guarded(manage));
  const gatewayServer = createHttpServer(guarded(call));
  managementPort = await listen(managementServer, options.managementPort ?? 0, "the lab's management endpoint");
  let gatewayPort: number;
  try {
    gatewayPort = await listen(gatewayServer, options.gatewayPort ?? 0, "the lab's gateway");
  } catch (error) {
    await close(managementServer);
    throw error;
  }

  return {
    managementUrl: `https://localhost:${managementPort}`,
    gatewayUrl: `http://localhost:${gatewayPort}`,
    ca: certificate.cert,
    services: stores.map((store) => store.id),
    requests,
    get writes() {
      return requests.filter(({ carriedOut }) => carriedOut);
    },
    now: () => new Date(clock.now()),
    advance: (milliseconds) => clock.advance(milliseconds),
    exportEstate: () => ({ format: 'locksmith-estate/1', estates: stores.map((store) => store.exportEstate()) }),
    stop: async () => {
      await Promise.all([close(managementServer), close(gatewayServer)]);
    },
  };
}
