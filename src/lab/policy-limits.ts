// rate-limit and quota, with and without a key of their own. Windows are fixed and start with the first call, by lab time.
import { refusal } from './gateway-answer.ts';
import { attributeOf, contextOf, failed, numberOf, type Outcome, type PolicyCall } from './policy-call.ts';
import { holds } from './policy-expressions.ts';
import { isNamed, type Statement } from './policy-scopes.ts';
import type { PolicyElement } from './policy-xml.ts';
import type { ServiceStore } from './store.ts';

interface Window {
  from: number;
  calls: number;
  bytes: number;
}

const windows = new WeakMap<ServiceStore, Map<string, Window>>();

/** The current window of a counter. A period of 0 never ends. */
function windowOf(call: PolicyCall, counter: string, period: number): Window {
  const { store } = call.place;
  const all = windows.get(store) ?? new Map<string, Window>();
  windows.set(store, all);
  const known = all.get(counter);
  if (known && (period === 0 || call.now < known.from + period * 1000)) return known;
  const opened = { from: call.now, calls: 0, bytes: 0 };
  all.set(counter, opened);
  return opened;
}

function secondsLeft(call: PolicyCall, window: Window, period: number): number {
  return Math.max(1, Math.ceil((window.from + period * 1000 - call.now) / 1000));
}

/** `5.03:23:11`, as .NET writes a time span: without days it is `03:23:11`. */
function span(seconds: number): string {
  const [days, rest] = [Math.floor(seconds / 86_400), seconds % 86_400];
  const clock = [Math.floor(rest / 3600), Math.floor((rest % 3600) / 60), rest % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return days === 0 ? clock : `${days}.${clock}`;
}

/** Counts now, or when the answer is known where a condition decides. */
function count(call: PolicyCall, statement: Statement, window: Window): void {
  const { 'increment-condition': condition } = statement.attributes;
  const by = numberOf(call, statement, 'increment-count', 1);
  if (condition === undefined) window.calls += by;
  call.atEnd.push((answer) => {
    call.response = answer;
    if (condition !== undefined && !holds(condition, contextOf(call))) return;
    window.bytes += Buffer.byteLength(answer.body);
    if (condition !== undefined) window.calls += by;
  });
}

/** The limits of a statement: its own, and those for the API and operation of this call. */
function limitsIn(call: PolicyCall, statement: Statement): readonly PolicyElement[] {
  const { api = null, operation = null } = call.place.route ?? {};
  const apis = statement.children.filter((child) => child.name === 'api' && isNamed(child, api));
  const operations = apis.flatMap((found) => found.children.filter((child) => child.name === 'operation' && isNamed(child, operation)));
  return [statement, ...apis, ...operations];
}

/** Whom a limit counts: its key, else the subscription. Undefined when an expression cannot be worked out here. */
function counted(call: PolicyCall, statement: Statement): string | undefined {
  if (!statement.name.endsWith('-by-key')) return `${statement.scope} ${call.subscription?.path ?? ''}`;
  return attributeOf(call, statement, 'counter-key');
}

export function rateLimit(call: PolicyCall, statement: Statement): Outcome {
  const whom = counted(call, statement);
  if (whom === undefined) return null;
  for (const [depth, limit] of limitsIn(call, statement).entries()) {
    const period = numberOf(call, limit, 'renewal-period', 60);
    const window = windowOf(call, `${statement.name} ${depth} ${whom}`, period);
    const allowed = numberOf(call, limit, 'calls', Number.POSITIVE_INFINITY);
    if (window.calls < allowed) {
      count(call, statement, window);
      continue;
    }
    const seconds = secondsLeft(call, window, period);
    const message = `Rate limit is exceeded. Try again in ${seconds} seconds.`;
    const header = attributeOf(call, statement, 'retry-after-header-name') ?? 'Retry-After';
    return failed('rate-limit', 'RateLimitExceeded', message, refusal(429, message, { [header]: String(seconds) }));
  }
  return null;
}

export function quota(call: PolicyCall, statement: Statement): Outcome {
  const whom = counted(call, statement);
  if (whom === undefined) return null;
  for (const [depth, limit] of limitsIn(call, statement).entries()) {
    const period = numberOf(call, limit, 'renewal-period', 0);
    const window = windowOf(call, `${statement.name} ${depth} ${whom}`, period);
    const isOutOfCalls = window.calls >= numberOf(call, limit, 'calls', Number.POSITIVE_INFINITY);
    const isOutOfBytes = window.bytes >= numberOf(call, limit, 'bandwidth', Number.POSITIVE_INFINITY) * 1024;
    if (!isOutOfCalls && !isOutOfBytes) {
      count(call, statement, window);
      continue;
    }
    const seconds = period === 0 ? 0 : secondsLeft(call, window, period);
    const message = `Out of ${isOutOfCalls ? 'call volume' : 'bandwidth'} quota. Quota will be replenished in ${span(seconds)}.`;
    const headers: Record<string, string> = period === 0 ? {} : { 'Retry-After': String(seconds) };
    return failed('quota', 'QuotaExceeded', message, refusal(403, message, headers));
  }
  return null;
}
