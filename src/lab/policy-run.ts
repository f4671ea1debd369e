// Runs policies around a call. Statements that are not known here are passed over.
import type { GatewayAnswer } from './gateway-answer.ts';
import { answerOf, contextOf, draftOf, type Handler, type Outcome, type PolicyCall, type PolicyError } from './policy-call.ts';
import { returnResponse, setBody, setHeader, setQueryParameter, setStatus, setVariable } from './policy-changes.ts';
import { checkHeader, ipFilter, validateClientCertificate } from './policy-checks.ts';
import { cors } from './policy-cors.ts';
import { holds } from './policy-expressions.ts';
import { quota, rateLimit } from './policy-limits.ts';
import { type Section, type Statement, statementsOf, withNamedValues } from './policy-scopes.ts';
import { validateAzureAdToken, validateJwt } from './policy-tokens.ts';

/** The first branch whose condition holds. */
function choose(call: PolicyCall, statement: Statement): Outcome {
  const context = contextOf(call);
  const branch =
    statement.children.find(
      ({ name, attributes }) => name === 'when' && holds(withNamedValues(call.place, attributes.condition ?? ''), context),
    ) ?? statement.children.find(({ name }) => name === 'otherwise');
  return branch ? runAll(call, branch.children) : null;
}

const inside: Handler = (call, statement) => runAll(call, statement.children);

const handlers: Readonly<Record<string, Handler>> = {
  choose,
  cors,
  quota,
  retry: inside,
  wait: inside,
  'limit-concurrency': inside,
  'check-header': checkHeader,
  'ip-filter': ipFilter,
  'quota-by-key': quota,
  'rate-limit': rateLimit,
  'rate-limit-by-key': rateLimit,
  'return-response': returnResponse,
  'set-body': setBody,
  'set-header': setHeader,
  'set-query-parameter': setQueryParameter,
  'set-status': setStatus,
  'set-variable': setVariable,
  'validate-azure-ad-token': validateAzureAdToken,
  'validate-client-certificate': validateClientCertificate,
  'validate-jwt': validateJwt,
};

function runAll(call: PolicyCall, statements: readonly Statement[]): Outcome {
  for (const statement of statements) {
    const handler = Object.hasOwn(handlers, statement.name) ? handlers[statement.name] : undefined;
    const outcome = handler?.(call, statement) ?? null;
    if (outcome !== null) return outcome;
  }
  return null;
}

function run(call: PolicyCall, section: Section): Outcome {
  call.section = section;
  return runAll(call, statementsOf(call.place, section));
}

function ended(call: PolicyCall, answer: GatewayAnswer): GatewayAnswer {
  const draft = draftOf(answer);
  for (const finish of call.atEnd) finish(draft);
  return answerOf(draft);
}

/** What the client gets for an error: its own answer, as on-error leaves it. An error inside on-error changes nothing more. */
export function errorAnswer(call: PolicyCall, error: PolicyError): GatewayAnswer {
  call.error = error;
  call.response = draftOf(error.answer);
  const outcome = run(call, 'on-error');
  return ended(call, outcome?.kind === 'answer' ? outcome.answer : answerOf(call.response));
}

/** Inbound and backend policies, the backend itself, and outbound policies. */
export function policyAnswer(call: PolicyCall, backend: (call: PolicyCall) => GatewayAnswer): GatewayAnswer {
  const before = run(call, 'inbound') ?? run(call, 'backend');
  if (before?.kind === 'answer') return ended(call, before.answer);
  if (before?.kind === 'error') return errorAnswer(call, before.error);
  call.response = draftOf(backend(call));
  const after = run(call, 'outbound');
  if (after?.kind === 'error') return errorAnswer(call, after.error);
  return ended(call, after?.kind === 'answer' ? after.answer : answerOf(call.response));
}
