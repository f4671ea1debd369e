// The faults that a write can meet, and what is true afterwards.
import { type Fault, refusal } from '../../src/lab/faults.ts';

export interface WriteFault {
  /** `503`, `no answer`: what the client gets. */
  readonly what: string;
  /** Whether ARM writes in spite of it: not at all, before the answer is lost, or after the client gave up. */
  readonly wrote: 'not' | 'before' | 'later';
  readonly fault: Fault;
  /** The client stops waiting for an answer once ARM has the request. */
  readonly isGivenUp?: true;
}

/** Long enough to look before it, short enough to wait for. */
const lateMs = 200;

/** A wait that a test can afford; `Retry-After` counts in seconds. */
const shortWait = 0.05;

function bothWays(what: string, fault: Fault, more: Pick<WriteFault, 'isGivenUp'> = {}): readonly WriteFault[] {
  return [
    { what, wrote: 'not', fault, ...more },
    { what, wrote: 'before', fault: { ...fault, after: true }, ...more },
  ];
}

export const writeFaults: readonly WriteFault[] = [
  ...([409, 412, 429, 500, 503] as const).flatMap((status) => bothWays(String(status), { answer: refusal(status) })),
  ...bothWays('429 with a short Retry-After', { answer: refusal(429, shortWait) }),
  ...bothWays('connection cut', { disconnect: true }),
  ...bothWays('no answer', { hang: true }, { isGivenUp: true }),
  { what: 'no answer', wrote: 'later', fault: { delayMs: lateMs }, isGivenUp: true },
  { what: 'an answer without an ETag', wrote: 'before', fault: { answer: { status: 200, body: null }, after: true } },
];

export function inWords({ what, wrote }: WriteFault): string {
  const when = { not: 'instead of the write', before: 'after the write', later: 'before the write, which comes later' } as const;
  return `${what} ${when[wrote]}`;
}

/** A change on its way: neither reading nor an action that only hands something out. */
export function isWriteRequest({ method, path }: { readonly method: string; readonly path: string }): boolean {
  return ['PUT', 'PATCH', 'DELETE'].includes(method) || (method === 'POST' && !/\/(list|get|generate)[^/]*$/i.test(path));
}
