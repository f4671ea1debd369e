// The gateway: preflights, routing, the key check, policies, and a backend that echoes.
import { type GatewayAnswer, statusBody } from './gateway-answer.ts';
import { checkSubscription, keyNames } from './gateway-keys.ts';
import { type GatewayRequest, type Route, route } from './gateway-routing.ts';
import { isArray, isObject, type JsonObject, textOf } from './json.ts';
import { openCall, type PolicyCall, type PolicyError } from './policy-call.ts';
import { isPreflight, preflightAnswer } from './policy-cors.ts';
import { errorAnswer, policyAnswer } from './policy-run.ts';
import { nameOf } from './resource.ts';
import type { ServiceStore } from './store.ts';

const messages = {
  missing: 'Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.',
  invalid: 'Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.',
};

function notFound(): PolicyError {
  const headers = { 'Content-Type': 'application/json' };
  const answer = { status: 404, reason: 'Resource Not Found', headers, body: statusBody(404, 'Resource not found') };
  return { source: 'configuration', reason: 'OperationNotFound', message: 'Unable to match incoming request to an operation.', answer };
}

function accessDenied(request: GatewayRequest, found: Route, reason: 'missing' | 'invalid'): PolicyError {
  const realm = `https://${request.host}/${found.basePath}`;
  const answer: GatewayAnswer = {
    status: 401,
    reason: 'Access Denied',
    headers: {
      'Content-Type': 'application/json',
      'WWW-Authenticate': `AzureApiManagementKey realm="${realm}",name="${keyNames(found.api).header}",type="header"`,
    },
    body: statusBody(401, messages[reason]),
  };
  const name = reason === 'missing' ? 'SubscriptionKeyNotFound' : 'SubscriptionKeyInvalid';
  return { source: 'authorization', reason: name, message: messages[reason], answer };
}

/** Enough of a key to tell that it was forwarded: people paste what the echo says. */
function masked(name: string, value: string, secret: string): string {
  if (name !== secret) return value;
  return value.length > 8 ? `${value.slice(0, 4)}…` : '…';
}

/**
 * The backend says what reached it: what the client sent, as the policies left it. The key is among it unless a policy takes it out.
 * It is always asked, also where no `forward-request` is left: nobody practises on empty answers.
 */
function echo(found: Route, call: PolicyCall): GatewayAnswer {
  const names = keyNames(found.api);
  const headers = [...call.headers].map(([name, value]) => [name, masked(name, value, names.header.toLowerCase())]);
  const query = [...call.query].map(([name, value]) => [name, masked(name, value, names.query)]);
  const { product } = call.place;
  const body = {
    method: call.request.method,
    path: call.request.path,
    query: Object.fromEntries(query),
    headers: Object.fromEntries(headers),
    api: nameOf(found.api.path),
    operation: found.operation ? nameOf(found.operation.path) : null,
    product: product ? nameOf(product.path) : null,
    subscription: call.subscription ? nameOf(call.subscription.path) : null,
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

/** A preflight asks for another method and brings no key: cors of the API and the service decide, of a product only when it is open. */
function preflight(store: ServiceStore, request: GatewayRequest): GatewayAnswer | null {
  const asked = { ...request, method: (request.headers['access-control-request-method'] ?? '').toUpperCase() };
  const found = route(store, asked);
  if (found === null) return null;
  const check = checkSubscription(store, found, asked);
  return preflightAnswer({ store, route: found, product: check.passed ? check.product : null }, request);
}

/** Answers one call as the gateway would. */
export function gatewayAnswer(stores: readonly ServiceStore[], request: GatewayRequest): GatewayAnswer {
  const store = serviceFor(stores, request.host);
  if (!store) return notFound().answer;
  const granted = isPreflight(request) ? preflight(store, request) : null;
  if (granted !== null) return granted;
  const found = route(store, request);
  if (!found) return errorAnswer(openCall({ store, route: null, product: null }, request, null), notFound());
  const check = checkSubscription(store, found, request);
  const place = { store, route: found, product: check.passed ? check.product : null };
  const call = openCall(place, request, check.passed ? check.subscription : null);
  if (!check.passed) return errorAnswer(call, accessDenied(request, found, check.reason));
  return policyAnswer(call, (reached) => echo(found, reached));
}
