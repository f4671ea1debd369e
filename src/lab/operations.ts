// Long-running operations: 202 with two addresses to ask, `Azure-AsyncOperation` for the state and `Location` for the result.
import { randomUUID } from 'node:crypto';
import { type ArmAnswer, notFound } from './arm-answer.ts';
import type { ArmRequest } from './arm-request.ts';
import type { ServiceStore } from './store.ts';

interface Operation {
  /** How often its state was asked for: the first answer is that it runs. */
  asked: number;
  readonly url: string;
}

const running = new WeakMap<ServiceStore, Map<string, Operation>>();

function operationsOf(store: ServiceStore): Map<string, Operation> {
  const known = running.get(store) ?? new Map<string, Operation>();
  running.set(store, known);
  return known;
}

function accepted({ authority, store }: ArmRequest, id: string, url: string): ArmAnswer {
  const headers = {
    Location: `${authority}${url}?api-version=2024-05-01&asyncId=${id}&asyncCode=200`,
    'Azure-AsyncOperation': `${authority}${store.id}/tenant/operationResults/${id}?api-version=2024-05-01`,
  };
  return { status: 202, body: null, headers };
}

/** The answer to a POST whose work goes on. */
export function startOperation(request: ArmRequest): ArmAnswer {
  const [id, url] = [randomUUID().replaceAll('-', ''), request.url.split('?')[0] ?? ''];
  operationsOf(request.store).set(id, { asked: 0, url });
  return accepted(request, id, url);
}

/** GET of the address in `Location`: 202 while it runs, then `done`. Null when no operation is asked for. */
export function operationResult(request: ArmRequest, done: () => ArmAnswer): ArmAnswer | null {
  const id = request.query.get('asyncId');
  if (request.method !== 'GET' || id === null) return null;
  const operation = operationsOf(request.store).get(id);
  if (!operation) return notFound('operationResults');
  operation.asked += 1;
  return operation.asked > 1 ? done() : accepted(request, id, operation.url);
}

/** GET of the address in `Azure-AsyncOperation`. */
export function operationState(request: ArmRequest, id: string): ArmAnswer {
  const operation = operationsOf(request.store).get(id);
  if (!operation) return notFound('operationResults');
  operation.asked += 1;
  const status = operation.asked > 1 ? 'Succeeded' : 'InProgress';
  return { status: 200, body: { id: `${request.store.id}/tenant/operationResults/${id}`, name: id, status } };
}
