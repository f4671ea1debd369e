// The state of one service: every resource, its ETag, and what the gateway has not heard of yet.
import type { EstateFile, EstateResource } from './estate.ts';
import { type DraftObject, type JsonObject, objectOr } from './json.ts';
import type { LabClock } from './lab-time.ts';
import { collectionOf, type Resource } from './resource.ts';
import { relativeTo } from './scopes.ts';
import { serviceProperties } from './service-shape.ts';
import { shape } from './shapes.ts';

/** Ten minutes: the longest that anybody was told to wait for a new key. */
const propagation = 10 * 60 * 1000;

export interface ServiceStore {
  readonly id: string;
  readonly name: string;
  readonly clock: LabClock;
  readonly estate: EstateFile;
  /** What the activity log has: the estate's events, then what was done here. */
  readonly activity: JsonObject[];
  /** By path in small letters. `apis/X;rev=N` also finds the current revision. */
  find(path: string): Resource | null;
  /** Direct children, in the order of the estate: `apis`, `apis/echo/operations`. */
  list(collection: string): readonly Resource[];
  all(): readonly Resource[];
  /** Creates or replaces; moves the ETag and tells the gateway. */
  write(path: string, properties: JsonObject, top?: JsonObject): Resource;
  /** Moves the ETag of a resource that was changed in place. */
  touch(resource: Resource): void;
  /** Removes a resource and all below it. */
  remove(path: string): void;
  /** Whether the gateway knows this entity. */
  hasPropagated(path: string): boolean;
  /** The estate as it is now; `now` stays that of the start, so that equal states export equal files. */
  exportEstate(): EstateFile;
}

const master: EstateResource = {
  id: 'subscriptions/master',
  properties: { displayName: 'Built-in all-access subscription', allowTracing: true },
};

function splitResource(given: EstateResource): { properties: JsonObject; top: JsonObject } {
  const { id: _id, properties, type: _type, name: _name, ...top } = given;
  return { properties: objectOr(properties), top };
}

export function openStore(estate: EstateFile, clock: LabClock): ServiceStore {
  const id = estate.service;
  const name = id.slice(id.lastIndexOf('/') + 1);
  const resources = new Map<string, Resource>();
  // Positions outlive deletion: what is deleted and put back stands where it stood.
  const positions = new Map<string, number>();
  const activity = [...(estate.activityLog ?? [])];
  let writes = 2516;
  // Large estates are listed far more often than they are written: sorted and grouped once after each write.
  let index: { readonly all: readonly Resource[]; readonly byCollection: ReadonlyMap<string, readonly Resource[]> } | null = null;
  const pending = new Map((estate.gateway?.notYetPropagated ?? []).map((entry) => [pathOf(entry).toLowerCase(), entry]));

  function pathOf(given: string): string {
    if (given === '.') return '.';
    const relative = given.startsWith('/') ? (relativeTo(id, given) ?? given) : given;
    return relative === '' ? '.' : relative.replace(/^\//, '');
  }

  function store(path: string, properties: JsonObject, top: JsonObject, link: boolean): Resource {
    const key = path.toLowerCase();
    writes += 1;
    if (!positions.has(key)) positions.set(key, positions.size);
    const known = resources.get(key);
    const resource: Resource = { path: known?.path ?? path, top, properties, link, version: writes };
    resources.set(key, resource);
    index = null;
    return resource;
  }

  function load(given: EstateResource): void {
    const path = pathOf(given.id);
    const { properties, top } = splitResource(given);
    const now = clock.startedAt;
    if (path === '.') {
      store(path, serviceProperties(properties, name, now), top, false);
      return;
    }
    const link = given.properties === undefined;
    const isMaster = path.toLowerCase() === master.id;
    const full = isMaster ? { ...objectOr(master.properties), scope: `${id}/`, ...properties } : properties;
    store(path, link && !isMaster ? full : shape(full, { service: id, path, now }), top, link && !isMaster);
  }

  const owned = estate.resources.filter((resource) => !resource.id.startsWith('/') || relativeTo(id, resource.id) !== null);
  if (!owned.some((resource) => pathOf(resource.id) === '.')) load({ id: '.' });
  if (!owned.some((resource) => pathOf(resource.id).toLowerCase() === master.id)) load(master);
  for (const resource of owned) load(resource);

  function indexed(): NonNullable<typeof index> {
    if (index) return index;
    const position = (resource: Resource): number => positions.get(resource.path.toLowerCase()) ?? 0;
    const all = [...resources.values()].sort((a, b) => position(a) - position(b));
    index = { all, byCollection: Map.groupBy(all, (resource) => collectionOf(resource.path).toLowerCase()) };
    return index;
  }

  function find(path: string): Resource | null {
    const key = path.toLowerCase();
    const exact = resources.get(key);
    if (exact) return exact;
    const revision = /^(.*?apis\/[^/;]+);rev=(\d+)(\/.*)?$/.exec(key);
    if (!revision) return null;
    const [, base = '', number = '', rest = ''] = revision;
    return resources.get(base)?.properties.apiRevision === number ? (resources.get(base + rest) ?? null) : null;
  }

  const isHeard = (key: string): boolean => !pending.has(key) || clock.now() - clock.startedAt >= propagation;

  return {
    id,
    name,
    clock,
    estate,
    activity,
    find,
    list: (collection) => indexed().byCollection.get(collection.toLowerCase()) ?? [],
    all: () => indexed().all,
    write: (path, properties, top) => {
      const known = resources.get(path.toLowerCase());
      pending.delete(path.toLowerCase());
      return store(path, properties, top ?? known?.top ?? {}, known?.link ?? Object.keys(properties).length === 0);
    },
    touch: (resource) => {
      writes += 1;
      resource.version = writes;
      pending.delete(resource.path.toLowerCase());
    },
    remove: (path) => {
      const key = path.toLowerCase();
      index = null;
      for (const other of [...resources.keys()]) if (other === key || other.startsWith(`${key}/`)) resources.delete(other);
      pending.delete(key);
    },
    hasPropagated: (path) => isHeard(path.toLowerCase()),
    exportEstate: () => ({
      format: 'locksmith-estate/1',
      now: estate.now,
      service: id,
      resources: [
        ...indexed().all.map((resource) => exported(resource)),
        ...estate.resources.filter((resource) => resource.id.startsWith('/') && relativeTo(id, resource.id) === null),
      ],
      gateway: { notYetPropagated: [...pending].filter(([key]) => !isHeard(key)).map(([, entry]) => entry) },
      denied: estate.denied ?? [],
      activityLog: estate.activityLog ?? [],
    }),
  };
}

function exported(resource: Resource): EstateResource {
  const draft: DraftObject = { ...resource.top };
  if (!resource.link) draft.properties = structuredClone(resource.properties) as JsonObject;
  return { id: resource.path, ...draft };
}
