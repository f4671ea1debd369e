// The management side: what ARM's front end checks in its order, then the resource provider.
import { actionAnswer } from './actions.ts';
import { logAnswer, logOwner, logWrite } from './activity-log.ts';
import { type ArmAnswer, armError, methodNotAllowed, ok, providerError, typeNotFound } from './arm-answer.ts';
import { type ArmRequest, checkIfMatch, properties, readBody } from './arm-request.ts';
import { type ArmTarget, readTarget } from './arm-target.ts';
import { type Buckets, bucketFor } from './buckets.ts';
import { type Caller, callerOf } from './caller.ts';
import { entityAnswer } from './entities.ts';
import type { Denied } from './estate.ts';
import { foreignAction, foreignAnswer } from './foreign.ts';
import { checkMedia, checkToken, checkVersion, serviceMissing, throttled, type WireRequest } from './front-door.ts';
import type { DraftObject } from './json.ts';
import { isKnownCollection } from './known-types.ts';
import { listAnswer } from './lists.ts';
import { operationResult, operationState } from './operations.ts';
import { actionOf, authorizationFailed, isDenied } from './permissions.ts';
import { rawEtagOf } from './resource.ts';
import { serviceRead } from './service-reads.ts';
import { serviceBody } from './service-shape.ts';
import type { ServiceStore } from './store.ts';

function clockOf(stores: readonly ServiceStore[]): number {
  return stores[0]?.clock.now() ?? Date.now();
}

const verbs = ['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE'];

/** By Entra object id, in small letters: what this person may not do, beyond what the estate denies everybody. */
export type PersonalDenials = Readonly<Record<string, readonly Denied[]>>;

export interface Management {
  answer(request: WireRequest): ArmAnswer;
}

