// Reads estate files. An estate that cannot be understood is refused with one sentence, never with a stack.
import { readFileSync } from 'node:fs';
import { isArray, isObject, type Json, type JsonObject } from './json.ts';

/** One ARM resource, as one would PUT it; `id` is relative to the service unless it starts with `/`. */
export interface EstateResource extends JsonObject {
  readonly id: string;
}

/** Actions that answer 403: everywhere, or only on one resource (relative to the service) and below. */
export type Denied = string | { readonly action: string; readonly on: string };

/** One service and what belongs to it ("locksmith-estate/1"). */
export interface EstateFile {
  readonly format: 'locksmith-estate/1';
  /** Lab time at the start, ISO 8601. */
  readonly now: string;
  /** ARM id of the API Management service. */
  readonly service: string;
  readonly resources: readonly EstateResource[];
  readonly gateway?: { readonly notYetPropagated?: readonly string[] };
  readonly denied?: readonly Denied[];
  readonly activityLog?: readonly JsonObject[];
}

/** Several services in one file. */
export interface EstatesFile {
  readonly format: 'locksmith-estate/1';
  readonly estates: readonly EstateFile[];
}

/** The file is not an estate; the message is a sentence for a person. */
export class EstateError extends Error {
  override name = 'EstateError';
}

const servicePattern = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.ApiManagement\/service\/[^/]+$/i;

function refuse(where: string, says: string): never {
  throw new EstateError(`${where} is not an estate: ${says}`);
}

function isDenied(value: Json): value is Denied {
  return typeof value === 'string' || (isObject(value) && typeof value.action === 'string' && typeof value.on === 'string');
}

function readResource(value: Json, index: number, where: string): EstateResource {
  if (!isObject(value)) return refuse(where, `resource ${index + 1} is not an object.`);
  const id = value.id;
  if (typeof id !== 'string' || id === '') return refuse(where, `resource ${index + 1} has no "id".`);
  if (value.properties !== undefined && value.properties !== null && !isObject(value.properties)) {
    return refuse(where, `the "properties" of "${id}" are not an object.`);
  }
  return { ...value, id };
}

function readOne(value: Json, where: string, inherited: Json | undefined): EstateFile {
  if (!isObject(value)) return refuse(where, 'an estate is a JSON object.');
  const format = value.format ?? inherited;
  if (format !== 'locksmith-estate/1') return refuse(where, 'its "format" is not "locksmith-estate/1".');
  const { service, resources, denied, activityLog } = value;
  const now = value.now ?? new Date().toISOString();
  if (typeof now !== 'string' || Number.isNaN(Date.parse(now))) return refuse(where, '"now" is not an ISO 8601 date.');
  if (typeof service !== 'string' || !servicePattern.test(service.replace(/\/$/, ''))) {
    return refuse(where, '"service" is not the ARM id of an API Management service.');
  }
  if (!isArray(resources)) return refuse(where, '"resources" is not a list.');
  const pending = isObject(value.gateway) ? value.gateway.notYetPropagated : undefined;
  if (pending !== undefined && (!isArray(pending) || !pending.every((id) => typeof id === 'string'))) {
    return refuse(where, '"gateway.notYetPropagated" is not a list of ids.');
  }
  if (denied !== undefined && (!isArray(denied) || !denied.every(isDenied))) return refuse(where, '"denied" is not a list of actions.');
  if (activityLog !== undefined && (!isArray(activityLog) || !activityLog.every(isObject))) {
    return refuse(where, '"activityLog" is not a list of events.');
  }
  return {
    format,
    now,
    service: service.replace(/\/$/, ''),
    resources: resources.map((resource, index) => readResource(resource, index, where)),
    gateway: { notYetPropagated: isArray(pending) ? pending.filter((id) => typeof id === 'string') : [] },
    denied: isArray(denied) ? denied.filter(isDenied) : [],
    activityLog: isArray(activityLog) ? activityLog.filter(isObject) : [],
  };
}

/**
 * Checks the shape of an estate document and lists the estates in it.
 * Contents are not checked: what stands in `properties` is served as written.
 * @throws EstateError when the document is not an estate.
 */
export function readEstates(document: unknown, where = 'This document'): readonly EstateFile[] {
  if (!isObject(document)) return refuse(where, 'an estate is a JSON object.');
  const several = document.estates;
  if (several === undefined) return [readOne(document, where, undefined)];
  if (!isArray(several) || several.length === 0) return refuse(where, '"estates" is not a list of estates.');
  const estates = several.map((estate) => readOne(estate, where, document.format));
  const names = new Set(estates.map((estate) => estate.service.toLowerCase()));
  if (names.size !== estates.length) return refuse(where, 'two of its estates are the same service.');
  return estates;
}

/**
 * Loads an estate file.
 * @throws EstateError when the file cannot be read, is no JSON or no estate.
 */
export function loadEstateFile(path: string): readonly EstateFile[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new EstateError(`The estate file ${path} cannot be read. Check that it exists and that you may read it.`);
  }
  let document: unknown;
  try {
    document = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new EstateError(`The estate file ${path} is not JSON.`);
  }
  return readEstates(document, path);
}
