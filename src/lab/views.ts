// How a stored resource looks in an answer: what GET hides, what lists leave out.
import { type DraftObject, isArray, isObject, type JsonObject, objectOr } from './json.ts';
import { convertPolicy } from './policy-format.ts';
import { bodyOf, nameOf, type Resource } from './resource.ts';
import type { ServiceStore } from './store.ts';

type View = 'one' | 'listed';

// Filled by POST listSecrets, listValue and the like, never by GET.
const secrets: Readonly<Record<string, readonly string[]>> = {
  subscriptions: ['primaryKey', 'secondaryKey'],
  authorizationServers: ['clientSecret'],
  identityProviders: ['clientSecret'],
  openidConnectProviders: ['clientSecret'],
  certificates: ['data', 'password'],
  users: ['password', 'confirmation', 'appType'],
  gateways: ['primaryKey', 'secondaryKey'],
};

function typeName(path: string): string {
  return path.split('/').at(-2) ?? '';
}

function visible(type: string, properties: JsonObject, view: View): JsonObject {
  const hidden = Object.entries(secrets).find(([name]) => name.toLowerCase() === type.toLowerCase())?.[1] ?? [];
  const shown: DraftObject = {};
  for (const [key, value] of Object.entries(properties)) if (!hidden.includes(key)) shown[key] = value;
  // A secret's value, and that of a vault, comes by listValue only.
  if (type.toLowerCase() === 'namedvalues' && (properties.secret === true || isObject(properties.keyVault))) delete shown.value;
  if (type.toLowerCase() === 'operations' && view === 'listed' && isEmptyRequest(shown.request)) delete shown.request;
  return shown;
}

/** Recorded lists of operations leave an empty request out, single reads show its three empty arrays. */
function isEmptyRequest(request: unknown): boolean {
  return Object.values(objectOr(request as JsonObject)).every((part) => isArray(part) && part.length === 0);
}

/** A resource shown under `path` (its own, or that of a link to it). `format` is the policy format asked for. */
export function bodyAt(store: ServiceStore, path: string, entity: Resource, view: View, format = 'xml'): JsonObject {
  const type = typeName(entity.path);
  const isPolicy = ['policies', 'policyfragments'].includes(type.toLowerCase());
  const properties = isPolicy ? convertPolicy(entity.properties, format) : entity.properties;
  return bodyOf(store.id, path, visible(type, properties, view), isPolicy ? {} : entity.top);
}

/** A subscription as PUT and PATCH show it: with both keys, and with its owner when there is one. */
export function writtenSubscription(store: ServiceStore, entity: Resource, created: boolean): JsonObject {
  const { primaryKey, secondaryKey, ownerId, ...rest } = entity.properties;
  const owner = typeof ownerId === 'string' ? store.find(`users/${nameOf(ownerId)}`) : null;
  const shown: DraftObject = {};
  if (ownerId !== undefined) shown.ownerId = ownerId;
  if (owner) shown.user = { id: `${store.id}/${owner.path}`, ...visible('users', owner.properties, 'one'), groups: [] };
  Object.assign(shown, rest);
  // The answer to a creating PUT has seven fractional digits, later reads have three.
  if (created && typeof rest.createdDate === 'string') shown.createdDate = rest.createdDate.replace(/\.(\d{3})Z$/, '.$10000Z');
  if (primaryKey !== undefined) shown.primaryKey = primaryKey;
  if (secondaryKey !== undefined) shown.secondaryKey = secondaryKey;
  return bodyOf(store.id, entity.path, shown, entity.top);
}
