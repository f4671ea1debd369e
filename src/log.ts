// One log, to stderr, one JSON line each. It says what happened and how long it took, never what somebody wrote.
import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

// The second line of defence: nothing that looks like a key or a token leaves, whoever logged it by mistake.
const KEYS = /\b[0-9a-f]{32,}\b|\b[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\b|\b[A-Za-z0-9+/]{60,}={0,2}/gi;

/** A log that writes to stderr, or to `out` in tests. */
export function createLog(level: string, out: DestinationStream = { write: (line) => process.stderr.write(line) }): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { error: errorFacts, err: errorFacts },
      redact: { paths: ['authorization', 'password', 'key', 'text', '*.authorization', '*.password', '*.key', '*.text'], remove: true },
    },
    { write: (line: string) => out.write(line.replace(KEYS, (secret) => `${secret.slice(0, 4)}…`)) },
  );
}

/**
 * What may be said of an error: its kind and where it arose. Messages are left out, since libraries put
 * request and response bodies into them, and ours hold cards and, from ARM, keys.
 */
export function errorFacts(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) {
    return { kind: typeof error };
  }
  const { code, statusCode } = error as Error & { code?: unknown; statusCode?: unknown };
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 8);
  return { kind: error.name, code, status: statusCode, at: frames.map((line) => line.trim()) };
}
