// Single entities: GET, HEAD, PUT, PATCH, DELETE.
import { type ArmAnswer, empty, methodNotAllowed, notFound, ok } from './arm-answer.ts';
import { type ArmRequest, checkIfMatch, properties, readBody } from './arm-request.ts';
import { checkProperties, type Verb, writableProperties } from './checks.ts';
import type { JsonObject } from './json.ts';
import { productLinks, targetOf } from './links.ts';
import { collectionOf, etagOf, nameOf, parentOf, type Resource } from './resource.ts';
import { comparableScope } from './scopes.ts';
import { newKey, shape } from './shapes.ts';
import { bodyAt, writtenSubscription } from './views.ts';

function typeAt(request: ArmRequest): string {
  return request.segments.at(-2) ?? '';
}

function shown(request: ArmRequest, entity: Resource, created = false): JsonObject {
  if (typeAt(request).toLowerCase() === 'subscriptions' && request.method !== 'GET')
    return writtenSubscription(request.store, entity, created);
  const format = request.method === 'GET' ? (request.query.get('format') ?? 'xml') : String(entity.properties.format ?? 'xml');
  return bodyAt(request.store, entity.path, entity, 'one', format);
}

/** A missing parent answers before a missing child. */
function missing(request: ArmRequest): ArmAnswer {
  const { store, segments } = request;
  for (let length = 2; length < segments.length; length += 2) {
    if (store.find(segments.slice(0, length).join('/')) === null) return notFound(segments[length - 2] ?? '');
  }
  return notFound(typeAt(request));
}

function isParentMissing(request: ArmRequest): boolean {
  const parent = parentOf(request.segments.join('/'));
  return parent !== '' && request.store.find(parent) === null;
}

function read(request: ArmRequest): ArmAnswer {
  const entity = request.store.find(request.segments.join('/'));
  return entity === null ? missing(request) : ok(shown(request, entity), etagOf(entity));
}

function put(request: ArmRequest): ArmAnswer {
  const { store } = request;
  const path = request.segments.join('/');
  if (isParentMissing(request)) return missing(request);
  const parsed = readBody(request.bodyText);
  if ('refused' in parsed) return parsed.refused;
  const given = properties(parsed.body);
  if ('refused' in given) return given.refused;
  const known = store.find(path);
  const refused = checkIfMatch(request.ifMatch, known, false) ?? checkProperties(store.id, typeAt(request), 'PUT', given.body);
  if (refused) return refused;
  const { id: _id, name: _name, type: _type, properties: _properties, ...top } = parsed.body;
  const now = store.clock.now();
  const kept = { ...initial(request, known, now), ...writableProperties(store.id, typeAt(request), 'PUT', given.body) };
  const entity = store.write(known?.path ?? path, shape(kept, { service: store.id, path, now }), known ? { ...known.top, ...top } : top);
  return { status: known ? 200 : 201, body: shown(request, entity, known === null), etag: etagOf(entity) };
}

/** What a PUT does not say and yet is not the plain default. */
function initial(request: ArmRequest, known: Resource | null, now: number): JsonObject {
  const type = typeAt(request).toLowerCase();
  if (type === 'users') return { registrationDate: known?.properties.registrationDate ?? new Date(now).toISOString() };
  if (type !== 'subscriptions') return {};
  if (known === null) {
    return { state: 'submitted', createdDate: new Date(now).toISOString(), primaryKey: newKey(), secondaryKey: newKey() };
  }
  const { state, createdDate, primaryKey, secondaryKey } = known.properties;
  return {
    state: state ?? 'active',
    createdDate: createdDate ?? null,
    primaryKey: primaryKey ?? newKey(),
    secondaryKey: secondaryKey ?? newKey(),
  };
}

