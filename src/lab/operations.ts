// Long-running operations: 202 with two addresses to ask, `Azure-AsyncOperation` for the state and `Location` for the result.
import { randomUUID } from 'node:crypto';
import { type ArmAnswer, notFound } from './arm-answer.ts';
import type { ArmRequest } from './arm-request.ts';
import type { ServiceStore } from './store.ts';

interface Operation {
  /** How often it was asked for: the first answer is that it runs. */
  asked: number;
  readonly done: () => ArmAnswer;
}

const running = new WeakMap<ServiceStore, Map<string, Operation>>();

function operationsOf(store: ServiceStore): Map<string, Operation> {
  const known = running.get(store) ?? new Map<string, Operation>();
  running.set(store, known);
  return known;
}

function accepted({ authority, store }: ArmRequest, id: string): ArmAnswer {
  const headers = {
    Location: `${authority}${store.id}/operationresults/${id}?api-version=2024-05-01`,
    'Azure-AsyncOperation': `${authority}${store.id}/tenant/operationResults/${id}?api-version=2024-05-01`,
  };
  return { status: 202, body: null, headers };
}

/** The answer to a request whose work goes on; `done` is what it comes to. */
export function startOperation(request: ArmRequest, done: () => ArmAnswer): ArmAnswer {
  const id = randomUUID().replaceAll('-', '');
  operationsOf(request.store).set(id, { asked: 0, done });
  return accepted(request, id);
}

/** GET of the address in `Location`: 202 while it runs, then what it came to. Deletions have nothing to show. */
export function operationResult(request: ArmRequest, id: string): ArmAnswer {
  const operation = operationsOf(request.store).get(id);
  if (!operation) return { status: 200, body: null };
  operation.asked += 1;
  return operation.asked > 1 ? operation.done() : accepted(request, id);
}

/** GET of the address in `Azure-AsyncOperation`. */
export function operationState(request: ArmRequest, id: string): ArmAnswer {
  const operation = operationsOf(request.store).get(id);
  if (!operation) return notFound('operationResults');
  operation.asked += 1;
  const status = operation.asked > 1 ? 'Succeeded' : 'InProgress';
  return { status: 200, body: { id: `${request.store.id}/tenant/operationResults/${id}`, name: id, status } };
}
