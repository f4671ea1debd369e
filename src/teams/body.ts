// Reads the body of a request as JSON, up to a size. restify's own parser also takes forms and files, which nobody sends us.
import type { IncomingMessage } from 'node:http';
import type { Activity } from 'botbuilder';

/** The largest body that is read; a paste of 1 MB fits, quoted as JSON. */
export const MOST_BYTES = 1_500_000;

export type Body =
  | { readonly ok: true; readonly json: unknown }
  | { readonly ok: false; readonly status: 400 | 413; readonly says: string };

const TOO_LARGE = { ok: false, status: 413, says: `The body is larger than ${MOST_BYTES} bytes.` } as const;

export async function readJson(request: IncomingMessage): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) {
    request.resume();
    return TOO_LARGE;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) {
      request.resume();
      return TOO_LARGE;
    }
    chunks.push(chunk);
  }
  try {
    return { ok: true, json: JSON.parse(Buffer.concat(chunks).toString('utf8')) };
  } catch {
    return { ok: false, status: 400, says: 'The body is not JSON.' };
  }
}

/** The body as an activity, when it has what every activity has; else null. */
export function asActivity(json: unknown): Activity | null {
  const activity = json as Partial<Activity> | null;
  if (typeof activity !== 'object' || activity === null || Array.isArray(activity)) {
    return null;
  }
  const { type, serviceUrl, conversation } = activity;
  const whole =
    typeof type === 'string' &&
    type !== '' &&
    typeof serviceUrl === 'string' &&
    typeof conversation?.id === 'string' &&
    conversation.id !== '';
  return whole ? (activity as Activity) : null;
}
