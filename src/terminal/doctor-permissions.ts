// `doctor`: what the signed-in identity may read and write, tried out where trying changes nothing.
import type { ArmReader } from '../snapshot/ports.ts';
import { nameOf } from '../snapshot/resolve-service.ts';
import type { Reading } from '../snapshot/snapshot.ts';
import type { Line } from './doctor-line.ts';

/** One line for each permission that questions and fixes need. `service`: ARM id. */
export async function permissionLines(service: string, reader: ArmReader): Promise<readonly Line[]> {
  const name = nameOf(service);
  const line = (what: string, reading: Reading<unknown>): Line => {
    if (reading.status === 'read') return { state: 'ok', name: `${name}: ${what}`, says: 'allowed' };
    return { state: 'wrong', name: `${name}: ${what}`, says: reading.says };
  };
  const [own, apis, products, subscriptions] = await Promise.all([
    reader.get(service),
    reader.list(`${service}/apis`, undefined, 1),
    reader.list(`${service}/products`, undefined, 1),
    reader.list(`${service}/subscriptions`, undefined, 1),
  ]);
  const lines = [
    line('read the service', own),
    line('read APIs', apis),
    line('read products', products),
    line('read subscriptions', subscriptions),
  ];
  const firstApi = apis.status === 'read' ? apis.value.items[0] : undefined;
  if (firstApi !== undefined) {
    const [operations, linked] = await Promise.all([
      reader.list(`${firstApi.id}/operations`, undefined, 1),
      reader.list(`${firstApi.id}/products`, undefined, 1),
    ]);
    lines.push(line('read operations', operations), line("read an API's products", linked));
  }
  const firstSubscription = subscriptions.status === 'read' ? subscriptions.value.items[0] : undefined;
  if (firstSubscription !== undefined) lines.push(line('list keys (listSecrets)', await reader.listSecrets(firstSubscription.id)));
  lines.push(...(await furtherReads(service, name, reader)), await writePermissions(service, name, reader));
  return lines;
}

// Read only where a question points there. A tier without workspaces refuses in its own way, which is no missing permission.
async function furtherReads(service: string, name: string, reader: ArmReader): Promise<readonly Line[]> {
  const log = `/subscriptions/${service.split('/')[2] ?? ''}/providers/Microsoft.Insights/eventtypes/management/values`;
  const since = new Date(reader.now().getTime() - 60_000).toISOString();
  const $filter = `eventTimestamp ge '${since}' and resourceUri eq '${service}'`;
  const [workspaces, users, events] = await Promise.all([
    reader.list(`${service}/workspaces`, undefined, 1),
    reader.list(`${service}/users`, undefined, 1),
    reader.list(log, { 'api-version': '2015-04-01', $filter }, 1),
  ]);
  return [
    furtherRead(`${name}: read workspaces`, workspaces, 'keys and APIs in workspaces are not found'),
    furtherRead(`${name}: read users`, users, 'a blocked owner of a subscription is not seen'),
    furtherRead(`${name}: read the activity log`, events, 'nobody can say when a key was regenerated or deleted'),
  ];
}

/** `without`: what is missing from answers, as the rest of a sentence. */
function furtherRead(name: string, reading: Reading<unknown>, without: string): Line {
  if (reading.status === 'read') return { state: 'ok', name, says: 'allowed' };
  const means = reading.reason === 'forbidden' ? `Without it, ${without}.` : 'Whether it is allowed is not known.';
  return { state: 'note', name, says: `${reading.says} ${means}` };
}

const writes = [
  'Microsoft.ApiManagement/service/subscriptions/write',
  'Microsoft.ApiManagement/service/subscriptions/regeneratePrimaryKey/action',
  'Microsoft.ApiManagement/service/subscriptions/regenerateSecondaryKey/action',
  'Microsoft.ApiManagement/service/products/apis/write',
  'Microsoft.ApiManagement/service/products/apis/delete',
  'Microsoft.ApiManagement/service/apis/write',
  'Microsoft.ApiManagement/service/apis/operations/write',
  'Microsoft.ApiManagement/service/apis/policies/write',
  'Microsoft.ApiManagement/service/gateways/apis/write',
  'Microsoft.ApiManagement/service/namedValues/refreshSecret/action',
  'Microsoft.ApiManagement/service/users/write',
];

// Writing is not tried out: ARM tells the caller's own actions at this scope.
async function writePermissions(service: string, name: string, reader: ArmReader): Promise<Line> {
  const own = await reader.list(`${service}/providers/Microsoft.Authorization/permissions`, { 'api-version': '2022-04-01' });
  const rules = own.status === 'read' ? own.value.raw : [];
  if (rules.length === 0)
    return {
      state: 'note',
      name: `${name}: write`,
      says: 'could not be checked without writing; a missing permission is named when a button needs it.',
    };
  const missing = writes.filter((action) => !rules.some((rule) => matches(rule.actions, action) && !matches(rule.notActions, action)));
  if (missing.length === 0) return { state: 'ok', name: `${name}: write`, says: 'allowed' };
  return { state: 'note', name: `${name}: write`, says: `fixes that need ${missing.join(', ')} will be refused by Azure.` };
}

function matches(patterns: unknown, action: string): boolean {
  if (!Array.isArray(patterns)) return false;
  return patterns.some((pattern) => {
    const [start = '', ...more] = String(pattern).toLowerCase().split('*');
    const wanted = action.toLowerCase();
    return more.length === 0 ? wanted === start : wanted.startsWith(start) && wanted.endsWith(more.at(-1) ?? '');
  });
}
