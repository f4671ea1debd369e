// One HTTP exchange with ARM, through the SDK's own pipeline: its credentials, TLS, retries and user agent, with the bodies as the wire has them.
// The SDK's typed methods are not used: they drop every property that they do not know (tried; arm-sdk-notes.md, "Writes"),
// and a fix has to leave what it does not know as it was. They also follow a nextLink to any host with the bearer token.
import { ApiManagementClient } from '@azure/arm-apimanagement';
import type { TokenCredential } from '@azure/core-auth';
import { createHttpHeaders, createPipelineRequest, isRestError, type PipelineRequest } from '@azure/core-rest-pipeline';

export const apiVersion = '2024-05-01';

export interface ArmSettings {
  /** `https://management.azure.com` or another ARM endpoint, https only. */
  readonly endpoint: string;
  /** Scope of the token, `https://management.azure.com/.default`. */
  readonly scope: string;
  readonly credential: TokenCredential;
  /** PEM of a further certificate authority; the lab's. */
  readonly ca?: string;
}

export interface ArmExchange {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  /** ARM id or path below the endpoint, or an absolute nextLink of the same authority. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly ifMatch?: string;
  readonly signal: AbortSignal;
  /** Called for each request that really goes out, retries included, with the status that came back (0: none). */
  readonly onAttempt?: (status: number) => void;
}

export type ArmAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: unknown;
      readonly etag: string | null;
      readonly requestId: string | null;
      /** ARM's `Date`, or null. */
      readonly date: Date | null;
      /** `Retry-After` in milliseconds, or null. */
      readonly retryAfterMs: number | null;
    }
  /** No answer: the deadline passed, no token could be had, or nobody listens. The sentence is for a person and names no secret. */
  | {
      readonly kind: 'none';
      readonly reason: 'deadline' | 'unavailable';
      readonly says: string;
      /** It never left this machine: no token, nobody listens, or the certificate was not trusted. */
      readonly unsent?: true;
    };

export interface ArmHttp {
  readonly endpoint: string;
  /** Reads and listSecrets: retried with care (Retry-After, two more tries on 5xx). */
  read(exchange: ArmExchange): Promise<ArmAnswer>;
  /** Writes: sent once. The SDK would repeat even a POST on 503 (arm-sdk-notes.md, "Retry"). */
  write(exchange: ArmExchange): Promise<ArmAnswer>;
}

const attempts = new WeakMap<PipelineRequest, (status: number) => void>();

export function createArmHttp(settings: ArmSettings): ArmHttp {
  const reading = createClient(settings, 2);
  const writing = createClient(settings, 0);
  return {
    endpoint: settings.endpoint,
    read: (exchange) => beforeDeadline(exchange.signal, () => send(reading, settings.endpoint, exchange)),
    write: (exchange) => send(writing, settings.endpoint, exchange),
  };
}

function createClient(settings: ArmSettings, maxRetries: number): ApiManagementClient {
  // The subscription id only fills the SDK's own paths, which are not used; ids here come whole.
  const client = new ApiManagementClient(settings.credential, '00000000-0000-0000-0000-000000000000', {
    endpoint: settings.endpoint,
    credentialScopes: settings.scope,
    retryOptions: { maxRetries, retryDelayInMs: 300, maxRetryDelayInMs: 4000 },
    userAgentOptions: { userAgentPrefix: 'locksmith' },
    ...(settings.ca ? { tlsOptions: { ca: settings.ca } } : {}),
  });
  client.pipeline.addPolicy(
    {
      name: 'locksmith-count-attempts',
      async sendRequest(request, next) {
        const note = attempts.get(request);
        try {
          const response = await next(request);
          note?.(response.status);
          return response;
        } catch (error) {
          note?.(0);
          throw error;
        }
      },
    },
    { afterPhase: 'Retry' },
  );
  return client;
}

