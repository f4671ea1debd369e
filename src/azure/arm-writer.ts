// Change -> one ARM call, and nothing else: the method and body follow from the change, no cause is known here.
import type { Change } from '../causes/contract.ts';
import type { PlannedChange } from '../remediation/plan-record.ts';
import type { ArmWriter, Look, WriteOutcome } from '../remediation/ports.ts';
import type { Reading } from '../snapshot/snapshot.ts';
import type { ArmAnswer, ArmExchange, ArmHttp } from './arm-http.ts';
import { actionNamed, actionOf } from './arm-ids.ts';
import { failure } from './arm-reader.ts';

export interface WriterOptions {
  readonly http: ArmHttp;
  /** For one call, in milliseconds. */
  readonly timeoutMs: number;
  readonly onWrite?: () => void;
}

export function createArmWriter({ http, timeoutMs, onWrite }: WriterOptions): ArmWriter {
  return {
    async look(change) {
      // Links have no GET of their own in the spec, only HEAD (arm-sdk-notes.md, method table).
      const method = change.field === '' && isLink(change.on) ? 'HEAD' : 'GET';
      const query = isPolicyText(change) ? { query: { format: 'rawxml' } } : {};
      const answer = await http.read({ method, path: change.on, ...query, signal: AbortSignal.timeout(timeoutMs) });
      return seen(answer, change, method);
    },

    async write(change) {
      const request = requestFor(change);
      onWrite?.();
      return outcome(await http.write({ ...request, signal: AbortSignal.timeout(timeoutMs) }), request.method, request.path);
    },
  };
}

function seen(answer: ArmAnswer, change: Change, method: string): Reading<Look> {
  if (answer.kind === 'none') return { status: 'unreadable', reason: answer.reason, at: change.on, action: null, says: answer.says };
  if (change.field === '' && answer.status === 404) return { status: 'read', value: { value: null, etag: null } };
  if (answer.status < 200 || answer.status > 299) return failure(answer.status, answer.body, method, change.on);
  const value = change.field === '' ? (answer.body ?? {}) : valueAt(answer.body, change.field);
  return { status: 'read', value: { value, etag: answer.etag } };
}

function requestFor(change: PlannedChange): Pick<ArmExchange, 'method' | 'path' | 'body' | 'ifMatch'> {
  const path = change.on;
  // An action has neither body nor If-Match; a long-running one answers 202 and a Location, which means that it was accepted.
  if (change.field.startsWith('!')) return { method: 'POST', path: `${path}/${change.field.slice(1)}` };
  const ifMatch = change.etag === null ? {} : { ifMatch: change.etag };
  // A policy has no PATCH; what it has beside its text is the format that the text is in.
  if (isPolicyText(change)) return { method: 'PUT', path, body: { properties: { format: 'rawxml', value: change.after } }, ...ifMatch };
  if (change.field !== '') return { method: 'PATCH', path, body: nested(change.field, change.after), ...ifMatch };
  if (change.after === null) return { method: 'DELETE', path, ...ifMatch };
  // The link's PUT has no body (arm-sdk-notes.md, productApi.createOrUpdate).
  return isLink(path) ? { method: 'PUT', path } : { method: 'PUT', path, body: change.after, ...ifMatch };
}

/** Read and written as rawxml, so that expressions stay as their author wrote them (field guide, section d). */
function isPolicyText({ on, field }: Change): boolean {
  return field === 'properties.value' && /\/policies\/policy$/i.test(on);
}

function isLink(armId: string): boolean {
  return /\/(products|gateways)\/[^/]+\/apis\/[^/]+$/i.test(armId);
}

function outcome(answer: ArmAnswer, method: string, path: string): WriteOutcome {
  if (answer.kind === 'none') return { kind: 'uncertain', says: answer.says };
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
  if (status >= 500) return { kind: 'uncertain', says: `Azure answered ${status}, which does not tell whether it wrote.` };
  return { kind: 'failed', says: `Azure did not accept the change (${status}${codeOf(body)}). Nothing was changed.` };
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

function nested(field: string, value: unknown): unknown {
  return field.split('.').reduceRight((inner, part) => ({ [part]: inner }), value);
}
