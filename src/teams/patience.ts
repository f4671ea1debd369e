// Teams asks callers to slow down (429) and sometimes stumbles (412, 502, 504). An update may be repeated at will;
// a send only where Teams says that it did not take the message, or there would be two of it.
import { setTimeout as sleep } from 'node:timers/promises';

const AGAIN = { send: new Set([429]), update: new Set([412, 429, 502, 504]) } as const;
const ATTEMPTS = 4;

export async function withPatience<T>(what: keyof typeof AGAIN, call: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      const status = statusOf(error);
      if (attempt === ATTEMPTS || status === null || !AGAIN[what].has(status)) {
        throw error;
      }
      await sleep(waitMs(error, attempt));
    }
  }
}

function statusOf(error: unknown): number | null {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : null;
}

// As long as Teams asks for, at most ten seconds; else 0.5, 1, 2 s, with some jitter so that replies do not march in step.
function waitMs(error: unknown, attempt: number): number {
  const headers = (error as { response?: { headers?: { get?(name: string): string | undefined } } }).response?.headers;
  const asked = Number(headers?.get?.('retry-after'));
  const ms = Number.isFinite(asked) && asked > 0 ? asked * 1000 : 250 * 2 ** attempt;
  return Math.min(ms, 10_000) * (1 + Math.random() / 4);
}
