// The messages that senders are known to use, in the order of the field guide, section a. Order matters: a longer wording that begins like
// a shorter one stands before it. Phrases are letters and digits alone (squeeze.ts), so dressing does not matter.
import { letters } from './squeeze.ts';
import type { Code, Layer } from './symptom.ts';

export interface KnownMessage {
  readonly phrase: string;
  readonly layer: Layer;
  readonly code: Code;
  /** The status that this message comes with when the paste shows none; 401 unless said. */
  readonly status: number;
  /** Ordinary words: only counts where a 401 is shown or the phrase is the whole message. */
  readonly weak: boolean;
}

function said(layer: Layer, code: Code, ...phrases: readonly string[]): readonly KnownMessage[] {
  return phrases.map((phrase) => ({ phrase: letters(phrase), layer, code, status: 401, weak: false }));
}

function weakly(known: readonly KnownMessage[]): readonly KnownMessage[] {
  return known.map((one) => ({ ...one, weak: true }));
}

function neighbour(status: number, code: Code, ...phrases: readonly string[]): readonly KnownMessage[] {
  return said('not-a-401', code, ...phrases).map((one) => ({ ...one, status }));
}

export const knownMessages: readonly KnownMessage[] = [
  // a.3 first: Azure AI's longer sentences begin like the gateway's.
  ...said('azure-ai', 'ai-key-or-endpoint', 'invalid subscription key or wrong API endpoint', 'use a correct regional API endpoint'),
  ...said('azure-ai', 'ai-key-or-endpoint', 'Make sure you are subscribed to an API', 'subscribed to an API you are trying to call'),
  ...said('azure-ai', 'aad-permission', 'Principal does not have access to API', 'lacks the required data action'),
  ...said('azure-ai', 'jwt-invalid', 'Access token is missing, invalid', 'urn:ms.scopedToken', 'does not match resource tenant'),
  ...said(
    'azure-ai',
    'ai-key-or-endpoint',
    'request is not authorized because credentials are missing or invalid',
    'credentials provided are for the Speech API',
  ),
  ...said(
    'azure-ai',
    'ai-key-or-endpoint',
    'check subscription information and region name',
    'WebSocket upgrade failed: Authentication error',
  ),
  ...said('azure-ai', 'ai-key-or-endpoint', 'is not supported with the current subscription key and pricing tier'),
  ...neighbour(
    403,
    'forbidden',
    'Key based authentication is disabled',
    'AuthenticationTypeDisabled',
    'Key based authentication is not permitted',
  ),
  ...neighbour(
    403,
    'forbidden',
    'Access denied due to Virtual Network',
    'Public access is disabled',
    'Traffic is not from an approved private endpoint',
  ),
  ...neighbour(403, 'forbidden', 'A Virtual Network is configured for this resource', 'ThrowExceptionDueToTrafficDenied'),
  ...neighbour(400, 'other', 'provide a custom subdomain for token authentication'),
  ...neighbour(
    404,
    'not-found',
    'DeploymentNotFound',
    'API deployment for this resource does not exist',
    'Subdomain does not map to a resource',
  ),
  ...neighbour(429, 'quota', 'exceeded call rate limit', 'exceeded token rate limit', 'exceeded rate limit of your current'),

  // a.1, the gateway's own key check. The second halves stand for messages that were cut at the front.
  ...said(
    'gateway-subscription',
    'key-missing',
    'Access denied due to missing',
    'Access denied due to a missing',
    'missing application credentials or subscription key',
  ),
  ...said('gateway-subscription', 'key-invalid', 'Access denied due to invalid'),
  ...said(
    'gateway-subscription',
    'key-missing',
    'Make sure to include subscription key when making',
    'include an application token or a subscription key',
  ),
  ...said(
    'gateway-subscription',
    'key-invalid',
    'Make sure to provide a valid key for an active subscription',
    'provide a valid key for an active',
  ),

  // a.2, policies.
  ...said('gateway-jwt', 'jwt-missing', 'Azure AD JWT not present', 'JWT not present'),
  ...said('gateway-jwt', 'jwt-invalid', 'Invalid Azure AD JWT', 'Unauthorized. Access token is missing or invalid'),
  ...said('gateway-jwt', 'jwt-invalid', 'Claim value mismatch'),
  ...weakly(said('gateway-jwt', 'jwt-invalid', 'Invalid JWT')),
  ...said('gateway-policy-other', 'other', 'Invalid client certificate', 'Certificate does not match any of allowed identities'),
  ...neighbour(403, 'quota', 'Out of call volume quota', 'Out of bandwidth quota', 'Quota will be replenished in'),
  ...neighbour(429, 'quota', 'Rate limit is exceeded'),
  ...neighbour(403, 'forbidden', 'Caller IP address'),
  ...neighbour(404, 'not-found', 'Unable to match incoming request to an operation'),

  // a.4, Resource Manager and the retired direct management API.
  ...said('arm-management', 'jwt-expired', 'ExpiredAuthenticationToken', 'access token expiry UTC time', 'The access token has expired'),
  ...said(
    'arm-management',
    'jwt-audience',
    'obtained for wrong audience',
    'obtained from wrong audience',
    'InvalidAuthenticationTokenAudience',
  ),
  ...said(
    'arm-management',
    'jwt-missing',
    "Authentication failed. The 'Authorization' header is missing",
    'AuthenticationFailedMissingToken',
  ),
  ...said('arm-management', 'jwt-missing', "The 'Authorization' header is not present or provided in an invalid format"),
  ...said(
    'arm-management',
    'jwt-invalid',
    'InvalidAuthenticationToken',
    'The access token is from the wrong issuer',
    '"AuthenticationFailed","message":"Authentication failed."',
  ),
  ...said('arm-management', 'other', 'User is not found or signature is invalid'),
  ...neighbour(
    403,
    'aad-permission',
    'does not have authorization to perform action',
    'LinkedAuthorizationFailed',
    '"code":"AuthorizationFailed"',
  ),
  ...neighbour(
    429,
    'quota',
    'ResourceRequestsThrottled',
    'SubscriptionRequestsThrottled',
    'OperationNotAllowed: The request is being throttled',
  ),
  ...neighbour(
    400,
    'other',
    'Subscriptions limit reached for same user',
    'Subscription scope should be one of',
    'Entity with the given ID already exists',
  ),
  ...neighbour(400, 'other', 'Operation is not allowed in the current product state', 'Request payload must contain JSON object'),
  ...neighbour(412, 'other', 'Resource was modified since last retrieval'),
  ...neighbour(403, 'forbidden', 'Server failed to authenticate the request'),

  // a.4, look-alikes.
  ...said('other-product', 'other', 'No API key found in request', 'Invalid authentication credentials', 'Incorrect API key provided'),
  ...said(
    'other-product',
    'other',
    "You didn't provide an API key",
    '"error_code":"NOT_AUTHORIZED"',
    'Access failure for API',
    '"code":"invalid_api_key"',
  ),
  ...said(
    'other-product',
    'other',
    'Failed to resolve API Key variable',
    'oauth.v2.InvalidApiKey',
    'Invalid API Key for given resource',
    'steps.oauth.v2',
  ),
  ...said(
    'other-product',
    'other',
    'Access to this API has been disallowed',
    'invalid x-api-key',
    'API key not valid. Please pass a valid',
    'Bad credentials',
  ),
  ...said(
    'other-product',
    'other',
    'Authentication credentials were not provided',
    'Full authentication is required to access this resource',
  ),
  ...said(
    'other-product',
    'other',
    'not subscribed to this API',
    'Invalid API key. Go to',
    'Request is missing a Bearer or PoP token',
    'Invalid Authorization (No OAuth',
  ),
  ...said('other-product', 'other', '401 Authorization Required', 'This server could not verify that you are authorized'),
  ...neighbour(403, 'forbidden', 'Missing Authentication Token'),

  // a.4, backends.
  ...said('backend', 'other', 'You do not have permission to view this directory or page', 'Access is denied due to invalid credentials'),
  ...said('backend', 'other', 'Only one scheme should be used', 'IDW10201'),
];

/** What a message that was cut off at the end of the paste began as; long enough to be no other sentence. */
export const beginnings: readonly KnownMessage[] = [
  ...said('gateway-subscription', 'key-missing', 'Access denied due to missing', 'Access denied due to a missing'),
  ...said('gateway-subscription', 'key-invalid', 'Access denied due to invalid'),
];
