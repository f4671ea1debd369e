// What API Management checks of a body before it stores it. Estates are loaded without these checks.
import { type ArmAnswer, validationError } from './arm-answer.ts';
import { type DraftObject, isArray, type Json, type JsonObject } from './json.ts';
import { policyFault } from './policy-format.ts';
import { fullId, fullScope, isAcceptedScope } from './scopes.ts';

export type Verb = 'PUT' | 'PATCH';
export const states = ['suspended', 'active', 'expired', 'submitted', 'rejected', 'cancelled'];
const scopeWords = "Subscription scope should be one of '/apis', '/apis/{apiId}', '/products/{productId}'";

const required: Readonly<Record<string, readonly string[]>> = {
  subscriptions: ['scope', 'displayName'],
  apis: ['path', 'displayName'],
  operations: ['displayName', 'method', 'urlTemplate'],
  products: ['displayName'],
  groups: ['displayName'],
  users: ['email', 'firstName', 'lastName'],
  policies: ['value'],
};

const subscriptionFields = ['ownerId', 'scope', 'displayName', 'primaryKey', 'secondaryKey', 'state', 'allowTracing'];
const writable: Readonly<Record<Verb, readonly string[]>> = {
  PUT: subscriptionFields,
  PATCH: [...subscriptionFields, 'expirationDate', 'stateComment'],
};
const readOnly: Readonly<Record<string, readonly string[]>> = {
  apis: ['isOnline', 'provisioningState', 'sourceApiId'],
  users: ['groups', 'password', 'confirmation', 'appType', 'registrationDate'],
  groups: ['builtIn'],
  products: ['groups'],
  namedvalues: ['provisioningState'],
};

/** The first thing that is wrong with the properties of a PUT or PATCH, or null. */
export function checkProperties(service: string, type: string, verb: Verb, given: JsonObject): ArmAnswer | null {
  for (const field of required[type.toLowerCase()] ?? []) {
    const value = given[field];
    if ((verb === 'PUT' && (value === undefined || value === null)) || (verb === 'PATCH' && value === null && field !== 'displayName')) {
      return validationError(field, `'${field}' is required.`);
    }
    if (value !== undefined && value !== null && typeof value !== 'string') return validationError(field, `'${field}' must be a string.`);
  }
  if (type.toLowerCase() === 'subscriptions') return checkSubscription(service, given);
  if (type.toLowerCase() === 'operations') return checkOperation(given);
  if (type.toLowerCase() !== 'policies') return null;
  const fault = policyFault(String(given.value), String(given.format ?? 'xml'));
  return fault === null ? null : validationError('representation', fault);
}

function checkSubscription(service: string, given: JsonObject): ArmAnswer | null {
  const { scope, state } = given;
  if (typeof scope === 'string' && !isAcceptedScope(service, scope)) return validationError('scope', scopeWords);
  if (state !== undefined && state !== null && !states.includes(String(state)))
    return validationError('state', `'${String(state)}' is not a subscription state.`);
  for (const field of ['primaryKey', 'secondaryKey']) {
    const key = given[field];
    if (key === undefined || key === null) continue;
    if (typeof key !== 'string' || key.length < 1 || key.length > 256)
      return validationError(field, `'${field}' must have 1 to 256 characters.`);
  }
  return null;
}

function checkOperation(given: JsonObject): ArmAnswer | null {
  const { request } = given;
  if (request === undefined || request === null) return null;
  if (typeof request !== 'object' || isArray(request)) return validationError('request', "'request' must be an object.");
  return null;
}

/** The properties that a writer may set; read-only ones are ignored, relative ids become full ones. */
export function writableProperties(service: string, type: string, verb: Verb, given: JsonObject): JsonObject {
  const kept: DraftObject = {};
  for (const [key, value] of Object.entries(given)) {
    const allowed =
      type.toLowerCase() === 'subscriptions' ? writable[verb].includes(key) : !(readOnly[type.toLowerCase()] ?? []).includes(key);
    if (allowed) kept[key] = resolved(service, key, value);
  }
  return kept;
}

function resolved(service: string, key: string, value: Json): Json {
  if (typeof value !== 'string') return value;
  if (key === 'scope') return fullScope(service, value);
  return key === 'ownerId' || key === 'apiVersionSetId' ? fullId(service, value) : value;
}
