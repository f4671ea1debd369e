// What one change does beyond the field that it writes.

export interface Effect {
  /** Who notices, as sentences. */
  readonly affects: readonly string[];
  /** In what way access becomes wider; null only where that is certain not to be so. */
  readonly wider: string | null;
  /** Why the change cannot be taken back; null when it can. */
  readonly noWayBack: string | null;
}

export function effect(affects: readonly string[], wider: string | null = null, noWayBack: string | null = null): Effect {
  return { affects, wider, noWayBack };
}

/** For a change that nobody here knows: nothing is claimed of it. */
export function unknownEffect(): Effect {
  return effect(
    ['Who else notices this change is not known: it is not one whose effect follows from the resource alone.'],
    'It may become wider: whether this change opens anything could not be told.',
  );
}
