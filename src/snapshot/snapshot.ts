// Everything read from Azure for one question, frozen. A fact that could not be read is a value, never an exception.

import type { Symptom } from '../symptom/symptom.ts';
import type { AiFacts } from './facts-ai.ts';
import type { BackendFacts } from './facts-backend.ts';
import type { FixFacts } from './facts-fixes.ts';
import type { KeyFacts } from './facts-keys.ts';
import type { PolicyFacts } from './facts-policies.ts';
import type { PortalFacts } from './facts-portal.ts';
import type { TransportFacts } from './facts-transport.ts';
import type { Sealed } from './sealed.ts';

/** Why a fact is not there. `no-service`, `unresolved` and `not-given` mean that there was nothing to ask ARM for. */
export type UnreadableReason =
  | 'forbidden'
  | 'throttled'
  | 'deadline'
  | 'unavailable'
  | 'not-found'
  | 'no-service'
  | 'unresolved'
  | 'ambiguous'
  | 'not-given';

export interface Unreadable {
  readonly status: 'unreadable';
  readonly reason: UnreadableReason;
  /** ARM id that was asked, or '' when nothing was asked. */
  readonly at: string;
  /** The ARM action that was refused (`Microsoft.ApiManagement/service/apis/read`), when the reason is `forbidden`. */
  readonly action: string | null;
  /** One sentence for a person. */
  readonly says: string;
}

export interface Read<T> {
  readonly status: 'read';
  readonly value: T;
}

export type Reading<T> = Read<T> | Unreadable;

