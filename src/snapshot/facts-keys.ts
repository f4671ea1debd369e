// Facts about a key beyond its subscription: where else it is, what happened to it, who owns it.
import type { KeyFact, KeyMatch, SubscriptionFact } from './snapshot.ts';

export interface KeyFacts {
  /** The built-in all-access subscription, when the paste comes from a console and shows no key; else null. */
  readonly consoleKey: SubscriptionFact | null;
  readonly keyElsewhere: KeyElsewhereFact;
  /** null: there was no reason to look, because the key is known, or something else explains it. */
  readonly keyHistory: KeyHistoryFact | null;
  /** The newest regeneration of a key of this subscription; null when there was none, or there was no reason to look. */
  readonly keyRenewed: KeyEvent | null;
  /** The key in the query of a request whose header has another one; null when the paste shows no two such keys. */
  readonly shadowedKey: KeyFact | null;
  /** The user who owns the key's subscription; null when it has no owner, or the owner is gone. */
  readonly keyOwner: OwnerFact | null;
  /** Products that allow each user only so many subscriptions. Read only for a paste that complains of such a limit. */
  readonly limitedProducts: readonly LimitedProductFact[];
  /** Listed only when the service itself has not the key or not the API; null otherwise. */
  readonly workspaces: WorkspacesFact | null;
}

/** The other configured services, searched only when nobody has the key in the called one. */
export interface KeyElsewhereFact {
  readonly searched: readonly { readonly service: string; readonly scanned: number; readonly of: number; readonly complete: boolean }[];
  readonly matches: readonly { readonly service: string; readonly match: KeyMatch }[];
}

export interface KeyEvent {
  readonly kind: 'regenerated' | 'subscription-deleted' | 'product-deleted';
  /** ARM id of what it happened to. */
  readonly armId: string;
  /** ISO 8601. */
  readonly at: string;
  /** As the activity log names it. */
  readonly operation: string;
  /** The subscription, when it still exists. */
  readonly subscription: SubscriptionFact | null;
}

/** What the activity log knows of the service's keys, newest first. Who did it is left out: a snapshot names no persons. */
export interface KeyHistoryFact {
  readonly at: string;
  /** The log was read from here, ISO 8601. */
  readonly since: string;
  /** The log was read to its end. */
  readonly complete: boolean;
  readonly events: readonly KeyEvent[];
}

export interface OwnerFact {
  readonly armId: string;
  /** Lower case: active, blocked, pending or deleted. */
  readonly state: string;
}

export interface LimitedProductFact {
  readonly armId: string;
  readonly displayName: string;
  readonly limit: number;
}

/** The service's workspaces. */
export interface WorkspacesFact {
  readonly at: string;
  readonly names: readonly string[];
}
