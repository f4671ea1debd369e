// Facts about policies: what the gateway runs for the call, as statements with their place.
import type { Statement } from './policies/statement.ts';
import type { Sealed } from './sealed.ts';
import type { Unreadable } from './snapshot.ts';

export type PolicyScope = 'service' | 'workspace' | 'product' | 'api' | 'operation' | 'fragment';

/**
 * read: `root` holds its statements · none: there is no policy at this scope (404), its parent's runs
 * broken: not XML · refused: it declares a document type or entities · unreadable: Azure did not give it
 */
export type PolicyState = 'read' | 'none' | 'broken' | 'refused' | 'unreadable';

export interface PolicyDocument {
  readonly scope: PolicyScope;
  /** ARM id of the policy resource itself, `…/policies/policy` or `…/policyFragments/{id}`. */
  readonly armId: string;
  /** The policies of what, for a person: `the API Echo API`, `the product Starter`, `all APIs`. */
  readonly of: string;
  readonly state: PolicyState;
  /** Why it could not be used; null when it could. */
  readonly says: string | null;
  /** `<policies>` (or `<fragment>`), secrets masked. */
  readonly root: Statement | null;
}

export interface PoliciesFact {
  /** Outermost first: service, workspace, products, API, operation. A document of every scope that can run for the call, also those that do not exist. */
  readonly documents: readonly PolicyDocument[];
  readonly fragments: readonly PolicyDocument[];
  /** Policies of the API's products that do not run, because the key is not a product's. */
  readonly bypassed: readonly PolicyDocument[];
  /** False when several products, or the product or none, can be the one whose policy runs. */
  readonly productKnown: boolean;
  /** False when the paste does not tell which operation was called; its policy is not among the documents then. */
  readonly operationKnown: boolean;
  /** What Azure did not give; verdicts that rest on "nothing there" are not possible then. */
  readonly unread: readonly Unreadable[];
}

export interface NamedValueFact {
  readonly armId: string;
  /** What policies call it, `{{displayName}}`. */
  readonly displayName: string;
  readonly secret: boolean;
  /** Null for a secret: ARM does not give it, and it is not asked for. Redacted. */
  readonly value: string | null;
  readonly keyVault: {
    readonly secretIdentifier: string | null;
    readonly identityClientId: string | null;
    /** `Success`, `Forbidden`, `NotFound`, …; null before the first try. */
    readonly lastStatus: string | null;
    readonly lastMessage: string | null;
    /** ISO 8601. */
    readonly lastChecked: string | null;
  } | null;
}

/** A policy's text, whole, to write back with one thing changed. */
export interface PolicyText {
  readonly armId: string;
  readonly text: Sealed<string>;
}

export interface PolicyFacts {
  readonly policies: PoliciesFact;
  /** All named values of the service; read only when a policy of the call refers to one. */
  readonly namedValues: readonly NamedValueFact[];
  readonly policyTexts: readonly PolicyText[];
}
