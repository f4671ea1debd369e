// From HTTP to handlers and back: bodies, ARM's header set, and listening on loopback.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ArmAnswer } from './arm-answer.ts';

const maxBody = 8 * 1024 * 1024;

/** The whole body as text; null when it is larger than ARM takes. */
export async function readText(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBody) chunks.push(chunk);
  }
  return size > maxBody ? null : Buffer.concat(chunks).toString('utf8');
}

/** Header values by their small names; repeated headers are joined as HTTP allows. */
export function headersOf(request: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(request.headersDistinct).map(([name, values]) => [name, values?.join(', ')]));
}

/** The body as ARM writes it: child entities pretty-printed with CRLF. */
export function armText(answer: ArmAnswer): string {
  if (answer.body === null) return '';
  return answer.oneLine ? JSON.stringify(answer.body) : JSON.stringify(answer.body, null, 2).replaceAll('\n', '\r\n');
}

/** ARM's header set around an answer; `now` is lab time. */
export function armHeaders(answer: ArmAnswer, now: number, clientRequestId: string | undefined): Record<string, string> {
  const id = randomUUID();
  const stamp = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const headers: Record<string, string> = {
    'Cache-Control': 'no-cache',
    Pragma: 'no-cache',
    Expires: '-1',
    'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
    'X-Content-Type-Options': 'nosniff',
    Server: 'Microsoft-HTTPAPI/2.0',
    'x-ms-request-id': id,
    'x-ms-correlation-request-id': id,
    'x-ms-routing-request-id': `WESTEUROPE:${stamp}:${id}`,
    Date: new Date(now).toUTCString(),
  };
  if (clientRequestId !== undefined) headers['x-ms-client-request-id'] = clientRequestId;
  if (answer.body !== null) headers['Content-Type'] = 'application/json; charset=utf-8';
  if (answer.etag !== undefined) headers.ETag = answer.etag;
  return { ...headers, ...answer.headers };
}

export function send(
  response: ServerResponse,
  status: number,
  reason: string | null,
  headers: Readonly<Record<string, string>>,
  body: string,
  isHead: boolean,
): void {
  const bytes = Buffer.from(body, 'utf8');
  const length: Record<string, string> = isHead || status === 204 ? {} : { 'Content-Length': String(bytes.length) };
  if (reason === null) response.writeHead(status, { ...headers, ...length });
  else response.writeHead(status, reason, { ...headers, ...length });
  response.end(isHead ? undefined : bytes);
}

/**
 * Listens on 127.0.0.1.
 * @throws Error with one sentence that names the port when it is taken.
 */
export async function listen(server: Server, port: number, what: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        return reject(new Error(`Port ${port} for ${what} is already taken. Stop what uses it, or choose another port.`));
      if (error.code === 'EACCES')
        return reject(new Error(`Port ${port} for ${what} may not be opened by this user. Choose a port above 1023.`));
      return reject(new Error(`Port ${port} for ${what} cannot be opened (${error.code ?? error.message}).`));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  server.removeAllListeners('error');
  return (server.address() as AddressInfo).port;
}

/** Ends a server and every connection it still has. */
export async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
