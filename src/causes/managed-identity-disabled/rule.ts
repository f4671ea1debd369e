// The policy signs in with an identity that the service does not have. The gateway answers 500 then; with ignore-error it calls the backend
// without a token, and that answers 401 (field guide B05; learn.microsoft.com/azure/api-management/authentication-managed-identity-policy).

import { principalOf } from '../../snapshot/identities.ts';
import { filled } from '../../snapshot/policies/filled.ts';
import { attribute } from '../../snapshot/policies/statement.ts';
import type { Symptom } from '../../symptom/symptom.ts';
import { credentialEvidence, fromBackend, identitiesIn, isAboutRole, isVerdict, namedValuesOf, onlyWhen, wayOf } from '../backend-check.ts';
import { type Cause, defineRule, ruledOut, suspected, unknown } from '../contract.ts';
import { remedy } from './remedy.ts';

export const rule = defineRule({
  id: 'managed-identity-disabled',
  code: 'B05',
  stage: 'backend',
  title: 'The identity that the policy signs in with does not exist',
  best: 'suspected',
  needs: ['api', 'policies', 'backends', 'service'],
  wants: ['backendSecrets'],
  applies: (symptom) => (fromBackend(symptom) && !isAboutRole(symptom)) || isGatewayFailure(symptom),

  check({ api, policies, backends, service, backendSecrets }) {
    const known = namedValuesOf(backendSecrets);
    const tokens = identitiesIn(wayOf({ api, policies, backends, backendSecrets }), policies);
    if (isVerdict(tokens)) return tokens;
    const { identity } = service;
    const seen = {
      at: `${service.armId}#/identity`,
      observed: identity.userAssigned.length === 0 ? identity.type : `${identity.type}, ${identity.userAssigned.length} user-assigned`,
      expected: 'the identity that the policy names',
    };
    const missing = tokens.find((token) => principalOf(token, identity, known) === null);
    if (missing === undefined) return ruledOut('The service has the identity that the policy signs in with.', seen);

    const client = missing.step === null ? null : attribute(missing.step.statement, 'client-id');
    if (client !== null && filled(client, known) === null) {
      return unknown(
        'Which identity the policy signs in with is in a value that cannot be read here.',
        credentialEvidence(missing, '', 'a client id'),
      );
    }
    const ignoring = missing.step !== null && attribute(missing.step.statement, 'ignore-error')?.toLowerCase() === 'true';
    const which =
      client === null ? 'the system-assigned identity, which is switched off' : 'a user-assigned identity that is not assigned to it';
    const repair =
      client === null
        ? 'Switch it on under Managed identities (az apim update --enable-managed-identity true), then grant it its roles again: it gets a new object id.'
        : 'Assign that identity to the service under Managed identities, or correct the client-id in the policy.';
    const effect = ignoring
      ? 'With ignore-error the backend is called without a token all the same.'
      : 'The usual answer to that is a 500 of the gateway, so a 401 makes it likely and does not prove it.';
    return suspected(
      `The policy signs in with ${which}. ${effect} ${repair}${onlyWhen(missing.conditions)}`,
      seen,
      credentialEvidence(missing, '', 'an identity that the service has'),
    );
  },
});

/** A 500 of the gateway itself, as a failing policy leaves it. */
function isGatewayFailure({ layer, status, host, signs }: Symptom): boolean {
  return layer === 'not-a-401' && status === 500 && host !== null && (signs ?? []).length === 0;
}

export const cause: Cause = { rule, fix: null, remedy };
