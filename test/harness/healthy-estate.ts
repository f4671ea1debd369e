// The healthy estate that scenarios are laid over: one service, two products, three APIs, three subscriptions. All keys are made up.
import type { Scenario } from '../../src/causes/contract.ts';

export const serviceId =
  '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.ApiManagement/service/contoso';

export interface EstateResource {
  readonly id: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly [other: string]: unknown;
}

const healthy: readonly EstateResource[] = [
  {
    id: '.',
    location: 'West Europe',
    sku: { name: 'Developer', capacity: 1 },
    properties: { publisherEmail: 'apis@contoso.example', publisherName: 'Contoso' },
  },
  api('echo', 'Echo API'),
  { id: 'apis/echo/operations/get', properties: { displayName: 'Get a resource', method: 'GET', urlTemplate: '/resource' } },
  { id: 'apis/echo/operations/create', properties: { displayName: 'Create a resource', method: 'POST', urlTemplate: '/resource' } },
  api('orders', 'Orders API'),
  { id: 'apis/orders/operations/list', properties: { displayName: 'List orders', method: 'GET', urlTemplate: '/' } },
  { id: 'products/starter', properties: { displayName: 'Starter', state: 'published', subscriptionRequired: true } },
  { id: 'products/starter/apis/echo' },
  { id: 'products/partner', properties: { displayName: 'Partner', state: 'published', subscriptionRequired: true } },
  { id: 'products/partner/apis/orders' },
  subscription('mobile-app', 'Mobile app', '/products/starter', 'a1'),
  subscription('partner-app', 'Partner app', '/products/partner', 'b2'),
  subscription('all-apis', 'All APIs', '/apis', 'c3'),
];

function api(name: string, displayName: string): EstateResource {
  return {
    id: `apis/${name}`,
    properties: { displayName, path: name, protocols: ['https'], serviceUrl: 'https://backend.example/api', subscriptionRequired: true },
  };
}

function subscription(name: string, displayName: string, scope: string, seed: string): EstateResource {
  return {
    id: `subscriptions/${name}`,
    properties: {
      displayName,
      scope,
      state: 'active',
      createdDate: '2025-11-01T00:00:00Z',
      primaryKey: `${seed}0f`.repeat(8),
      secondaryKey: `${seed}5e`.repeat(8),
    },
  };
}

/** An estate file's object: the healthy one with what the scenario says laid over it. */
export function estateOf(scenario: Pick<Scenario, 'given' | 'denied' | 'notYetPropagated' | 'activityLog'>) {
  const resources = new Map(healthy.map((one) => [one.id, one]));
  for (const [id, change] of Object.entries(scenario.given)) {
    if (otherServiceOf(id) !== null) continue;
    if (change === null) resources.delete(id);
    else resources.set(id, merge(resources.get(id) ?? { id }, change as EstateResource));
  }
  return {
    format: 'locksmith-estate/1' as const,
    now: '2026-11-20T09:00:00Z',
    service: serviceId,
    resources: [...resources.values()],
    ...(scenario.notYetPropagated ? { gateway: { notYetPropagated: [...scenario.notYetPropagated] } } : {}),
    ...(scenario.denied ? { denied: [...scenario.denied] } : {}),
    ...(scenario.activityLog ? { activityLog: [...scenario.activityLog] } : {}),
  };
}

/** The same, with the further services that the scenario names by absolute ids. */
export function estatesOf(scenario: Scenario): object {
  const own = estateOf(scenario);
  const others = Map.groupBy(
    Object.entries(scenario.given).filter(([id]) => otherServiceOf(id) !== null),
    ([id]) => otherServiceOf(id) ?? '',
  );
  if (others.size === 0) return own;
  const more = [...others].map(([service, entries]) => ({
    format: own.format,
    now: own.now,
    service,
    resources: entries.map(([id, resource]) => ({ ...(resource as object), id: id === service ? '.' : id.slice(service.length + 1) })),
  }));
  return { format: own.format, estates: [own, ...more] };
}

/** The ARM id of the API Management service that an absolute id is in, when it is not the scenario's own; else null. */
function otherServiceOf(id: string): string | null {
  const service = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.ApiManagement\/service\/[^/]+/i.exec(id)?.[0];
  return service === undefined || service === serviceId ? null : service;
}

function merge(base: EstateResource, change: EstateResource): EstateResource {
  return { ...base, ...change, id: base.id, properties: { ...base.properties, ...change.properties } };
}

/** The paste with `{key:NAME}` filled in from the estate. */
export function pasteOf(scenario: Scenario): string {
  const { resources } = estateOf(scenario);
  return scenario.paste.replace(/\{key:([^}]+)\}/g, (_, name: string) => {
    const key = resources.find((one) => one.id === `subscriptions/${name}`)?.properties?.primaryKey;
    if (typeof key !== 'string') throw new Error(`The scenario has no subscription ${name}.`);
    return key;
  });
}
