// Facts about what lies behind the gateway: backends, who the gateway is to them, and what it shows them.
import type { NamedValueFact, PolicyDocument } from './facts-policies.ts';
import type { Unreadable } from './snapshot.ts';

/** A value that the gateway adds by itself. Values are not kept; only the named values that they refer to. */
export interface AddedValue {
  readonly name: string;
  readonly namedValues: readonly string[];
}

export interface BackendFact {
  readonly armId: string;
  readonly name: string;
  /** Redacted; null for a pool. */
  readonly url: string | null;
  /** ARM id of the Azure resource behind it, when the backend names one. */
  readonly resource: string | null;
  /** Names of the pool's members; empty for a single backend. */
  readonly members: readonly string[];
  readonly headers: readonly AddedValue[];
  readonly query: readonly AddedValue[];
  /** `credentials.authorization`: the scheme and the named values of its parameter. */
  readonly authorization: AddedValue | null;
  /** Ids and thumbprints of the client certificates that it shows. */
  readonly certificates: readonly string[];
}

export interface RoleFact {
  /** ARM id of the assignment. */
  readonly armId: string;
  readonly role: string;
  /** Lower-case data actions; null when the role's definition could not be read. */
  readonly dataActions: readonly string[] | null;
  readonly viaGroup: boolean;
}

/** What one identity of the service may do at one Azure AI account. */
export interface AccessFact {
  readonly host: string;
  /** ARM id of the account; null when none of the listed accounts has the host. */
  readonly account: string | null;
  readonly principalId: string;
  readonly roles: readonly RoleFact[];
  /** Why the role assignments are not known. */
  readonly unread: Unreadable | null;
}

export interface CertificateFact {
  readonly armId: string;
  readonly name: string;
  readonly thumbprint: string | null;
  /** ISO 8601. */
  readonly expires: string | null;
  /** `keyVault.lastStatus.code`; null for an uploaded one. */
  readonly vaultStatus: string | null;
}

/** A connection of the credential manager that a policy uses. */
export interface ConnectionFact {
  readonly armId: string;
  /** `Connected`, `Error`, …; null when there is no such connection. */
  readonly status: string | null;
  readonly error: string | null;
}

export interface BackendFacts {
  /** All backends, listed only when a policy of the call refers to one. */
  readonly backends: readonly BackendFact[];
  /** Named values; listed only when a policy or a backend of the call refers to one. */
  readonly backendSecrets: readonly NamedValueFact[];
  /** Only where a policy of the call uses a managed identity and the call goes to Azure AI. */
  readonly identityAccess: readonly AccessFact[];
  /** Client certificates; listed only when a policy or a backend of the call refers to one. */
  readonly backendCertificates: readonly CertificateFact[];
  readonly connections: readonly ConnectionFact[];
  /** Policies of the API's other operations, read only when nothing that runs for the call signs in at the backend. */
  readonly siblingPolicies: readonly PolicyDocument[];
}
