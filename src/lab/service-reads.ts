// Reads of a service that are no list of entities: what its network can reach, and every policy that it has.
import { createHash } from 'node:crypto';
import { type ArmAnswer, notFound, ok } from './arm-answer.ts';
import type { ArmRequest } from './arm-request.ts';
import { isArray, isObject, type JsonObject, objectOr, textOf } from './json.ts';
import type { ServiceStore } from './store.ts';

const same = (a: string, b: string): boolean => a.toLowerCase().replaceAll(' ', '') === b.toLowerCase().replaceAll(' ', '');

function locationsOf(store: ServiceStore): readonly string[] {
  const service = store.find('.');
  const more = service?.properties.additionalLocations;
  const names = isArray(more) ? more.flatMap((entry) => (isObject(entry) ? (textOf(entry.location) ?? []) : [])) : [];
  return [textOf(service?.top.location) ?? 'West Europe', ...names];
}

const dependencies = [
  ['queue.core.windows.net', 'Queue', true],
  ['blob.core.windows.net', 'BlobStorage', false],
  ['table.core.windows.net', 'TableStorage', false],
  ['database.windows.net', 'SQLDatabase', false],
  ['vault.azure.net', 'AzureKeyVault', true],
] as const;

/** As the estate says under `locations/NAME/networkstatus`, else everything can be reached. */
function statusAt(store: ServiceStore, location: string): JsonObject {
  const written = store.all().find(({ path }) => {
    const [, name = '', last] = /^locations\/([^/]+)\/(networkstatus)$/i.exec(path) ?? [];
    return last !== undefined && same(name, location);
  });
  if (written) return { dnsServers: [], connectivityStatus: [], ...written.properties };
  const at = new Date(store.clock.startedAt).toISOString();
  const entry = ([host, resourceType, isOptional]: (typeof dependencies)[number]): JsonObject => {
    return { name: `${store.name}.${host}`, status: 'success', error: '', lastUpdated: at, lastStatusChange: at, resourceType, isOptional };
  };
  return { dnsServers: ['168.63.129.16'], connectivityStatus: dependencies.map(entry) };
}

function allPolicies(store: ServiceStore): ArmAnswer {
  const policies = store.all().filter(({ path }) => /(^|\/)policies\/policy$/i.test(path));
  const value = policies.map(({ path }) => {
    const name = createHash('sha256').update(path.toLowerCase()).digest('hex').slice(0, 24);
    return {
      id: `${store.id}/allPolicies/${name}`,
      type: 'Microsoft.ApiManagement/service/allPolicies',
      name,
      properties: { referencePolicyId: `${store.id}/${path}`, complianceState: 'Compliant' },
    };
  });
  return ok({ value });
}

/** The answer to a GET of one of them; null for any other path. */
export function serviceRead({ store, segments, method }: ArmRequest): ArmAnswer | null {
  const path = segments.join('/').toLowerCase();
  const location = /^locations\/[^/]+\/networkstatus$/.test(path) ? (segments[1] ?? '') : null;
  if (method !== 'GET' || (location === null && path !== 'networkstatus' && path !== 'allpolicies')) return null;
  if (path === 'allpolicies') return allPolicies(store);
  const locations = locationsOf(store);
  if (location === null) {
    return { status: 200, body: locations.map((name) => ({ location: name, networkStatus: objectOr(statusAt(store, name)) })) };
  }
  return locations.some((name) => same(name, location)) ? ok(statusAt(store, location)) : notFound('locations');
}
