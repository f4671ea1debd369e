// Remembers the newest keys, and forgets the oldest: enough to recognise what Teams delivers twice.

export interface Seen {
  /** True the first time a key is given. */
  first(key: string): boolean;
  forget(key: string): void;
}

export function createSeen(limit: number): Seen {
  const keys = new Set<string>();
  return {
    first(key) {
      if (keys.has(key)) {
        return false;
      }
      keys.add(key);
      if (keys.size > limit) {
        const [oldest] = keys;
        keys.delete(oldest ?? key);
      }
      return true;
    },
    forget(key) {
      keys.delete(key);
    },
  };
}
