// The developer portal: what was published of it.

export interface PortalRevisionFact {
  readonly armId: string;
  /** `pending`, `publishing`, `completed` or `failed`, lower case. */
  readonly status: string;
  readonly isCurrent: boolean;
  readonly statusDetails: string | null;
}

export interface PortalFact {
  readonly at: string;
  readonly revisions: readonly PortalRevisionFact[];
}

export interface PortalFacts {
  readonly portal: PortalFact;
}
