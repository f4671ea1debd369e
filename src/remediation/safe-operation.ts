// Which operation of an API can be called just to see whether it answers: GET or HEAD, as it stands, with nothing to fill in.
import { segmentsOf } from '../snapshot/find-api.ts';
import { list, record, text } from '../snapshot/from-arm.ts';
import type { ArmReader, ArmResource } from '../snapshot/ports.ts';
import { calledOperations } from '../snapshot/read-operations.ts';
import type { ApiFact, Reading } from '../snapshot/snapshot.ts';
import type { Symptom } from '../symptom/symptom.ts';

export interface SafeOperation {
  readonly method: 'GET' | 'HEAD';
  /** As ARM has it, with its leading slash or without. */
  readonly path: string;
}

/** Lists leave definitions out, so they are read one by one; this many at most. */
const singleReads = 6;

/** Null when there is none. The operation that the paste called comes first, then HEAD, which has no body. */
export async function safeOperation(reader: ArmReader, api: ApiFact, symptom: Symptom): Promise<Reading<SafeOperation | null>> {
  const listed = await reader.list(`${api.armId}/operations`);
  if (listed.status === 'unreadable') return listed;
  const called = new Set(calledOperations(listed.value.items, api, symptom).map(({ id }) => id));
  const rank = (item: ArmResource): number => (called.has(item.id) ? 0 : methodOf(item) === 'HEAD' ? 1 : 2);
  const likely = listed.value.items.filter((item) => methodOf(item) !== null && isPlain(templateOf(item)));
  for (const item of likely.toSorted((a, b) => rank(a) - rank(b)).slice(0, singleReads)) {
    const whole = await reader.get(item.id);
    if (whole.status === 'unreadable') {
      if (whole.reason === 'not-found') continue;
      return whole;
    }
    const method = methodOf(whole.value);
    if (method !== null && isPlain(templateOf(whole.value)) && needsNothing(whole.value, api)) {
      return { status: 'read', value: { method, path: templateOf(whole.value) } };
    }
  }
  return { status: 'read', value: null };
}

function methodOf({ properties }: ArmResource): SafeOperation['method'] | null {
  const method = (text(properties.method) ?? '').toUpperCase();
  return method === 'GET' || method === 'HEAD' ? method : null;
}

function templateOf({ properties }: ArmResource): string {
  return typeof properties.urlTemplate === 'string' ? properties.urlTemplate : '{}';
}

// No parameter, wildcard or query, and nothing that a URL would read as something else.
function isPlain(template: string): boolean {
  if (/[{}*?#%\\\s]|[^\x20-\x7e]/.test(template)) return false;
  return (segmentsOf(template) ?? []).every((part) => part !== '.' && part !== '..');
}

/** A required header is as much a parameter as a required query value. The key's own header is what we send. */
function needsNothing({ properties }: ArmResource, api: ApiFact): boolean {
  const request = record(properties.request);
  const required = [...list(request.queryParameters), ...list(request.headers)].filter((one) => one.required === true);
  return required.every((one) => (text(one.name) ?? '').toLowerCase() === api.keyNames.header.toLowerCase());
}
