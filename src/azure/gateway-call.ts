// One request to a gateway, of which only the status is wanted. Whom to call is decided elsewhere (remediation/call-address.ts).
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { getCACertificates } from 'node:tls';
import type { SendCall } from '../remediation/ports.ts';

export interface GatewayCallOptions {
  /** For the whole call, in milliseconds. */
  readonly timeoutMs: number;
  /** PEM of a further certificate authority. */
  readonly ca?: string;
}

/**
 * Sends once, follows no redirect, and hangs up after the headers. Null when no answer came: whatever went wrong is not
 * passed on, because a message of the HTTP library may quote what was sent.
 */
export function createGatewayCall({ timeoutMs, ca }: GatewayCallOptions): SendCall {
  // `ca` replaces Node's list, so that is put beside it.
  const trusted = ca === undefined ? {} : { ca: [...getCACertificates('default'), ca] };
  return ({ method, url, headers }) =>
    new Promise((resolve) => {
      const nobody = (): void => resolve(null);
      try {
        const send = new URL(url).protocol === 'https:' ? requestHttps : requestHttp;
        const options = { method, agent: false, signal: AbortSignal.timeout(timeoutMs), ...trusted };
        const sent = send(url, { ...options, headers: { accept: '*/*', 'user-agent': 'locksmith', ...headers } });
        sent.once('response', (response) => {
          response.on('error', nobody);
          resolve(response.statusCode ?? null);
          response.destroy();
        });
        sent.on('error', nobody);
        sent.once('close', nobody);
        sent.end();
      } catch {
        nobody();
      }
    });
}