function patch(request: ArmRequest): ArmAnswer {
  const { store } = request;
  const entity = store.find(request.segments.join('/'));
  if (typeAt(request).toLowerCase() === 'policies') return methodNotAllowed('PATCH');
  if (entity === null) return missing(request);
  const parsed = readBody(request.bodyText);
  if ('refused' in parsed) return parsed.refused;
  const given = properties(parsed.body);
  if ('refused' in given) return given.refused;
  const verb: Verb = 'PATCH';
  const refused = checkIfMatch(request.ifMatch, entity, true) ?? checkProperties(store.id, typeAt(request), verb, given.body);
  if (refused) return refused;
  const merged = { ...entity.properties, ...writableProperties(store.id, typeAt(request), verb, given.body) };
  entity.properties = shape(merged, { service: store.id, path: entity.path, now: store.clock.now() });
  store.touch(entity);
  return ok(shown(request, entity), etagOf(entity));
}

function remove(request: ArmRequest): ArmAnswer {
  const { store, segments, query } = request;
  const entity = store.find(segments.join('/'));
  // Links are deleted without a condition.
  const refused = checkIfMatch(request.ifMatch, entity, !/links$/i.test(typeAt(request)));
  if (refused && (entity !== null || request.ifMatch === null)) return refused;
  if (entity === null) return empty(204);
  store.remove(entity.path);
  const type = typeAt(request).toLowerCase();
  if (type === 'products' && query.get('deleteSubscriptions') === 'true') {
    const scope = `/${entity.path}`.toLowerCase();
    for (const other of store.list(`${entity.path.slice(0, -`products/${nameOf(entity.path)}`.length)}subscriptions`)) {
      if (comparableScope(store.id, String(other.properties.scope)) === scope) store.remove(other.path);
    }
  }
  // Deleting an API or a user is a long-running operation in this api-version: 202, and an address to ask.
  if (type !== 'apis' && type !== 'users') return empty(200);
  const location = `${request.authority}${store.id}/operationresults/${Buffer.from(entity.path).toString('base64url')}?api-version=2024-05-01`;
  return { status: 202, body: null, headers: { Location: location } };
}

/** Links between entities have neither a body nor an ETag: HEAD 204, PUT 201 or 200, DELETE 200 or 204. */
function link(request: ArmRequest, target: string): ArmAnswer {
  const { store, method, segments } = request;
  const path = segments.join('/');
  const entity = store.find(`${target}/${segments.at(-1) ?? ''}`);
  if (isParentMissing(request)) return missing(request);
  const stored = store.find(path);
  const isApi = /(^|\/)apis$/i.test(target) && typeAt(request).toLowerCase() === 'apis' && segments.at(-4)?.toLowerCase() === 'products';
  const links = isApi ? productLinks(store, parentOf(path), `${target}/${segments.at(-1) ?? ''}`) : stored ? [stored.path] : [];
  if (method === 'DELETE') {
    for (const found of links) store.remove(found);
    return empty(links.length > 0 ? 200 : 204);
  }
  if (entity === null) return notFound(target.slice(target.lastIndexOf('/') + 1));
  const shownAt = `${collectionOf(path)}/${nameOf(entity.path)}`;
  if (method === 'PUT') {
    store.write(links[0] ?? shownAt, links[0] === undefined ? {} : (store.find(links[0])?.properties ?? {}));
    return { status: links.length > 0 ? 200 : 201, body: bodyAt(store, shownAt, entity, 'one') };
  }
  if (links.length === 0) return notFound(target.slice(target.lastIndexOf('/') + 1));
  const isTag = typeAt(request).toLowerCase() === 'tags';
  if (method === 'HEAD' && segments.at(-4)?.toLowerCase() !== 'gateways' && !isTag) return empty(204);
  if (method === 'HEAD' || isTag) return ok(bodyAt(store, shownAt, entity, 'one'), etagOf(stored ?? entity));
  return methodNotAllowed(method);
}

/** A request on one entity. */
export function entityAnswer(request: ArmRequest): ArmAnswer {
  const target = targetOf(request.segments.slice(0, -1).join('/'));
  if (target !== null)
    return request.method === 'PATCH' || request.method === 'POST' ? methodNotAllowed(request.method) : link(request, target);
  if (request.method === 'GET' || request.method === 'HEAD') return read({ ...request, method: 'GET' });
  if (request.method === 'PUT') return put(request);
  if (request.method === 'PATCH') return patch(request);
  if (request.method === 'DELETE') return remove(request);
  return methodNotAllowed(request.method);
}
