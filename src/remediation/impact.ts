// What a change touches beyond the field that it writes. Follows from the change and the resource alone; no cause is known here.

/** Everything here is shown in the preview. Sentences without secrets. */
export interface Impact {
  /** Who else notices: other APIs of the product, other subscriptions, callers on the old header name. Empty: nobody else. */
  readonly affects: readonly string[];
  /** In what way access becomes wider; null when it does not. */
  readonly wider: string | null;
  /** Why there is no way back; null when Undo puts everything back. */
  readonly noWayBack: string | null;
  /** Set when the service seems to be managed as code: how that is known, and the patch to commit instead. */
  readonly asCode: { readonly says: string; readonly patch: string } | null;
}
