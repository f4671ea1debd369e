// Relations between entities: which APIs a product holds, which groups, and the lists that read them backwards.
import type { JsonObject } from './json.ts';
import { nameOf, type Resource } from './resource.ts';
import { comparableScope, relativeTo } from './scopes.ts';
import type { ServiceStore } from './store.ts';

/** A member of a collection: shown at `path`, with the properties of `entity`. */
export interface Member {
  readonly path: string;
  readonly entity: Resource;
}

// Collections whose members are entities that live elsewhere in the service (or the workspace).
const linked: Readonly<Record<string, string>> = {
  'products/apis': 'apis',
  'products/groups': 'groups',
  'gateways/apis': 'apis',
  'groups/users': 'users',
  'apis/tags': 'tags',
  'operations/tags': 'tags',
  'products/tags': 'tags',
};

/** The collection that a link points into, `apis` for `products/starter/apis`; null when the path is no link collection. */
export function targetOf(collection: string): string | null {
  const segments = collection.split('/');
  const target = linked[`${segments.at(-3)?.toLowerCase()}/${segments.at(-1)?.toLowerCase()}`];
  if (segments.length < 3 || target === undefined) return null;
  return segments[0]?.toLowerCase() === 'workspaces' ? `workspaces/${segments[1]}/${target}` : target;
}

/** The name of an API without `;rev=N`: products and subscriptions know the API, not the revision. */
export function apiName(name: string): string {
  return name.replace(/;rev=\d+$/i, '');
}

/** Paths of the links that put an API into a product: `products/P/apis/A`, or an apiLink naming it. */
export function productLinks(store: ServiceStore, product: string, api: string): readonly string[] {
  const direct = store
    .list(`${product}/apis`)
    .filter((link) => apiName(nameOf(link.path)).toLowerCase() === apiName(nameOf(api)).toLowerCase());
  const named = store.list(`${product}/apiLinks`).filter((link) => linkedApi(store, link)?.toLowerCase() === apiName(api).toLowerCase());
  return [...direct, ...named].map((link) => link.path);
}

function linkedApi(store: ServiceStore, link: Resource): string | null {
  const id = link.properties.apiId;
  if (typeof id !== 'string') return null;
  return apiName((relativeTo(store.id, id) ?? id).replace(/^\//, ''));
}

function forwardMembers(store: ServiceStore, collection: string, target: string): readonly Member[] {
  const names = store.list(collection).map((link) => nameOf(link.path));
  if (/(^|\/)products\/[^/]+\/apis$/i.test(collection)) {
    const product = collection.replace(/\/apis$/i, '');
    for (const link of store.list(`${product}/apiLinks`)) names.push(nameOf(linkedApi(store, link) ?? ''));
  }
  const members = new Map<string, Member>();
  for (const name of names) {
    const entity = store.find(`${target}/${name}`);
    if (entity) members.set(entity.path.toLowerCase(), { path: `${collection}/${nameOf(entity.path)}`, entity });
  }
  return [...members.values()];
}

function subscriptionsOf(store: ServiceStore, collection: string, belongs: (properties: JsonObject) => boolean): readonly Member[] {
  const workspace = /^workspaces\/[^/]+\//i.exec(collection)?.[0] ?? '';
  return store
    .list(`${workspace}subscriptions`)
    .filter((entity) => belongs(entity.properties))
    .map((entity) => ({ path: `${collection}/${nameOf(entity.path)}`, entity }));
}

/** Members of a list, whether its entities live there, are linked, or are read backwards. */
export function membersOf(store: ServiceStore, collection: string): readonly Member[] {
  const target = targetOf(collection);
  if (target !== null) return forwardMembers(store, collection, target);
  const [, scope = '', parent, name = '', child] =
    /^((?:workspaces\/[^/]+\/)?)(apis|products|users)\/([^/]+)\/([^/]+)$/i.exec(collection) ?? [];
  const relation = `${parent}/${child}`.toLowerCase();
  if (relation === 'apis/products') {
    const api = `${scope}apis/${name}`;
    return store
      .list(`${scope}products`)
      .filter((product) => productLinks(store, product.path, api).length > 0)
      .map((entity) => ({ path: `${collection}/${nameOf(entity.path)}`, entity }));
  }
  if (relation === 'products/subscriptions') {
    const wanted = `/${scope}products/${name}`.toLowerCase();
    return subscriptionsOf(store, collection, ({ scope: of }) => typeof of === 'string' && comparableScope(store.id, of) === wanted);
  }
  if (relation === 'users/subscriptions') {
    return subscriptionsOf(
      store,
      collection,
      ({ ownerId }) => typeof ownerId === 'string' && nameOf(ownerId).toLowerCase() === name.toLowerCase(),
    );
  }
  if (relation === 'users/groups') {
    return store
      .list('groups')
      .filter((group) => store.find(`${group.path}/users/${name}`) !== null)
      .map((entity) => ({ path: `${collection}/${nameOf(entity.path)}`, entity }));
  }
  return store.list(collection).map((entity) => ({ path: entity.path, entity }));
}
