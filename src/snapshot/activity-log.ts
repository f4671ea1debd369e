// What the activity log knows of a service's keys (Microsoft.Insights, Activity Logs - List, 2015-04-01). It names operations, never keys:
// it can say when a key was regenerated or a subscription deleted, and not whether it was the pasted one.

import type { KeyEvent, KeyHistoryFact } from './facts-keys.ts';
import { record, text } from './from-arm.ts';
import type { ArmReader } from './ports.ts';
import type { Reading, SubscriptionFact } from './snapshot.ts';

/** Azure keeps the log for 90 days and refuses to look further back. */
const daysKept = 89;
/** The log of a busy resource group is long; the newest events matter. */
const mostPages = 3;

const kinds: readonly (readonly [RegExp, KeyEvent['kind']])[] = [
  [/\/subscriptions\/regenerate(?:primary|secondary)key\/action$/i, 'regenerated'],
  [/\/subscriptions\/delete$/i, 'subscription-deleted'],
  [/\/products\/delete$/i, 'product-deleted'],
];

export async function readKeyHistory(
  reader: ArmReader,
  serviceId: string,
  subscriptions: readonly SubscriptionFact[],
): Promise<Reading<KeyHistoryFact>> {
  const [, , azure = '', , group = ''] = serviceId.split('/');
  const now = reader.now();
  const since = new Date(now.getTime() - daysKept * 24 * 3_600_000).toISOString();
  const at = `/subscriptions/${azure}/providers/Microsoft.Insights/eventtypes/management/values`;
  // One of the few forms that the filter may have. By group, because what happens to a subscription is logged under its own id.
  const filter = `eventTimestamp ge '${since}' and eventTimestamp le '${now.toISOString()}' and resourceGroupName eq '${group}'`;
  const query = { 'api-version': '2015-04-01', $filter: filter, $select: 'eventTimestamp,operationName,resourceId,status' };
  const listed = await reader.list(at, query, mostPages);
  if (listed.status === 'unreadable') return listed;

  const known = new Map(subscriptions.map((one) => [one.armId.toLowerCase(), one]));
  const events = new Map<string, KeyEvent>();
  for (const entry of listed.value.raw) {
    const event = toEvent(entry, serviceId, known);
    // One operation is logged as started, accepted and succeeded.
    if (event !== null) events.set(`${event.kind} ${event.armId} ${event.at.slice(0, 16)}`.toLowerCase(), event);
  }
  return {
    status: 'read',
    value: {
      at,
      since,
      complete: listed.value.next === null,
      events: [...events.values()].sort((a, b) => b.at.localeCompare(a.at)),
    },
  };
}

function toEvent(
  entry: Readonly<Record<string, unknown>>,
  serviceId: string,
  known: ReadonlyMap<string, SubscriptionFact>,
): KeyEvent | null {
  const operation = wordOf(entry.operationName);
  const armId = text(entry.resourceId) ?? '';
  const moment = Date.parse(text(entry.eventTimestamp) ?? '');
  const kind = kinds.find(([pattern]) => pattern.test(operation))?.[1];
  if (kind === undefined || Number.isNaN(moment) || !armId.toLowerCase().startsWith(`${serviceId.toLowerCase()}/`)) return null;
  if (/^(?:failed|started|accepted)$/i.test(wordOf(entry.status))) return null;
  return { kind, armId, operation, at: new Date(moment).toISOString(), subscription: known.get(armId.toLowerCase()) ?? null };
}

/** The log has `{ value, localizedValue }` where others have a word. */
function wordOf(value: unknown): string {
  return text(value) ?? text(record(value).value) ?? '';
}
