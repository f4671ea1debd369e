// What a management request is answered with, and ARM's error envelopes.
import type { Json, JsonObject } from './json.ts';

export interface ArmAnswer {
  readonly status: number;
  /** Null for an empty body. */
  readonly body: Json;
  /** Quoted ETag, where ARM sends one. */
  readonly etag?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The service resource and lists of services come on one line; child entities are pretty-printed. */
  readonly oneLine?: boolean;
}

export interface ErrorDetail {
  readonly code: string;
  readonly target: string;
  readonly message: string;
}

/** An error of API Management's own resource provider: `details` is always there, null when there are none. */
export function providerError(status: number, code: string, message: string, details: readonly ErrorDetail[] | null = null): ArmAnswer {
  return { status, body: { error: { code, message, details: details === null ? null : details.map((detail) => ({ ...detail })) } } };
}

/** An error of ARM's front end: code and message only. */
export function armError(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}): ArmAnswer {
  return { status, body: { error: { code, message } }, headers, oneLine: true };
}

/** The reason stands only in the details, as with the real service. */
export function validationError(target: string, message: string): ArmAnswer {
  return providerError(400, 'ValidationError', 'One or more fields contain incorrect values:', [
    { code: 'ValidationError', target, message },
  ]);
}

export function ok(body: JsonObject, etag?: string): ArmAnswer {
  return etag === undefined ? { status: 200, body } : { status: 200, body, etag };
}

export function empty(status: 200 | 204): ArmAnswer {
  return { status, body: null };
}

const entityNames: Readonly<Record<string, string>> = {
  apis: 'API',
  operations: 'Operation',
  products: 'Product',
  subscriptions: 'Subscription',
  users: 'User',
  groups: 'Group',
  policies: 'PoliciesConfiguration',
  namedvalues: 'Property',
  apiversionsets: 'ApiVersionSet',
  backends: 'Backend',
  gateways: 'Gateway',
  workspaces: 'Workspace',
  certificates: 'Certificate',
  tags: 'Tag',
};

/** 404 of the provider; `type` is the last collection in the path, `policies` or `apis`. */
export function notFound(type: string): ArmAnswer {
  const name =
    entityNames[type.toLowerCase()] ??
    type
      .replace(/ies$/, 'y')
      .replace(/s$/, '')
      .replace(/^./, (first) => first.toUpperCase());
  return providerError(404, 'ResourceNotFound', `${name} not found.`);
}

export function preconditionFailed(): ArmAnswer {
  return providerError(412, 'PreconditionFailed', 'Resource was modified since last retrieval.');
}

export function methodNotAllowed(method: string): ArmAnswer {
  return providerError(405, 'MethodNotAllowed', `The requested resource does not support http method '${method}'.`);
}

export function typeNotFound(type: string): ArmAnswer {
  return armError(
    404,
    'InvalidResourceType',
    `The resource type '${type}' could not be found in the namespace 'Microsoft.ApiManagement' for api version '2024-05-01'. The supported api-versions are '2024-05-01'.`,
  );
}
