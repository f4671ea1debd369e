// What a gateway call is answered with.
import { STATUS_CODES } from 'node:http';

export interface GatewayAnswer {
  readonly status: number;
  /** The reason phrase: the key check says `Access Denied`, not `Unauthorized`. */
  readonly reason: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The body of everything that the gateway itself refuses. */
export function statusBody(status: number, message: string): string {
  return `{ "statusCode": ${status}, "message": ${JSON.stringify(message)} }`;
}

/** A refusal by a policy: the two-field body, no challenge. */
export function refusal(status: number, message: string, headers: Readonly<Record<string, string>> = {}): GatewayAnswer {
  return {
    status,
    reason: STATUS_CODES[status] ?? 'Unknown',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: statusBody(status, message),
  };
}
