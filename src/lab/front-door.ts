// What ARM's front end refuses before the resource provider hears of a request.
import { type ArmAnswer, armError } from './arm-answer.ts';
import type { ArmTarget } from './arm-target.ts';
import type { ServiceStore } from './store.ts';

const apiVersion = '2024-05-01';

/** One request as it came over the wire. */
export interface WireRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  readonly authority: string;
}

/** Any Bearer token will do; none, or another scheme, is ARM's 401. */
export function checkToken(authorization: string | undefined): ArmAnswer | null {
  const challenge = {
    'WWW-Authenticate': `Bearer authorization_uri="https://login.windows.net/", error="invalid_token", error_description="The authentication failed because of missing 'Authorization' header."`,
    'x-ms-failure-cause': 'gateway',
  };
  if (authorization === undefined) {
    return armError(401, 'AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing.", challenge);
  }
  const [scheme = '', ...token] = authorization.trim().split(/\s+/);
  if (scheme.toLowerCase() !== 'bearer') {
    return armError(
      401,
      'AuthenticationFailedInvalidHeader',
      "Authentication failed. The 'Authorization' header is provided in an invalid format.",
      challenge,
    );
  }
  if (token.length > 0) return null;
  return armError(
    401,
    'AuthenticationFailedMissingToken',
    "Authentication failed. The 'Authorization' header is missing the access token.",
    challenge,
  );
}

/** ARM's refusal of a missing, malformed or unsupported api-version, or null. */
export function checkVersion(version: string | null, target: ArmTarget, path: string): ArmAnswer | null {
  if (version === null || version === '') {
    return armError(400, 'MissingApiVersionParameter', 'The api-version query parameter (?api-version=) is required for all requests.');
  }
  if (!/^\d{4}-\d\d-\d\d(-preview|-privatepreview|-alpha|-beta)?$/i.test(version)) {
    return armError(
      400,
      'InvalidApiVersionParameter',
      `The api-version '${version}' is invalid. The supported versions are '${apiVersion}'.`,
    );
  }
  if (target.kind === 'foreign' || target.kind === 'unknown' || version === apiVersion) return null;
  const type = /\/service(\/|$)/i.test(path) ? 'service' : '';
  return armError(
    400,
    'NoRegisteredProviderFound',
    `No registered resource provider found for location 'westeurope' and API version '${version}' for type '${type}'. The supported api-versions are '${apiVersion}'. The supported locations are 'westeurope'.`,
  );
}

/** A body that is not JSON, by its content type. */
export function checkMedia(wire: WireRequest): ArmAnswer | null {
  const type = wire.headers['content-type'];
  if (wire.body === '' || type === undefined || /json/i.test(type)) return null;
  return armError(
    415,
    'UnsupportedMediaType',
    `The content media type '${type.split(';')[0] ?? type}' is not supported. Only 'application/json' is supported.`,
  );
}

/** What ARM says of a service, or of something below it, that is not there. */
export function serviceMissing(id: string, segments: readonly string[], neighbours: readonly ServiceStore[]): ArmAnswer {
  const [group, name] = [id.split('/')[4] ?? '', id.slice(id.lastIndexOf('/') + 1)];
  if (!neighbours.some((store) => store.id.split('/')[4]?.toLowerCase() === group.toLowerCase())) {
    return armError(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
  }
  if (segments.length === 0) {
    const message = `Api service does not exist: ${name}`;
    return { status: 404, body: { error: { code: 'ServiceNotFound', message, details: null, innerError: null } } };
  }
  const types = segments.filter((_, index) => index % 2 === 0);
  return armError(
    404,
    'ParentResourceNotFound',
    `Failed to perform 'read' on resource(s) of type 'service/${types.join('/')}', because the parent resource '${id}' could not be found.`,
  );
}

/** ARM's 429 with the seconds to wait. */
export function throttled(bucket: string, seconds: number): ArmAnswer {
  return armError(
    429,
    'SubscriptionRequestsThrottled',
    `Number of '${bucket.replace(/s$/, '')}' requests for subscription actor '***:***' exceeded. Please try again after '${seconds}' seconds after additional tokens are available. Refer to https://aka.ms/arm-throttling for additional information.`,
    { 'Retry-After': String(seconds), 'x-ms-failure-cause': 'gateway' },
  );
}
