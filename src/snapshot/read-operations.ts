// The operations that the pasted call can have meant, with the values that their request definitions fill in.
import { isKeyName, redact } from '../symptom/redact.ts';
import type { KeyHasher, Symptom } from '../symptom/symptom.ts';
import { operationPath, templateMatches } from './find-api.ts';
import { beginning, list, presetValue, record, toOperation } from './from-arm.ts';
import type { ArmList, ArmReader, ArmResource } from './ports.ts';
import { seal } from './sealed.ts';
import type { ApiFact, OperationFact, OperationsFact, PresetRequest, Reading } from './snapshot.ts';

/** ARM leaves `request` out of list items, so definitions are read one by one; this many at most for one question. */
const singleReads = 6;

export interface OperationsQuestion {
  readonly api: ApiFact;
  readonly symptom: Symptom;
  readonly reader: ArmReader;
  readonly hash: KeyHasher;
  /** The list of the API's operations. */
  readonly listed: Reading<ArmList>;
}

export async function readOperations({ api, symptom, reader, hash, listed }: OperationsQuestion): Promise<Reading<OperationsFact>> {
  if (listed.status === 'unreadable') return listed;

  const called = calledOperations(listed.value.items, api, symptom);
  const candidates = called.length > 0 ? called : listed.value.items;
  const bare = candidates.filter((item) => item.properties.request === undefined);
  const whole = new Map<string, ArmResource>();
  let unread = Math.max(0, bare.length - singleReads);
  for (const got of await Promise.all(bare.slice(0, singleReads).map((item) => reader.get(item.id)))) {
    if (got.status === 'read') whole.set(got.value.id.toLowerCase(), got.value);
    else if (got.reason === 'forbidden') return got;
    else if (got.reason !== 'not-found') unread += 1;
  }
  return {
    status: 'read',
    value: {
      candidates: candidates.map((item) => toOperation(whole.get(item.id.toLowerCase()) ?? item, hash)),
      exact: called.length === 1,
      unread,
    },
  };
}

/** The operations, as listed, that the pasted method and path fit; none when the paste shows no path. */
export function calledOperations(items: readonly ArmResource[], api: ApiFact, symptom: Symptom): readonly ArmResource[] {
  const path = operationPath(api, symptom);
  if (path === null) return [];
  const matching = items.filter((item) => templateMatches(String(item.properties.urlTemplate ?? ''), path));
  const method = symptom.method?.toUpperCase();
  const sameMethod =
    method === undefined ? matching : matching.filter((item) => String(item.properties.method ?? '').toUpperCase() === method);
  // `/resource/latest` is meant rather than `/resource/{id}` when both fit.
  const literal = sameMethod.filter((item) => !String(item.properties.urlTemplate ?? '').includes('{'));
  return literal.length > 0 ? literal : sameMethod;
}

/** The whole request definitions of these operations, with the values that they fill in as fingerprints. */
export async function readPresetRequests(
  operations: readonly OperationFact[],
  api: ApiFact,
  reader: ArmReader,
  hash: KeyHasher,
): Promise<Reading<readonly PresetRequest[]>> {
  const found: PresetRequest[] = [];
  for (const got of await Promise.all(operations.map((operation) => reader.get(operation.armId)))) {
    if (got.status === 'unreadable') return got;
    const request = record(got.value.properties.request);
    found.push({ armId: got.value.id, request: seal(request, maskPresets(request, hash, Object.values(api.keyNames))) });
  }
  return { status: 'read', value: found };
}

/** The headers of an operation that carry the key's name and a value. Header names are compared without case (HTTP). */
export function presetHeaders(operation: OperationFact, api: ApiFact): OperationFact['headers'] {
  return operation.headers.filter(
    (header) => header.fingerprint !== null && header.name.toLowerCase() === api.keyNames.header.toLowerCase(),
  );
}

/** ... and the same for query parameters, whose names are compared exactly: whether the gateway minds their case is not documented. */
export function presetQueries(operation: OperationFact, api: ApiFact): OperationFact['queryParameters'] {
  return operation.queryParameters.filter((parameter) => parameter.fingerprint !== null && parameter.name === api.keyNames.query);
}

// Every value that could be a secret is shown as a fingerprint; the rest stays readable.
function maskPresets(
  request: Readonly<Record<string, unknown>>,
  hash: KeyHasher,
  keyNames: readonly string[],
): Readonly<Record<string, unknown>> {
  const mask = (entry: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
    if (presetValue(entry) === null && entry.examples === undefined) return entry;
    const name = String(entry.name ?? '');
    const secret = isKeyName(name) || keyNames.some((one) => one.toLowerCase() === name.toLowerCase());
    const show = (value: unknown): unknown => {
      if (typeof value === 'string') return value !== '' && (secret || redact(value) !== value) ? fingerprintText(value, hash) : value;
      if (Array.isArray(value)) return value.map(show);
      if (typeof value === 'object' && value !== null)
        return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, show(inner)]));
      return value;
    };
    return Object.fromEntries(
      Object.entries(entry).map(([key, value]) => [key, ['defaultValue', 'values', 'examples'].includes(key) ? show(value) : value]),
    );
  };
  return Object.fromEntries(
    Object.entries(request).map(([key, value]) => {
      if (key === 'headers' || key === 'queryParameters') return [key, list(value).map(mask)];
      return [key, maskDeep(value, hash)];
    }),
  );
}

function maskDeep(value: unknown, hash: KeyHasher): unknown {
  if (typeof value === 'string') return redact(value) === value ? value : fingerprintText(value, hash);
  if (Array.isArray(value)) return value.map((inner) => maskDeep(inner, hash));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskDeep(inner, hash)]));
  return value;
}

function fingerprintText(value: string, hash: KeyHasher): string {
  return `${beginning(value)} (fingerprint ${hash(value).slice(0, 8)})`;
}
