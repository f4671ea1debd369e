// The cors policy: the only one that runs on a preflight, and response headers on the calls that follow.
import type { GatewayAnswer } from './gateway-answer.ts';
import type { GatewayRequest } from './gateway-routing.ts';
import { attributeOf, type Outcome, openCall, type PolicyCall, textsOf } from './policy-call.ts';
import { type PolicyPlace, type Statement, statementsOf } from './policy-scopes.ts';

type Headers = Record<string, string>;

/** What the page may do, as headers; null when its origin is not on the list. */
function allowed(call: PolicyCall, statement: Statement, origin: string): Headers | null {
  const origins = textsOf(call, statement, 'allowed-origins', 'origin');
  if (!origins.some((one) => one === '*' || one.toLowerCase() === origin.toLowerCase())) return null;
  const withCredentials = attributeOf(call, statement, 'allow-credentials')?.toLowerCase() === 'true';
  const headers: Headers = { 'Access-Control-Allow-Origin': origins.includes('*') && !withCredentials ? '*' : origin };
  if (withCredentials) headers['Access-Control-Allow-Credentials'] = 'true';
  return headers;
}

function isStrict(call: PolicyCall, statement: Statement): boolean {
  return attributeOf(call, statement, 'terminate-unmatched-request')?.toLowerCase() !== 'false';
}

const emptyAnswer: GatewayAnswer = { status: 200, reason: 'OK', headers: {}, body: '' };

export function isPreflight({ method, headers }: GatewayRequest): boolean {
  return method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;
}

/** The answer to a preflight, by the first cors policy that knows the origin. Null without any: OPTIONS is then an operation like another. */
export function preflightAnswer(place: PolicyPlace, request: GatewayRequest): GatewayAnswer | null {
  const call = openCall(place, request, null);
  const policies = statementsOf(place, 'inbound').filter(({ name }) => name === 'cors');
  for (const statement of policies) {
    const granted = allowed(call, statement, request.headers.origin ?? '');
    if (granted === null && isStrict(call, statement)) return emptyAnswer;
    if (granted === null) continue;
    const methods = textsOf(call, statement, 'allowed-methods', 'method');
    const names = textsOf(call, statement, 'allowed-headers', 'header');
    const asked = request.headers['access-control-request-headers'];
    return {
      ...emptyAnswer,
      headers: {
        ...granted,
        'Access-Control-Allow-Methods': methods.includes('*')
          ? (request.headers['access-control-request-method'] ?? '')
          : methods.join(','),
        ...(names.includes('*') && asked !== undefined ? { 'Access-Control-Allow-Headers': asked } : {}),
        ...(names.length > 0 && !names.includes('*') ? { 'Access-Control-Allow-Headers': names.join(',') } : {}),
      },
    };
  }
  return policies.length > 0 ? emptyAnswer : null;
}

/** A call from a page: an allowed origin gets its headers; one that is not gets an empty 200 unless the policy lets it pass. */
export function cors(call: PolicyCall, statement: Statement): Outcome {
  const origin = call.headers.get('origin');
  if (origin === undefined) return null;
  const granted = allowed(call, statement, origin);
  if (granted === null) {
    const ends = isStrict(call, statement) && ['GET', 'HEAD'].includes(call.request.method);
    return ends ? { kind: 'answer', answer: emptyAnswer } : null;
  }
  call.atEnd.push((answer) => {
    for (const [name, value] of Object.entries(granted)) answer.headers.set(name, value);
  });
  return null;
}
