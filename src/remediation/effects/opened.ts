// What the keys of a subscription open, by its scope.
import { readScope } from '../../snapshot/scope.ts';
import type { Unreadable } from '../../snapshot/snapshot.ts';
import { displayName, type Looking } from './looking.ts';
import { pageWords } from './words.ts';

export interface Opened {
  /** Fits behind "can call": `the API Orders`, `all 4 APIs of the product Starter (…)`, `nothing, because …`. */
  readonly words: string;
  /** False where it is certain that the keys open nothing. */
  readonly opens: boolean;
}

/** Reads at most two things. `home` is the ARM id of the service, or of the workspace that the subscription is in. */
export async function openedBy(looking: Looking, service: string, home: string, scope: string): Promise<Opened> {
  const target = readScope(scope, service);
  if (target.kind === 'malformed')
    return { words: `nothing, because the scope ${withoutService(scope, service)} cannot be read: ${target.why}`, opens: false };
  const place = 'workspace' in target && target.workspace !== null ? `${service}/workspaces/${target.workspace}` : home;
  if (target.kind === 'product') return byProduct(looking, `${place}/products/${target.name}`, target.name);
  if (target.kind === 'api') {
    const api = await looking.get(`${place}/apis/${target.name}`);
    if (api.status === 'read') return { words: `the API ${displayName(api.value)}`, opens: true };
    return api.reason === 'not-found' ? nothing(`there is no API ${target.name}`) : unread(`the API ${target.name}`, api);
  }
  const where = place === service ? 'the service' : 'the workspace';
  const apis = await looking.list(`${place}/apis`);
  if (apis.status === 'unreadable') return unread(`every API of ${where}`, apis);
  return { words: `every API of ${where}: ${pageWords(apis.value, 'API', 'APIs')}`, opens: true };
}

async function byProduct(looking: Looking, armId: string, name: string): Promise<Opened> {
  const [product, apis] = await Promise.all([looking.get(armId), looking.list(productApis(armId))]);
  if (product.status === 'unreadable' && product.reason === 'not-found') return nothing(`there is no product ${name}`);
  const label = `the product ${product.status === 'read' ? displayName(product.value) : name}`;
  if (apis.status === 'unreadable') return unread(`the APIs of ${label}`, apis);
  const { total } = apis.value;
  if (total === 0) return { words: `nothing yet, because ${label} has no API`, opens: true };
  // In a workspace the list holds links, whose names say nothing to a person.
  const words = isInWorkspace(armId) ? `${total} ${total === 1 ? 'API' : 'APIs'}` : pageWords(apis.value, 'API', 'APIs');
  return { words: `${total < 3 ? '' : 'all '}${words} of ${label}`, opens: true };
}

/** Products of a workspace have links in place of APIs. */
export function productApis(productArmId: string): string {
  return `${productArmId}/${isInWorkspace(productArmId) ? 'apiLinks' : 'apis'}`;
}

function isInWorkspace(armId: string): boolean {
  return /\/service\/[^/]+\/workspaces\//i.test(armId);
}

/** ARM gives scopes back as whole ids. */
function withoutService(scope: string, service: string): string {
  return scope.toLowerCase().startsWith(`${service}/`.toLowerCase()) ? scope.slice(service.length) : scope;
}

function nothing(why: string): Opened {
  return { words: `nothing, because ${why}`, opens: false };
}

function unread(what: string, { says }: Unreadable): Opened {
  return { words: `${what} (which they are could not be read: ${says.replace(/\.$/, '')})`, opens: true };
}
