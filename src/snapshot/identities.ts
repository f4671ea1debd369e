// Who the gateway is to a backend, and which Azure AI account a backend is.
import { hostKind } from '../symptom/hosts.ts';
import type { BackendFact } from './facts-backend.ts';
import type { NamedValueFact } from './facts-policies.ts';
import { filled } from './policies/filled.ts';
import { attribute } from './policies/statement.ts';
import type { IdentityFact } from './snapshot.ts';
import type { Credential, Target } from './way-to-backend.ts';

/** The call goes to Azure AI: by its host, or by the resource that the backend names. */
export function isAi({ host, backend }: Target): boolean {
  return accountOf(backend) !== null || (host !== null && hostKind(host) === 'azure-ai');
}

/** ARM id of the AI account that a backend names as its resource. */
export function accountOf(backend: BackendFact | null): string | null {
  return /^.*\/providers\/Microsoft\.CognitiveServices\/accounts\/[^/]+/i.exec(backend?.resource ?? '')?.[0] ?? null;
}

/** Object id of the identity that a statement signs in as; null when the service has none like it, or only run time knows which. */
export function principalOf({ step }: Credential, identity: IdentityFact, namedValues: readonly NamedValueFact[]): string | null {
  const written = step === null ? null : attribute(step.statement, 'client-id');
  if (written === null) return identity.principalId;
  const client = filled(written, namedValues)?.toLowerCase();
  return identity.userAssigned.find(({ clientId }) => clientId !== null && clientId.toLowerCase() === client)?.principalId ?? null;
}