export interface ServiceFact {
  /** Full ARM id of the API Management service. */
  readonly armId: string;
  readonly name: string;
  readonly location: string | null;
  readonly sku: string | null;
  readonly provisioningState: string | null;
  /** ISO 8601. */
  readonly createdAt: string | null;
  /** The gateway of the main region is switched off. */
  readonly gatewayDisabled: boolean;
  /** Regions beside the main one. */
  readonly additionalLocations: readonly {
    readonly location: string;
    readonly host: string | null;
    readonly gatewayDisabled: boolean;
  }[];
  /** For each of its own host names, whether the gateway asks a client for its certificate; `at` is the JSON pointer. */
  readonly clientCertificates: readonly { readonly host: string; readonly asked: boolean; readonly at: string }[];
  readonly identity: IdentityFact;
  /** Gateway host names, lower case, without port. */
  readonly gatewayHosts: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** Who the service is to other Azure resources. */
export interface IdentityFact {
  /** As ARM names it, `SystemAssigned, UserAssigned`; `None` when it has none. */
  readonly type: string;
  /** Object id of the system-assigned identity; null when there is none. */
  readonly principalId: string | null;
  readonly userAssigned: readonly { readonly armId: string; readonly clientId: string | null; readonly principalId: string | null }[];
}

export interface KeyNames {
  readonly header: string;
  readonly query: string;
}

export interface ApiFact {
  readonly armId: string;
  /** The API's id inside the service, without `;rev=N`. */
  readonly name: string;
  readonly displayName: string;
  /** Base path without slashes at the ends; '' for the root. */
  readonly path: string;
  readonly version: string | null;
  /** Name of the version set that it is a version of; null when it has no versions. */
  readonly versionSet: string | null;
  readonly subscriptionRequired: boolean;
  /** What its authentication settings name: `oAuth2`, `openid`. They feed the consoles and enforce nothing. */
  readonly signIn: readonly string[];
  /** Names that the gateway reads the key from; the defaults are filled in when ARM has none. */
  readonly keyNames: KeyNames;
  /** ARM has the names itself; without them it has null, and the defaults hold. */
  readonly keyNamesSet: boolean;
  /** The backend's address as ARM has it, redacted; null when policies choose the backend. */
  readonly serviceUrl: string | null;
  readonly isCurrent: boolean;
}

export interface ProductFact {
  readonly armId: string;
  readonly name: string;
  readonly displayName: string;
  readonly state: string | null;
  /** False marks an open product, which needs no key. */
  readonly subscriptionRequired: boolean;
  readonly approvalRequired: boolean;
}

/** A default or listed value of an operation's request parameter, reduced to what may be kept. */
export interface ParameterFact {
  readonly name: string;
  /** First four characters and an ellipsis; null when no value is set. */
  readonly shown: string | null;
  readonly fingerprint: string | null;
}

export interface OperationFact {
  readonly armId: string;
  readonly name: string;
  readonly displayName: string;
  readonly method: string;
  readonly urlTemplate: string;
  readonly headers: readonly ParameterFact[];
  readonly queryParameters: readonly ParameterFact[];
}

/** What a scope string points to, by its shape alone. Relative scopes are read as ARM would expand them. */
export type ScopeTarget =
  | { readonly kind: 'service' }
  | { readonly kind: 'all-apis'; readonly workspace: string | null }
  | { readonly kind: 'api'; readonly name: string; readonly workspace: string | null }
  | { readonly kind: 'product'; readonly name: string; readonly workspace: string | null }
  | {
      readonly kind: 'malformed';
      readonly why: string;
      readonly meant: { readonly kind: 'api' | 'product'; readonly name: string } | null;
    };

/** The operations that the pasted call can have meant. */
export interface OperationsFact {
  /** The one operation of the pasted method and path, or every operation of the API when the paste does not say. */
  readonly candidates: readonly OperationFact[];
  /** The paste names method and path well enough to tell which one it is. */
  readonly exact: boolean;
  /** Operations whose request definition could not be read within the budget. */
  readonly unread: number;
}

export interface PresetRequest {
  readonly armId: string;
  /** `properties.request` as ARM has it; presets are shown as fingerprints. */
  readonly request: Sealed<Readonly<Record<string, unknown>>>;
}

export interface SubscriptionFact {
  readonly armId: string;
  readonly name: string;
  readonly displayName: string | null;
  /** Lower case: active, suspended, submitted, rejected, cancelled or expired; '' when ARM has none. Only active passes. */
  readonly state: string;
  readonly stateComment: string | null;
  /** As ARM returned it. */
  readonly scope: string;
  readonly target: ScopeTarget;
  /** ISO 8601, or null when ARM has none. */
  readonly createdDate: string | null;
  readonly ownerId: string | null;
  /** The built-in all-access subscription, `master`. */
  readonly builtIn: boolean;
}

export interface KeyMatch {
  readonly subscription: SubscriptionFact;
  readonly slot: 'primary' | 'secondary';
  /** The value is the whole key, not only its beginning. */
  readonly whole: boolean;
}

/** What looking for the key found. */
export interface KeyFact {
  /** ARM id of the list that was searched. */
  readonly at: string;
  /** The key that was looked for, as it may be shown. */
  readonly shown: string;
  readonly where: 'option' | 'header' | 'query' | 'bearer' | 'prose';
  readonly line: number;
  readonly form: string;
  readonly matches: readonly KeyMatch[];
  /** How many subscriptions were compared, of how many. */
  readonly scanned: number;
  readonly of: number;
  /** Every subscription that could match was compared, or a whole key was found. */
  readonly complete: boolean;
  /** An id or name that the value equals, when it is one: where, and what kind of thing it is. */
  readonly sameAs: { readonly at: string; readonly what: string } | null;
  /** A subscription whose key differs from the value only a little, when no subscription has the value itself. */
  readonly near: NearKey | null;
}

export interface NearKey {
  readonly subscription: SubscriptionFact;
  readonly slot: 'primary' | 'secondary';
  /** folded: equal but for letter case and blanks around · beginning: the first four characters are the same. */
  readonly how: 'folded' | 'beginning';
}

export interface Refusal {
  /** The ARM action, as ARM named it or as it follows from the request. */
  readonly action: string;
  readonly at: string;
}

/** Every fact that a rule can ask for. Adding one means: a line here, a reader in collect.ts, and its mapping. */
export interface Facts extends KeyFacts, AiFacts, PolicyFacts, TransportFacts, BackendFacts, PortalFacts, FixFacts {
  readonly service: ServiceFact;
  readonly api: ApiFact;
  readonly apiProducts: readonly ProductFact[];
  readonly operations: OperationsFact;
  /** The documents of the operations that fill in a key by themselves, whole, to send back without it. */
  readonly presetRequests: readonly PresetRequest[];
  readonly key: KeyFact;
  /** The product that the key's subscription is for, or was meant for; null when there is no such product (any more). */
  readonly keyProduct: ProductFact | null;
  /** The API that the key's subscription is for, or was meant for; null when there is no such API. */
  readonly keyApi: ApiFact | null;
  /** The policy document of the key's product as rawxml; null when it has none. */
  readonly keyProductPolicy: string | null;
}

export type FactName = keyof Facts;

export type FactReadings = { readonly [N in FactName]?: Reading<Facts[N]> };

/** What reading cost. */
export interface ArmCounts {
  readonly reads: number;
  readonly writes: number;
  readonly listSecrets: number;
  readonly throttled: number;
}

export interface Snapshot {
  readonly format: 'locksmith-snapshot/1';
  /** ARM's own time when the facts were read, ISO 8601. */
  readonly now: string;
  readonly symptom: Symptom;
  /** ARM id of the service that the host belongs to, or null. */
  readonly service: string | null;
  readonly facts: FactReadings;
  /** Every read that was refused. */
  readonly refusals: readonly Refusal[];
  readonly arm: ArmCounts;
}
