// Revisions of an API: `apis/echo` and `apis/echo;rev=2` are one API.
import type { JsonObject } from './json.ts';
import { apiName, type Member } from './links.ts';
import { collectionOf, type Resource } from './resource.ts';
import type { ServiceStore } from './store.ts';

/** The stored revisions of the API at `path`, as members of its `revisions` list. */
export function revisionsOf(store: ServiceStore, path: string): readonly Member[] {
  return store
    .list(collectionOf(path))
    .filter((entity) => apiName(entity.path).toLowerCase() === apiName(path).toLowerCase())
    .map((entity) => ({ path: entity.path, entity }));
}

/** An entry of `apis/{api}/revisions`. */
export function revisionBody(store: ServiceStore, entity: Resource): JsonObject {
  const revision = String(entity.properties.apiRevision ?? '1');
  const stamp = new Date(Date.parse(store.estate.now)).toISOString();
  return {
    apiId: `/${apiName(entity.path)};rev=${revision}`,
    apiRevision: revision,
    createdDateTime: stamp,
    updatedDateTime: stamp,
    description: entity.properties.apiRevisionDescription ?? null,
    privateUrl: `/${String(entity.properties.path ?? '')};rev=${revision}`,
    isOnline: true,
    isCurrent: entity.properties.isCurrent === true,
  };
}
