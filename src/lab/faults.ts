// What a test makes the management side do to a request: instead of carrying it out, or after it was carried out, when the answer gets lost.
import { type ArmAnswer, armError, preconditionFailed, providerError } from './arm-answer.ts';

/** Nothing but `delayMs` is a late answer. Of `answer`, `disconnect` and `hang` only one. */
export interface Fault {
  /** Said in place of the real answer. */
  readonly answer?: ArmAnswer;
  /** Before anything else is done, in milliseconds. */
  readonly delayMs?: number;
  /** The connection is cut. */
  readonly disconnect?: boolean;
  /** Nothing is ever said: the connection stays open until the client gives up or the lab stops. */
  readonly hang?: boolean;
  /** The request is carried out first; only its answer is lost. Without it the estate never hears of the request. */
  readonly after?: boolean;
}

/** Asked for each management request, before anything else is checked, so a test may change its mind between two of them. */
export type FindFault = (request: { readonly method: string; readonly path: string }) => Fault | undefined;

/** A refusal as ARM words it. `retryAfterSeconds` becomes `Retry-After`, on 429 and 503. */
export function refusal(status: 409 | 412 | 429 | 500 | 503, retryAfterSeconds?: number): ArmAnswer {
  const later: Record<string, string> = retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
  switch (status) {
    case 409:
      return providerError(409, 'Conflict', 'The operation cannot be carried out because another one is in progress on the same resource.');
    case 412:
      return preconditionFailed();
    case 429:
      return armError(429, 'TooManyRequests', 'The request is being throttled.', later);
    case 500:
      return providerError(500, 'InternalServerError', 'An internal error occurred.');
    case 503:
      return armError(503, 'ServiceUnavailable', 'The service is temporarily unavailable. Please try again later.', later);
  }
}

/** A request that ARM took for a write, answered with success: what counts as a write in the estate, whatever the client heard of it. */
export function isWrite(method: string, path: string, status: number): boolean {
  if (status < 200 || status > 299) return false;
  // These actions hand something out and change nothing.
  if (method === 'POST') return !/\/(list|get|generate)[^/]*$/i.test(path);
  return ['PUT', 'PATCH', 'DELETE'].includes(method);
}
