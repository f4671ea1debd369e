import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks until there is something. Ends by itself: a test that has failed must not keep its process.
 * @throws when there is nothing after fifteen seconds
 */
export async function eventually<T>(find: () => T | null | undefined, what: string): Promise<T> {
  const until = Date.now() + 15_000;
  for (;;) {
    const found = find();
    if (found !== null && found !== undefined) return found;
    if (Date.now() > until) throw new Error(`It never came: ${what}.`);
    await sleep(5);
  }
}
