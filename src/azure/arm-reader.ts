// ArmReader over one ArmHttp: paced, counted, with one deadline for a whole question.
import type { ArmList, ArmReader, ArmResource, SubscriptionSecrets } from '../snapshot/ports.ts';
import type { Reading, Unreadable } from '../snapshot/snapshot.ts';
import type { ArmAnswer, ArmExchange, ArmHttp } from './arm-http.ts';
import { actionNamed, actionOf } from './arm-ids.ts';

/** How many calls of one question are under way at once. ARM's buckets refill with 25 reads and 10 writes a second (field guide, section d). */
const atOnce = 20;

export interface ReaderOptions {
  readonly http: ArmHttp;
  /** For the whole question, in milliseconds. */
  readonly deadlineMs: number;
}

export function createArmReader({ http, deadlineMs }: ReaderOptions): ArmReader {
  const signal = AbortSignal.timeout(deadlineMs);
  const slots = createSlots(atOnce);
  const counts = { reads: 0, writes: 0, listSecrets: 0, throttled: 0 };
  let clock: { arm: number; machine: number } | null = null;

  async function ask(exchange: Omit<ArmExchange, 'signal' | 'onAttempt'>): Promise<ArmAnswer> {
    let lastStatus = 0;
    const answer = await slots(() =>
      http.read({
        ...exchange,
        signal,
        onAttempt(status) {
          lastStatus = status;
          if (exchange.method === 'POST') counts.listSecrets += 1;
          else counts.reads += 1;
          if (status === 429) counts.throttled += 1;
        },
      }),
    );
    if (answer.kind === 'answer' && answer.date) clock = { arm: answer.date.getTime(), machine: Date.now() };
    // A wait for Retry-After that outlives the deadline is throttling, not slowness.
    if (answer.kind === 'none' && lastStatus === 429)
      return { kind: 'answer', status: 429, body: null, etag: null, requestId: null, date: null, retryAfterMs: null };
    return answer;
  }

  return {
    async get(armId, query) {
      const answer = await ask({ method: 'GET', path: armId, ...(query ? { query } : {}) });
      return read(answer, 'GET', armId, (body) => toResource(body, answer.kind === 'answer' ? answer.etag : null));
    },

    async list(armId, query, pages = Number.POSITIVE_INFINITY) {
      const items: ArmResource[] = [];
      const raw: Record<string, unknown>[] = [];
      let total: number | null = null;
      let path: string | null = armId;
      for (let page = 0; path !== null && page < pages; page += 1) {
        const answer: ArmAnswer = await ask({ method: 'GET', path, ...(page === 0 && query ? { query } : {}) });
        const part: Reading<Page> = read(answer, 'GET', armId, toPage);
        if (part.status === 'unreadable') return part;
        items.push(...part.value.items);
        raw.push(...part.value.raw);
        total ??= part.value.total;
        path = onOwnAuthority(part.value.nextLink, http.endpoint);
      }
      return { status: 'read', value: { items, raw, total, next: path } };
    },

    async listSecrets(subscriptionArmId) {
      const path = `${subscriptionArmId}/listSecrets`;
      const answer = await ask({ method: 'POST', path });
      return read(answer, 'POST', path, toSecrets);
    },

    async post(armId, action, query) {
      const path = `${armId}/${action}`;
      const answer = await ask({ method: 'POST', path, ...(query ? { query } : {}) });
      return read(answer, 'POST', path, toRecord);
    },

    counts: () => ({ ...counts }),
    now: () => new Date(clock === null ? Date.now() : clock.arm + (Date.now() - clock.machine)),
  };
}

interface Page extends Omit<ArmList, 'next'> {
  readonly nextLink: string | null;
}

function read<T>(answer: ArmAnswer, method: string, path: string, map: (body: unknown) => T | null): Reading<T> {
  if (answer.kind === 'none') return unreadable(answer.reason, path, null, answer.says);
  if (answer.status >= 200 && answer.status < 300) {
    const value = map(answer.body);
    return value === null
      ? unreadable('unavailable', path, null, 'Azure sent an answer that is not what its API describes.')
      : { status: 'read', value };
  }
  return failure(answer.status, answer.body, method, path);
}

/** What an error status means, with one sentence for a person. Bodies are not passed on: they may quote what was sent. */
export function failure(status: number, body: unknown, method: string, path: string): Unreadable {
  if (status === 403) {
    const action = actionNamed(body) ?? actionOf(method, path);
    return unreadable('forbidden', path, action, `Azure refused the read: the permission ${action} is missing.`);
  }
  if (status === 404) return unreadable('not-found', path, null, 'Azure has nothing under this id.');
  if (status === 429)
    return unreadable('throttled', path, null, 'Azure is limiting how fast it may be asked; part of the picture is missing.');
  if (status === 401)
    return unreadable('unavailable', path, null, 'Azure did not accept the sign-in of this bot (401 from the management API).');
  return unreadable('unavailable', path, null, `Azure's management API answered ${status}; it could not be read.`);
}

function unreadable(reason: Unreadable['reason'], at: string, action: string | null, says: string): Unreadable {
  return { status: 'unreadable', reason, at: at.split('?')[0] ?? at, action, says };
}

function toResource(body: unknown, etag: string | null): ArmResource | null {
  if (typeof body !== 'object' || body === null) return null;
  const { id, name, properties, ...envelope } = body as Record<string, unknown>;
  if (typeof id !== 'string') return null;
  return {
    id,
    name: typeof name === 'string' ? name : (id.split('/').at(-1) ?? ''),
    properties: typeof properties === 'object' && properties !== null ? (properties as Record<string, unknown>) : {},
    envelope,
    etag,
  };
}

function toPage(body: unknown): Page | null {
  const { value, count, nextLink } = (body ?? {}) as { value?: unknown; count?: unknown; nextLink?: unknown };
  if (!Array.isArray(value)) return null;
  return {
    raw: value.filter((item) => typeof item === 'object' && item !== null),
    items: value.map((item) => toResource(item, null)).filter((item) => item !== null),
    total: typeof count === 'number' ? count : null,
    nextLink: typeof nextLink === 'string' && nextLink !== '' ? nextLink : null,
  };
}

function toSecrets(body: unknown): SubscriptionSecrets | null {
  if (typeof body !== 'object' || body === null) return null;
  const { primaryKey, secondaryKey } = body as Record<string, unknown>;
  return {
    primaryKey: typeof primaryKey === 'string' ? primaryKey : null,
    secondaryKey: typeof secondaryKey === 'string' ? secondaryKey : null,
  };
}

function toRecord(body: unknown): Readonly<Record<string, unknown>> | null {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : null;
}

// A nextLink to another host would be sent our token: only its path and query are followed, on the endpoint that was configured.
function onOwnAuthority(nextLink: string | null, endpoint: string): string | null {
  const url = nextLink === null ? null : URL.parse(nextLink, endpoint);
  return url === null ? null : `${url.pathname}${url.search}`;
}

/** Runs at most `size` tasks at once, in order. */
function createSlots(size: number): <T>(task: () => Promise<T>) => Promise<T> {
  let busy = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (busy >= size) await new Promise<void>((free) => waiting.push(free));
    busy += 1;
    try {
      return await task();
    } finally {
      busy -= 1;
      waiting.shift()?.();
    }
  };
}