export function openManagement(stores: readonly ServiceStore[], buckets: Buckets, deniedFor: PersonalDenials = {}): Management {
  const deniedTo = (caller: Caller, ...of: readonly ServiceStore[]): readonly Denied[] => [
    ...of.flatMap((store) => store.estate.denied ?? []),
    ...(caller.oid === null ? [] : (deniedFor[caller.oid] ?? [])),
  ];
  const inSubscription = (subscription: string): readonly ServiceStore[] =>
    stores.filter((store) => store.id.toLowerCase().startsWith(`/subscriptions/${subscription.toLowerCase()}/`));
  const subscriptionKnown = (subscription: string): boolean =>
    stores.some((store) =>
      [store.id, ...store.estate.resources.map((resource) => resource.id)].some((id) =>
        id.toLowerCase().startsWith(`/subscriptions/${subscription.toLowerCase()}/`),
      ),
    );

  function checkSubscription(subscription: string): ArmAnswer | null {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(subscription) && !subscriptionKnown(subscription)) {
      return armError(400, 'InvalidSubscriptionId', `The provided subscription identifier '${subscription}' is malformed or invalid.`);
    }
    if (subscriptionKnown(subscription)) return null;
    return armError(404, 'SubscriptionNotFound', `The subscription '${subscription}' could not be found.`);
  }

  function services(method: string, subscription: string, group: string | null, caller: Caller): ArmAnswer {
    if (method !== 'GET') return methodNotAllowed(method);
    const owned = inSubscription(subscription).filter(
      (store) => group === null || store.id.split('/')[4]?.toLowerCase() === group.toLowerCase(),
    );
    if (group !== null && owned.length === 0)
      return armError(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
    const readable = owned.filter((store) => !isDenied(deniedTo(caller, store), 'Microsoft.ApiManagement/service/read', '.'));
    if (owned.length > 0 && readable.length === 0) {
      const scope = group === null ? `/subscriptions/${subscription}` : `/subscriptions/${subscription}/resourceGroups/${group}`;
      return authorizationFailed('Microsoft.ApiManagement/service/read', scope, caller.oid);
    }
    const value = readable.flatMap((store) => {
      const resource = store.find('.');
      return resource ? [serviceBody(store.id, resource)] : [];
    });
    return { status: 200, body: { value }, oneLine: true };
  }

  function service(request: ArmRequest): ArmAnswer {
    const { store, method } = request;
    const resource = store.find('.');
    if (resource === null) return providerError(404, 'ServiceNotFound', `Api service does not exist: ${store.name}`);
    if (method === 'GET' || method === 'HEAD') return { ...ok(serviceBody(store.id, resource), `"${rawEtagOf(resource)}"`), oneLine: true };
    if (method !== 'PATCH') return methodNotAllowed(method);
    const parsed = readBody(request.bodyText);
    if ('refused' in parsed) return parsed.refused;
    const given = properties(parsed.body);
    if ('refused' in given) return given.refused;
    const refused = checkIfMatch(request.ifMatch, resource, false);
    if (refused) return refused;
    const { properties: _properties, id: _id, name: _name, type: _type, etag: _etag, ...top } = parsed.body;
    const written = store.write('.', { ...resource.properties, ...given.body }, { ...resource.top, ...top });
    return { ...ok(serviceBody(store.id, written), `"${rawEtagOf(written)}"`), oneLine: true };
  }

  function below(request: ArmRequest): ArmAnswer {
    const { segments, method, store } = request;
    const read = serviceRead(request);
    if (read) return read;
    const [first, second, id] = segments.map((segment) => segment.toLowerCase());
    if (first === 'operationresults') return operationResult(request, second ?? '');
    if (first === 'tenant' && second === 'operationresults' && id !== undefined) return operationState(request, id);
    const isEntity = segments.length % 2 === 0;
    const collection = (isEntity ? segments.slice(0, -1) : segments).join('/');
    const action = isEntity ? null : actionAnswer(request);
    if (action) return action;
    const isPostBelowEntity = method === 'POST' && !isEntity && segments.length > 1;
    if (!isKnownCollection(store, isPostBelowEntity ? segments.slice(0, -2).join('/') : collection)) {
      const types = collection.split('/').filter((_, index) => index % 2 === 0);
      return typeNotFound(['service', ...types].join('/'));
    }
    if (isEntity) return entityAnswer(request);
    return method === 'GET' ? listAnswer(request) : methodNotAllowed(method);
  }

  function route(wire: WireRequest, target: ArmTarget, query: URLSearchParams): ArmAnswer {
    if (target.kind === 'unknown') {
      return armError(404, 'MissingSubscription', 'The request did not have a subscription or a valid tenant level resource provider.');
    }
    const caller = callerOf(wire.headers.authorization);
    if (target.kind === 'foreign') {
      const action = foreignAction(wire.method, target.id);
      if (isDenied(deniedTo(caller, ...stores), action, target.id)) return authorizationFailed(action, target.id, caller.oid);
      const owner = logOwner(target.id);
      if (owner !== null) return checkSubscription(owner) ?? logAnswer(inSubscription(owner), wire.method, query, clockOf(stores));
      return foreignAnswer(
        stores.map((store) => store.estate),
        wire.method,
        target.id,
        query.get('$filter'),
      );
    }
    const refused = checkSubscription(target.subscription);
    if (refused) return refused;
    if (target.kind === 'services') return services(wire.method, target.subscription, target.group, caller);
    const store = stores.find((candidate) => candidate.id.toLowerCase() === target.id.toLowerCase());
    if (!store) return serviceMissing(target.id, target.segments, inSubscription(target.subscription));
    const path = target.segments.join('/');
    const action = actionOf(wire.method, target.segments);
    if (isDenied(deniedTo(caller, store), action, path === '' ? '.' : path)) {
      const isEntity = target.segments.length % 2 === 0;
      const shown = isEntity ? target.segments : target.segments.slice(0, -1);
      return authorizationFailed(action, [store.id, ...shown].join('/'), caller.oid);
    }
    const ifMatch = wire.headers['if-match'] ?? null;
    const request: ArmRequest = {
      method: wire.method,
      store,
      segments: target.segments,
      query,
      ifMatch,
      bodyText: wire.body,
      authority: wire.authority,
      url: wire.url,
    };
    const answer = target.segments.length === 0 ? service(request) : below(request);
    logWrite(store, wire.method, { action, segments: target.segments, status: answer.status, caller });
    return answer;
  }

  return {
    answer: (wire) => {
      const [path = '', search = ''] = wire.url.split('?', 2);
      const refused = checkToken(wire.headers.authorization);
      if (refused) return refused;
      const bucket = bucketFor(wire.method);
      const draw = buckets.draw(bucket);
      if (!draw.granted) return throttled(bucket, draw.retryAfterSeconds);
      const query = new URLSearchParams(search);
      const target = readTarget(path);
      const answer = !verbs.includes(wire.method)
        ? methodNotAllowed(wire.method)
        : (checkVersion(query.get('api-version'), target, path) ?? checkMedia(wire) ?? route(wire, target, query));
      const counted: DraftObject = { [`x-ms-ratelimit-remaining-subscription-${bucket}`]: String(draw.remaining) };
      return { ...answer, headers: { ...(counted as Record<string, string>), ...answer.headers } };
    },
  };
}
