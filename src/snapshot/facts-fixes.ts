// What only a fix needs: read once its cause is confirmed or suspected.
import type { ProductFact } from './snapshot.ts';

export interface FixFacts {
  /** An id for a new subscription that opens the called API, where the API is, free at the time of reading. */
  readonly freeSubscription: FreeSubscriptionFact;
  /** The same for one that takes the place of the key's subscription, beside it. */
  readonly successor: FreeSubscriptionFact;
  /** The service's only product; null when it has none or several, or when the key says which product is meant. */
  readonly onlyProduct: ProductFact | null;
  /** Its policy document as rawxml; null when it has none. */
  readonly onlyProductPolicy: string | null;
}

export interface FreeSubscriptionFact {
  readonly armId: string;
  readonly displayName: string;
}
