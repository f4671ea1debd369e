// The gateway: routing, the key check, and a backend that echoes. Policies will run between the two (none do yet).

import { checkSubscription, type KeyCheck, keyNames } from './gateway-keys.ts';
import type { GatewayCall, Route } from './gateway-routing.ts';
import { route } from './gateway-routing.ts';
import { isArray, isObject, type JsonObject, textOf } from './json.ts';
import { nameOf } from './resource.ts';
import type { ServiceStore } from './store.ts';

export interface GatewayAnswer {
  readonly status: number;
  /** The reason phrase: the gateway says `Access Denied`, not `Unauthorized`. */
  readonly reason: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface GatewayRequest extends GatewayCall {
  /** The `Host` header as sent, with its port. */
  readonly host: string;
}

/** What runs after the key check and before the backend: the place of inbound policies. Null lets the call go on. */
export type Inbound = (store: ServiceStore, route: Route, request: GatewayRequest) => GatewayAnswer | null;

const messages = {
  missing: 'Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.',
  invalid: 'Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.',
};

function statusBody(status: number, message: string): string {
  return `{ "statusCode": ${status}, "message": ${JSON.stringify(message)} }`;
}

function notFound(): GatewayAnswer {
  const headers = { 'Content-Type': 'application/json' };
  return { status: 404, reason: 'Resource Not Found', headers, body: statusBody(404, 'Resource not found') };
}

function accessDenied(request: GatewayRequest, found: Route, reason: 'missing' | 'invalid'): GatewayAnswer {
  const realm = `https://${request.host}/${found.basePath}`;
  return {
    status: 401,
    reason: 'Access Denied',
    headers: {
      'Content-Type': 'application/json',
      'WWW-Authenticate': `AzureApiManagementKey realm="${realm}",name="${keyNames(found.api).header}",type="header"`,
    },
    body: statusBody(401, messages[reason]),
  };
}

/** The backend says what reached it; keys are left out. */
function echo(request: GatewayRequest, found: Route, check: KeyCheck & { readonly passed: true }): GatewayAnswer {
  const names = keyNames(found.api);
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => name !== names.header.toLowerCase()));
  const query = Object.fromEntries([...request.query].filter(([name]) => name !== names.query));
  const body = {
    method: request.method,
    path: request.path,
    query,
    headers,
    api: nameOf(found.api.path),
    operation: found.operation ? nameOf(found.operation.path) : null,
    product: check.product ? nameOf(check.product.path) : null,
    subscription: check.subscription ? nameOf(check.subscription.path) : null,
  };
  return { status: 200, reason: 'OK', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

/** Host names of a service, small letters: the default one, its gatewayUrl, and custom hostnames of type Proxy. */
export function gatewayHosts(store: ServiceStore): readonly string[] {
  const properties: JsonObject = store.find('.')?.properties ?? {};
  const entries = isArray(properties.hostnameConfigurations) ? properties.hostnameConfigurations : [];
  const proxies = entries.flatMap((entry) => {
    const name = isObject(entry) && String(entry.type ?? 'Proxy').toLowerCase() === 'proxy' ? textOf(entry.hostName) : null;
    return name === null ? [] : [name];
  });
  const url = textOf(properties.gatewayUrl)
    ?.replace(/^https?:\/\//, '')
    .replace(/[/:].*$/, '');
  return [`${store.name}.azure-api.net`, ...proxies, ...(url ? [url] : [])].map((host) => host.toLowerCase());
}

function serviceFor(stores: readonly ServiceStore[], host: string): ServiceStore | null {
  const name = host.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');
  const [only] = stores;
  if (stores.length === 1 && only && ['localhost', '127.0.0.1', '[::1]', '::1'].includes(name)) return only;
  return stores.find((store) => gatewayHosts(store).includes(name)) ?? null;
}

/** Answers one call as the gateway would. */
export function gatewayAnswer(stores: readonly ServiceStore[], request: GatewayRequest, inbound?: Inbound): GatewayAnswer {
  const store = serviceFor(stores, request.host);
  const found = store ? route(store, request) : null;
  if (!store || !found) return notFound();
  const check = checkSubscription(store, found, request);
  if (!check.passed) return accessDenied(request, found, check.reason);
  return inbound?.(store, found, request) ?? echo(request, found, check);
}
