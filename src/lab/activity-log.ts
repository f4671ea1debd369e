// The activity log (Microsoft.Insights, Activity Logs - List, 2015-04-01): the estate's events and what was done here since, newest first.
import { randomUUID } from 'node:crypto';
import { type ArmAnswer, armError } from './arm-answer.ts';
import type { Caller } from './caller.ts';
import { compileFilter, FilterError, type FilterValue } from './filter.ts';
import { type DraftObject, isObject, type Json, type JsonObject, textOf } from './json.ts';
import type { ServiceStore } from './store.ts';

const day = 24 * 3600 * 1000;
/** Azure keeps events for 90 days and refuses to look further back. */
const kept = 90 * day;
/** The filter "is very restricted": these fields and no others. */
const fields = ['eventtimestamp', 'resourceuri', 'resourcegroupname', 'resourceprovider', 'correlationid'];

/** Under this name events carry the object id (Activity Logs - List, sample response). */
const objectIdClaim = 'http://schemas.microsoft.com/identity/claims/objectidentifier';

/** The ARM id of the log of an Azure subscription; null for any other id. */
export function logOwner(id: string): string | null {
  return /^\/subscriptions\/([^/]+)\/providers\/microsoft\.insights\/eventtypes\/management\/values$/i.exec(id)?.[1] ?? null;
}

/** GET of the log. `stores` are the services of that Azure subscription. */
export function logAnswer(stores: readonly ServiceStore[], method: string, query: URLSearchParams, now: number): ArmAnswer {
  if (method !== 'GET') return armError(405, 'MethodNotAllowed', `The requested resource does not support http method '${method}'.`);
  const clause = query.get('$filter') ?? '';
  const since = Date.parse(/eventTimestamp\s+ge\s+'([^']+)'/i.exec(clause)?.[1] ?? '');
  if (Number.isNaN(since)) return armError(400, 'BadRequest', "The $filter query parameter needs 'eventTimestamp ge' with a date.");
  if (since < now - kept) return armError(400, 'BadRequest', 'The start time cannot be more than 90 days in the past.');
  let test: ReturnType<typeof compileFilter>;
  try {
    test = compileFilter(clause, (field) => fields.includes(field.toLowerCase()));
  } catch (error) {
    if (error instanceof FilterError) return armError(400, 'BadRequest', `Invalid $filter. ${error.message}`);
    throw error;
  }
  const events = stores.flatMap((store) => store.activity.map((event) => fullEvent(store.id, event)));
  const found = events.filter((event) => test((field) => [fieldValue(event, field)]));
  const wanted = query.get('$select')?.split(',');
  const value = found
    .toSorted((a, b) => String(b.eventTimestamp).localeCompare(String(a.eventTimestamp)))
    .map((event) => (wanted ? Object.fromEntries(Object.entries(event).filter(([key]) => wanted.includes(key))) : event));
  return { status: 200, body: { value }, oneLine: true };
}

function fieldValue(event: JsonObject, field: string): FilterValue {
  const name = field.toLowerCase();
  if (name === 'resourceuri') return textOf(event.resourceId);
  if (name === 'resourceprovider') return isObject(event.resourceProviderName) ? textOf(event.resourceProviderName.value) : null;
  if (name === 'eventtimestamp') return textOf(event.eventTimestamp);
  return textOf(event[name === 'resourcegroupname' ? 'resourceGroupName' : 'correlationId']);
}

/** An estate writes an event in four words; the log has the whole of it. */
function fullEvent(service: string, given: JsonObject): JsonObject {
  const [, , subscriptionId = '', , group = ''] = service.split('/');
  const written = textOf(given.resourceId) ?? '.';
  const isFull = /^\/subscriptions\/[^/]+\/(resourceGroups|providers)\//i.test(written);
  const resourceId = isFull ? written : written === '.' ? service : `${service}/${written.replace(/^\//, '')}`;
  const event: DraftObject = {
    channels: 'Operation',
    correlationId: randomUUID(),
    eventDataId: randomUUID(),
    eventName: localized('EndRequest'),
    category: localized('Administrative'),
    level: 'Informational',
    resourceGroupName: group,
    resourceProviderName: localized('Microsoft.ApiManagement'),
    subscriptionId,
    submissionTimestamp: given.eventTimestamp ?? null,
    ...given,
    resourceId,
    operationName: localized(given.operationName ?? ''),
    status: localized(given.status ?? 'Succeeded'),
  };
  return { id: `${resourceId}/events/${String(event.eventDataId)}`, ...event };
}

function localized(value: Json): Json {
  return typeof value === 'string' ? { value, localizedValue: value } : value;
}

export interface LoggedWrite {
  readonly action: string;
  readonly segments: readonly string[];
  readonly status: number;
  readonly caller: Caller;
}

/** Writes down a write that was answered with success. Reading keys is left out: whether Azure logs it is not documented. */
export function logWrite(store: ServiceStore, method: string, { action, segments, status, caller }: LoggedWrite): void {
  if (method === 'GET' || method === 'HEAD' || status >= 300 || /\/list\w+\/action$/i.test(action)) return;
  const on = method === 'POST' ? segments.slice(0, -1) : segments;
  const claims: DraftObject = {};
  if (caller.name !== null) claims.name = caller.name;
  if (caller.oid !== null) claims[objectIdClaim] = caller.oid;
  store.activity.push({
    eventTimestamp: new Date(store.clock.now()).toISOString(),
    operationName: action,
    resourceId: [store.id, ...on].join('/'),
    caller: caller.shown,
    ...(Object.keys(claims).length === 0 ? {} : { claims: claims as JsonObject }),
  });
}
