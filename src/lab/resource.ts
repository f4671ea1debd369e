// One stored ARM resource and the ids around it.
import type { DraftObject, Json, JsonObject } from './json.ts';

export interface Resource {
  /** Path inside the service in its own letter case, without a leading slash: `apis/echo/operations/get`; `.` is the service. */
  readonly path: string;
  /** What stands beside `properties`: location, sku, identity, tags. */
  readonly top: JsonObject;
  properties: JsonObject;
  /** Whether the estate gave any properties: a link such as `products/starter/apis/echo` has none. */
  readonly link: boolean;
  /** Counter behind the ETag. */
  version: number;
}

/** ETag of a resource: quoted base64 of eight bytes. */
export function etagOf(resource: Resource): string {
  return `"${rawEtagOf(resource)}"`;
}

export function rawEtagOf(resource: Resource): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(resource.version));
  return bytes.toString('base64');
}

/** `apis/echo/operations/get` -> `Microsoft.ApiManagement/service/apis/operations`. */
export function typeOf(path: string): string {
  const types = path.split('/').filter((_, index) => index % 2 === 0);
  return ['Microsoft.ApiManagement/service', ...types].join('/');
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `apis/echo/operations/get` -> `apis/echo`; '' for `apis/echo`. */
export function parentOf(path: string): string {
  return path.split('/').slice(0, -2).join('/');
}

/** The collection that a resource stands in, with every name above it: `apis/echo/operations`. */
export function collectionOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** The body in ARM's key order: id, type, name, properties. */
export function bodyOf(service: string, path: string, properties: JsonObject, top: JsonObject = {}): JsonObject {
  const body: DraftObject = { id: `${service}/${path}`, type: typeOf(path), name: nameOf(path), properties };
  for (const [key, value] of Object.entries(top)) if (!(key in body)) body[key] = value as Json;
  return body;
}
