// Policies that change what goes to the backend, or what comes back.
import { STATUS_CODES } from 'node:http';
import {
  answerOf,
  attributeOf,
  type DraftAnswer,
  headerName,
  numberOf,
  type Outcome,
  type PolicyCall,
  result,
  textsOf,
  worked,
} from './policy-call.ts';
import type { Statement } from './policy-scopes.ts';

/** Sets, skips, appends or deletes by `exists-action`. */
function change(
  call: PolicyCall,
  statement: Statement,
  read: (name: string) => string | null,
  write: (name: string, value: string | null) => void,
): void {
  const name = attributeOf(call, statement, 'name');
  if (name === undefined) return;
  const action = (attributeOf(call, statement, 'exists-action') ?? 'override').toLowerCase();
  const value = textsOf(call, statement, null, 'value').join(',');
  const known = read(name);
  if (action === 'delete') write(name, null);
  else if (action === 'append' && known !== null) write(name, `${known},${value}`);
  else if (action !== 'skip' || known === null) write(name, value);
}

function changeHeaders(call: PolicyCall, statement: Statement, headers: Map<string, string>, named: (name: string) => string): void {
  change(
    call,
    statement,
    (name) => headers.get(named(name)) ?? null,
    (name, value) => (value === null ? headers.delete(named(name)) : headers.set(named(name), value)),
  );
}

export function setHeader(call: PolicyCall, statement: Statement): Outcome {
  const { response } = call;
  if (response === null) changeHeaders(call, statement, call.headers, (name) => name.toLowerCase());
  else changeHeaders(call, statement, response.headers, (name) => headerName(response.headers, name));
  return null;
}

export function setQueryParameter(call: PolicyCall, statement: Statement): Outcome {
  change(
    call,
    statement,
    (name) => call.query.get(name),
    (name, value) => (value === null ? call.query.delete(name) : call.query.set(name, value)),
  );
  return null;
}

export function setVariable(call: PolicyCall, statement: Statement): Outcome {
  const name = attributeOf(call, statement, 'name');
  const value = result(call, statement.attributes.value ?? '');
  if (name !== undefined && value !== undefined) call.variables.set(name, value);
  return null;
}

export function setStatus(call: PolicyCall, statement: Statement): Outcome {
  if (call.response !== null) applyStatus(call, statement, call.response);
  return null;
}

function applyStatus(call: PolicyCall, statement: Statement, response: DraftAnswer): void {
  const status = Math.trunc(numberOf(call, statement, 'code', response.status));
  if (status < 200 || status > 599) return;
  response.status = status;
  response.reason = attributeOf(call, statement, 'reason') ?? STATUS_CODES[status] ?? 'Unknown';
}

/** Before the backend it is the request's body that is set, which nobody sees here. An expression that cannot be worked out leaves nothing. */
export function setBody(call: PolicyCall, statement: Statement): Outcome {
  if (call.response !== null) call.response.body = worked(call, statement.text) ?? '';
  return null;
}

/** Ends everything with an answer of its own: 200 without a body unless it says more. */
export function returnResponse(call: PolicyCall, statement: Statement): Outcome {
  const response: DraftAnswer = { status: 200, reason: 'OK', headers: new Map(), body: '' };
  for (const child of statement.children) {
    if (child.name === 'set-status') applyStatus(call, child, response);
    if (child.name === 'set-header') changeHeaders(call, child, response.headers, (name) => headerName(response.headers, name));
    if (child.name === 'set-body') response.body = worked(call, child.text) ?? '';
  }
  return { kind: 'answer', answer: answerOf(response) };
}