/** Looking for a token can take twenty seconds and cannot be cancelled, so a read does not wait for it beyond its deadline. */
async function beforeDeadline(signal: AbortSignal, ask: () => Promise<ArmAnswer>): Promise<ArmAnswer> {
  const late: ArmAnswer = { kind: 'none', reason: 'deadline', says: 'Azure did not answer in time.' };
  if (signal.aborted) return late;
  let stop = (): void => {};
  const deadline = new Promise<ArmAnswer>((resolve) => {
    stop = () => resolve(late);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([ask(), deadline]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function send(client: ApiManagementClient, endpoint: string, exchange: ArmExchange): Promise<ArmAnswer> {
  const url = new URL(exchange.path, endpoint);
  for (const [name, value] of Object.entries(exchange.query ?? {})) url.searchParams.set(name, value);
  if (!url.searchParams.has('api-version')) url.searchParams.set('api-version', apiVersion);

  const headers = createHttpHeaders({ accept: 'application/json' });
  if (exchange.body !== undefined) headers.set('content-type', 'application/json');
  if (exchange.ifMatch !== undefined) headers.set('if-match', exchange.ifMatch);
  const request = createPipelineRequest({
    url: url.href,
    method: exchange.method,
    headers,
    abortSignal: exchange.signal,
    ...(exchange.body === undefined ? {} : { body: JSON.stringify(exchange.body) }),
  });
  if (exchange.onAttempt) attempts.set(request, exchange.onAttempt);

  try {
    const response = await client.sendRequest(request);
    const date = response.headers.get('date');
    return {
      kind: 'answer',
      status: response.status,
      body: parseJson(response.bodyAsText ?? ''),
      etag: response.headers.get('etag') ?? null,
      requestId: response.headers.get('x-ms-request-id') ?? response.headers.get('x-ms-correlation-request-id') ?? null,
      date: date ? new Date(date) : null,
      retryAfterMs: secondsOf(response.headers.get('retry-after')),
    };
  } catch (error) {
    if (exchange.signal.aborted) return { kind: 'none', reason: 'deadline', says: 'Azure did not answer in time.' };
    return { kind: 'none', reason: 'unavailable', says: whyUnavailable(error, url.host), ...(wasUnsent(error) ? { unsent: true } : {}) };
  }
}

function secondsOf(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,6}(\.\d+)?$/.test(header.trim()) ? Number(header) * 1000 : null;
}

function parseJson(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const networkWords: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there',
  ENOTFOUND: 'the name is not known',
  EAI_AGAIN: 'the name could not be looked up',
  ECONNRESET: 'the connection was cut',
  ETIMEDOUT: 'the connection timed out',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted (name its authority in NODE_EXTRA_CA_CERTS)',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted (name its authority in NODE_EXTRA_CA_CERTS)',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted (name its authority in NODE_EXTRA_CA_CERTS)',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is not trusted (name its authority in NODE_EXTRA_CA_CERTS)',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

/** Errors that come before the first byte of the request. */
const beforeSending = new Set(Object.keys(networkWords).filter((code) => code !== 'ECONNRESET' && code !== 'ETIMEDOUT'));

function wasUnsent(error: unknown): boolean {
  return isAboutCredentials(error) || beforeSending.has(codeOf(error));
}

function isAboutCredentials(error: unknown): boolean {
  return /Credential|Authentication/.test(error instanceof Error ? error.name : '');
}

function codeOf(error: unknown): string {
  return String((isRestError(error) && error.code ? error.code : (error as { code?: unknown } | null)?.code) ?? '');
}

// The texts of credential errors can hold parts of requests; only their kind is passed on.
function whyUnavailable(error: unknown, host: string): string {
  const name = error instanceof Error ? error.name : '';
  if (isAboutCredentials(error)) {
    return `No token for Azure could be had (${name}): check the sign-in of this machine, or its managed identity.`;
  }
  const code = codeOf(error);
  const why = networkWords[code] ?? `the call failed${code ? ` (${code})` : ''}`;
  return `Azure's management API at ${host} could not be reached: ${why}.`;
}
