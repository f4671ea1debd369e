// A value that holds a secret and that a fix has to send back unchanged, such as an operation's request with a key in a default value.
// It shows itself with the secret as a fingerprint; the real value lives beside it, in memory, and only remediation reveals it.

const secrets = new WeakMap<object, unknown>();

export interface Sealed<T> {
  readonly sealed: true;
  /** The value as it may be shown, stored and saved. */
  readonly shown: T;
}

export function seal<T>(secret: T, shown: T): Sealed<T> {
  const box: Sealed<T> = Object.freeze({ sealed: true as const, shown });
  secrets.set(box, secret);
  return box;
}

/** The same function of the real and of the shown value. */
export function mapSealed<T, U>(box: Sealed<T>, change: (value: T) => U): Sealed<U> {
  return secrets.has(box)
    ? seal(change(secrets.get(box) as T), change(box.shown))
    : Object.freeze({ sealed: true as const, shown: change(box.shown) });
}

/** The real value; undefined for a box that was read back from a file. */
export function reveal(value: unknown): unknown {
  return isSealed(value) ? secrets.get(value) : value;
}

/** The value as it may be shown. */
export function shownOf(value: unknown): unknown {
  return isSealed(value) ? value.shown : value;
}

export function isSealed(value: unknown): value is Sealed<unknown> {
  return typeof value === 'object' && value !== null && (value as { sealed?: unknown }).sealed === true && 'shown' in value;
}
