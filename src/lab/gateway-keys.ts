// The built-in subscription check: who may call an API with which key.

import type { GatewayCall, Route } from './gateway-routing.ts';
import { type JsonObject, objectOr, textOf } from './json.ts';
import { apiName, productLinks } from './links.ts';
import { nameOf, type Resource } from './resource.ts';
import { relativeTo } from './scopes.ts';
import type { ServiceStore } from './store.ts';

export type KeyCheck =
  | { readonly passed: true; readonly subscription: Resource | null; readonly product: Resource | null }
  | { readonly passed: false; readonly reason: 'missing' | 'invalid' };

export interface KeyNames {
  readonly header: string;
  readonly query: string;
}

export function keyNames(api: Resource): KeyNames {
  const names = objectOr(api.properties.subscriptionKeyParameterNames);
  return { header: textOf(names.header) || 'Ocp-Apim-Subscription-Key', query: textOf(names.query) || 'subscription-key' };
}

/** The header, in any letter case, comes before the query parameter, which is compared exactly. */
function sentKey(call: GatewayCall, names: KeyNames): string | null {
  const header = call.headers[names.header.toLowerCase()];
  if (header !== undefined && header !== '') return header;
  return call.query.get(names.query) || null;
}

function productHolds(store: ServiceStore, product: Resource, api: Resource): boolean {
  return (
    store.hasPropagated(product.path) && productLinks(store, product.path, apiName(api.path)).some((link) => store.hasPropagated(link))
  );
}

/** What a scope lets in: everything, or a product, or nothing. */
function admits(store: ServiceStore, subscription: Resource, route: Route): { readonly product: Resource | null } | null {
  const written = textOf(subscription.properties.scope);
  if (written === null) return null;
  const scope = (relativeTo(store.id, written) ?? written).toLowerCase();
  const home = /^workspaces\/[^/]+\//i.exec(subscription.path)?.[0].toLowerCase() ?? '';
  const prefix = scope.startsWith(`/${home}`) ? '' : home;
  const inside = `/${route.workspace}`.toLowerCase();
  // Only the service itself covers workspaces too.
  if ((scope === '' || scope === '/') && home === '') return { product: null };
  const full = prefix === '' ? scope : `/${prefix.slice(0, -1)}${scope}`;
  if (full === `${inside}apis` || full === `/${apiName(route.api.path).toLowerCase()}`) return { product: null };
  if (!/^(\/workspaces\/[^/]+)?\/products\/[^/]+$/.test(full) || !full.startsWith(`${inside}products/`)) return null;
  const product = store.find(full.slice(1));
  return product && productHolds(store, product, route.api) ? { product } : null;
}

function isOwnerBlocked(store: ServiceStore, subscription: JsonObject): boolean {
  const owner = textOf(subscription.ownerId);
  return owner !== null && store.find(`users/${nameOf(owner)}`)?.properties.state === 'blocked';
}

function checkKey(store: ServiceStore, route: Route, key: string): KeyCheck {
  const holders = store
    .all()
    .filter((resource) => /^(workspaces\/[^/]+\/)?subscriptions\/[^/]+$/i.test(resource.path))
    .filter(({ properties }) => properties.primaryKey === key || properties.secondaryKey === key);
  for (const subscription of holders) {
    if (!store.hasPropagated(subscription.path) || subscription.properties.state !== 'active') continue;
    if (isOwnerBlocked(store, subscription.properties)) continue;
    const admitted = admits(store, subscription, route);
    if (admitted) return { passed: true, subscription, product: admitted.product };
  }
  return { passed: false, reason: 'invalid' };
}

/** Runs the check as documented: a key that is sent must be right, also where none is needed. */
export function checkSubscription(store: ServiceStore, route: Route, call: GatewayCall): KeyCheck {
  const key = sentKey(call, keyNames(route.api));
  if (key !== null) return checkKey(store, route, key);
  const open = store
    .list(`${route.workspace}products`)
    .find((product) => product.properties.subscriptionRequired === false && productHolds(store, product, route.api));
  if (open) return { passed: true, subscription: null, product: open };
  if (route.api.properties.subscriptionRequired === false) return { passed: true, subscription: null, product: null };
  return { passed: false, reason: 'missing' };
}
