// The traffic log: one JSON line per management request and its answer, as arm/judge reads it.
import { appendFileSync } from 'node:fs';
import type { ArmAnswer } from './arm-answer.ts';
import type { WireRequest } from './front-door.ts';

function parsed(body: string): unknown {
  if (body === '') return null;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

/** Appends one pair at once, so that nothing is lost when the process ends. Tokens are left out, bodies are as they were. */
export function logPair(file: string, request: WireRequest, answer: ArmAnswer, responseHeaders: Readonly<Record<string, string>>): void {
  const requestHeaders = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, name === 'authorization' ? 'Bearer redacted' : value]),
  );
  const pair = {
    method: request.method,
    url: request.url,
    requestHeaders,
    requestBody: parsed(request.body),
    status: answer.status,
    responseHeaders,
    // HTTP drops the body of a refused HEAD; the log keeps the error that was meant, which is what a judge asks for.
    responseBody: request.method === 'HEAD' && answer.status < 400 ? null : answer.body,
  };
  appendFileSync(file, `${JSON.stringify(pair)}\n`);
}
