// A policy takes its token for the backend from a connection of the credential manager, and the connection is broken. The gateway answers 500,
// or with ignore-error goes on without a token (field guide B11; learn.microsoft.com/azure/api-management/get-authorization-context-policy).
import type { ConnectionFact } from '../../snapshot/facts-backend.ts';
import { fromBackend, isAboutRole } from '../backend-check.ts';
import { type Cause, defineRule, type Evidence, ruledOut, suspected, unknown } from '../contract.ts';
import { notThere, runningNamed, statementEvidence, tagOf, whenItRuns } from '../policy-check.ts';
import { remedy } from './remedy.ts';

export const rule = defineRule({
  id: 'credential-connection-broken',
  code: 'B11',
  stage: 'backend',
  title: 'A connection of the credential manager is broken',
  best: 'suspected',
  needs: ['policies', 'connections'],
  applies: (symptom) =>
    (fromBackend(symptom) && !isAboutRole(symptom)) ||
    (symptom.status === 500 && symptom.host !== null && (symptom.signs ?? []).length === 0),

  check({ policies, connections }) {
    const [step] = runningNamed(policies, ['get-authorization-context'], ['inbound', 'backend']);
    if (step === undefined) {
      return notThere(policies, 'No policy of this call uses the credential manager.', 'no get-authorization-context', 'one');
    }
    const used = statementEvidence(step, tagOf(step.statement), 'a connection that is connected');
    const [first] = connections;
    if (first === undefined) return unknown('Which connection the policy uses is in a value that only run time knows.', used);
    const broken = connections.find(({ status }) => status?.toLowerCase() !== 'connected');
    if (broken === undefined) return ruledOut('The connection that the policy takes its token from is connected.', statusOf(first));

    const ignoring = step.statement.attributes['ignore-error']?.toLowerCase() === 'true';
    const effect = ignoring
      ? 'With ignore-error the backend is called without a token all the same.'
      : 'Without ignore-error the gateway usually answers 500 to that, so a 401 makes it likely and does not prove it.';
    const said =
      broken.status === null
        ? `The policy takes its token from the connection ${nameOf(broken)}, and there is no such connection.`
        : `The connection ${nameOf(broken)} is in the state ${broken.status}${broken.error === null ? '' : ` (${broken.error.replace(/[.\s]+$/, '')})`}.`;
    const repair =
      broken.status === null
        ? 'Correct the provider-id and authorization-id in the policy, or create the connection.'
        : 'Open it under Credential manager and sign in again (Login), with an account that may use the backend.';
    return suspected(`${said} ${effect} ${repair}${whenItRuns(step)}`, statusOf(broken), used);
  },
});

function nameOf({ armId }: ConnectionFact): string {
  const [provider = '', , connection = ''] = (armId.split('/authorizationProviders/')[1] ?? '').split('/');
  return `${decodeURIComponent(provider)}/${decodeURIComponent(connection)}`;
}

function statusOf({ armId, status, error }: ConnectionFact): Evidence {
  const seen = status === null ? 'there is no such connection' : `${status}${error === null ? '' : `: ${error}`}`;
  return { at: `${armId}#/properties/status`, observed: seen.slice(0, 300), expected: 'Connected' };
}

export const cause: Cause = { rule, fix: null, remedy };
