// Sends one change and reads what is there; arm-change.ts says which request a change is.
import type { Change } from '../causes/contract.ts';
import type { ArmWriter, Look, WriteOutcome } from '../remediation/ports.ts';
import type { Reading } from '../snapshot/snapshot.ts';
import { isAction, isLink, isPolicyText, requestFor } from './arm-change.ts';
import type { ArmAnswer, ArmHttp } from './arm-http.ts';
import { actionNamed, actionOf } from './arm-ids.ts';
import { failure } from './arm-reader.ts';

export interface WriterOptions {
  readonly http: ArmHttp;
  /** For one call, in milliseconds. */
  readonly timeoutMs: number;
  /** Keyed: what it makes of a key is kept with a plan, the key never. */
  readonly hash: (text: string) => string;
  readonly onWrite?: () => void;
}

export function createArmWriter({ http, timeoutMs, hash, onWrite }: WriterOptions): ArmWriter {
  return {
    async look(change) {
      if (isAction(change)) return lookAtAction(http, timeoutMs, hash, change);
      // Links have no GET of their own in the spec, only HEAD (arm-sdk-notes.md, method table).
      const method = change.field === '' && isLink(change.on) ? 'HEAD' : 'GET';
      const query = isPolicyText(change) ? { query: { format: 'rawxml' } } : {};
      const answer = await http.read({ method, path: change.on, ...query, signal: AbortSignal.timeout(timeoutMs) });
      return seen(answer, change, method);
    },

    async write(change) {
      const request = requestFor(change);
      onWrite?.();
      const sent = outcome(await http.write({ ...request, signal: AbortSignal.timeout(timeoutMs) }), request.method, request.path);
      // What `look` tells of an action is no ETag of ARM's, and the two must not be compared.
      return isAction(change) && sent.kind === 'done' ? { ...sent, etag: null } : sent;
    },
  };
}

function seen(answer: ArmAnswer, change: Change, method: string): Reading<Look> {
  if (answer.kind === 'none') return { status: 'unreadable', reason: answer.reason, at: change.on, action: null, says: answer.says };
  if (change.field === '' && answer.status === 404) return { status: 'read', value: { value: null, etag: null } };
  if (answer.status < 200 || answer.status > 299) return failure(answer.status, answer.body, method, change.on);
  const value = change.field === '' ? (answer.body ?? {}) : valueAt(answer.body, change.field);
  // A gateway's link answers HEAD with the ETag of its API, which says nothing of the link.
  return { status: 'read', value: { value, etag: method === 'HEAD' ? null : answer.etag } };
}

const regenerated: Readonly<Record<string, 'primaryKey' | 'secondaryKey'>> = {
  '!regeneratePrimaryKey': 'primaryKey',
  '!regenerateSecondaryKey': 'secondaryKey',
};

/** The value is null, an action has none. The ETag is whatever is another one once the action was run; it is compared, never sent. */
async function lookAtAction(http: ArmHttp, timeoutMs: number, hash: WriterOptions['hash'], change: Change): Promise<Reading<Look>> {
  const signal = AbortSignal.timeout(timeoutMs);
  const slot = regenerated[change.field];
  // A subscription's ETag moves for other reasons too, so the key itself tells.
  const [method, path] = slot === undefined ? (['GET', change.on] as const) : (['POST', `${change.on}/listSecrets`] as const);
  const answer = await http.read({ method, path, signal });
  if (answer.kind === 'none') return { status: 'unreadable', reason: answer.reason, at: change.on, action: null, says: answer.says };
  if (answer.status < 200 || answer.status > 299) return failure(answer.status, answer.body, method, path);
  const key = slot === undefined ? null : valueAt(answer.body, slot);
  if (typeof key === 'string') return { status: 'read', value: { value: null, etag: `key ${hash(key)}` } };
  if (slot !== undefined) {
    const says = 'Azure did not say which key there is now, so it cannot be told whether it was made new.';
    return { status: 'unreadable', reason: 'unavailable', at: change.on, action: null, says };
  }
  const fetched = valueAt(answer.body, 'properties.keyVault.lastStatus.timeStampUtc');
  return { status: 'read', value: { value: null, etag: typeof fetched === 'string' ? `${answer.etag} ${fetched}` : answer.etag } };
}

function outcome(answer: ArmAnswer, method: string, path: string): WriteOutcome {
  if (answer.kind === 'none' && answer.unsent) return { kind: 'failed', says: answer.says };
  if (answer.kind === 'none') return { kind: 'uncertain', says: answer.says, mayStillLand: true };
  const { status, body, requestId, etag } = answer;
  if (status >= 200 && status < 300) return { kind: 'done', requestId, etag };
  if (status === 412) return { kind: 'stale' };
  if (status === 403) return { kind: 'refused', action: actionNamed(body) ?? actionOf(method, path) };
  // What these say is that nothing was written; that is looked at all the same, because a proxy in between may have said it.
  if (status === 429) {
    const says = 'Azure is limiting how fast it may be asked (429); try again in a minute.';
    return { kind: 'uncertain', says, ...(answer.retryAfterMs === null ? {} : { waitMs: answer.retryAfterMs }) };
  }
  if (status === 409)
    return { kind: 'uncertain', says: 'Azure is busy with another change of this resource (409); try again in a minute.' };
  // 502 and 504 come from in between: whoever was asked may still be at it.
  if (status === 502 || status === 504)
    return { kind: 'uncertain', says: `Azure answered ${status}, which does not tell whether it writes.`, mayStillLand: true };
  if (status >= 500) return { kind: 'uncertain', says: `Azure answered ${status}, which does not tell whether it wrote.` };
  return { kind: 'failed', says: `Azure did not accept the change (${status}${codeOf(body)}).` };
}

// Only the code: messages and details may quote what was sent.
function codeOf(body: unknown): string {
  const code = (body as { error?: { code?: unknown } } | null)?.error?.code;
  return typeof code === 'string' && /^[A-Za-z]{1,60}$/.test(code) ? ` ${code}` : '';
}

function valueAt(body: unknown, field: string): unknown {
  let value = body;
  for (const part of field.split('.')) {
    if (typeof value !== 'object' || value === null) return null;
    value = (value as Record<string, unknown>)[part];
  }
  return value ?? null;
}
