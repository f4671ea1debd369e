// What API Management fills in for a resource that leaves it out, so that reads show the same keys and nulls as recordings do.
import { randomBytes } from 'node:crypto';
import { type DraftObject, isArray, isObject, type Json, type JsonObject, objectOr } from './json.ts';
import { fullId, fullScope } from './scopes.ts';

export interface ShapeContext {
  readonly service: string;
  readonly path: string;
  /** Lab time, milliseconds. */
  readonly now: number;
}

const year = 365 * 24 * 3600 * 1000;

export function newKey(): string {
  return randomBytes(16).toString('hex');
}

/** Keys of `order` first, in that order and with these defaults; `undefined` leaves a missing key out. */
function arrange(given: JsonObject, order: ReadonlyArray<readonly [string, Json | undefined]>): JsonObject {
  const arranged: DraftObject = {};
  for (const [key, fallback] of order) {
    const value = given[key] === undefined ? fallback : given[key];
    if (value !== undefined) arranged[key] = value;
  }
  for (const [key, value] of Object.entries(given)) if (!(key in arranged)) arranged[key] = value;
  return arranged;
}

function idIn(service: string, value: Json | undefined): Json | undefined {
  return typeof value === 'string' ? fullId(service, value) : value;
}

function subscription(given: JsonObject, { service, now }: ShapeContext): JsonObject {
  const owner = idIn(service, given.ownerId);
  const scope = typeof given.scope === 'string' ? { scope: fullScope(service, given.scope) } : {};
  return arrange({ ...given, ...(typeof owner === 'string' ? { ownerId: owner } : {}), ...scope }, [
    ['ownerId', owner === null ? undefined : owner],
    ['scope', undefined],
    ['displayName', null],
    ['state', 'active'],
    ['createdDate', new Date(now - year).toISOString()],
    ['startDate', null],
    ['expirationDate', null],
    ['endDate', null],
    ['notificationDate', null],
    ['stateComment', null],
    ['allowTracing', undefined],
    ['primaryKey', newKey()],
    ['secondaryKey', newKey()],
  ]);
}

function api(given: JsonObject, { service, path }: ShapeContext): JsonObject {
  const revision = /;rev=(\d+)$/i.exec(path)?.[1];
  const versionSet = idIn(service, given.apiVersionSetId);
  return arrange({ ...given, ...(versionSet === undefined ? {} : { apiVersionSetId: versionSet }) }, [
    ['displayName', path.slice(path.lastIndexOf('/') + 1)],
    ['apiRevision', revision ?? '1'],
    ['description', null],
    ['subscriptionRequired', true],
    ['serviceUrl', null],
    ['path', ''],
    ['protocols', ['https']],
    ['authenticationSettings', null],
    ['subscriptionKeyParameterNames', null],
    ['isCurrent', revision === undefined ? true : undefined],
  ]);
}

function withValues(parameters: Json | undefined): Json {
  if (!isArray(parameters)) return [];
  return parameters.map((parameter) => (isObject(parameter) ? arrange({ values: [], ...parameter }, [['name', undefined]]) : parameter));
}

function representations(given: Json | undefined): Json {
  return isArray(given) ? given : [];
}

function operation(given: JsonObject): JsonObject {
  const request = objectOr(given.request);
  const responses = isArray(given.responses) ? given.responses : [];
  const filled: DraftObject = {
    ...given,
    templateParameters: withValues(given.templateParameters),
    request: arrange(
      {
        ...request,
        queryParameters: withValues(request.queryParameters),
        headers: withValues(request.headers),
        representations: representations(request.representations),
      },
      [['description', undefined]],
    ),
    responses: responses.map((response) =>
      isObject(response)
        ? { ...response, representations: representations(response.representations), headers: withValues(response.headers) }
        : response,
    ),
  };
  return arrange(filled, [
    ['displayName', undefined],
    ['method', undefined],
    ['urlTemplate', undefined],
    ['templateParameters', []],
    ['description', null],
    ['request', undefined],
    ['responses', []],
    ['policies', null],
  ]);
}

function product(given: JsonObject): JsonObject {
  const required = given.subscriptionRequired ?? true;
  return arrange(given, [
    ['displayName', undefined],
    ['description', null],
    ['terms', null],
    ['subscriptionRequired', true],
    // An open product has neither approval nor a limit.
    ['approvalRequired', required === false ? undefined : false],
    ['subscriptionsLimit', required === false ? undefined : null],
    ['state', 'notPublished'],
  ]);
}

function user(given: JsonObject, { now }: ShapeContext): JsonObject {
  return arrange(given, [
    ['firstName', undefined],
    ['lastName', undefined],
    ['email', undefined],
    ['state', 'active'],
    ['registrationDate', new Date(now - year).toISOString()],
    ['note', null],
    ['identities', []],
  ]);
}

const shapes: Readonly<Record<string, (given: JsonObject, context: ShapeContext) => JsonObject>> = {
  subscriptions: subscription,
  apis: api,
  operations: operation,
  products: product,
  users: user,
  groups: (given) =>
    arrange({ description: null, builtIn: false, type: 'custom', externalId: null, ...given }, [['displayName', undefined]]),
  policies: (given) => arrange(given, [['format', 'xml']]),
};

/** Fills the properties of a resource as API Management would. Types that are not known here stay as written. */
export function shape(given: JsonObject, context: ShapeContext): JsonObject {
  const segments = context.path.split('/');
  const type = segments[segments.length - 2] ?? '';
  return shapes[type]?.(given, context) ?? given;
}
