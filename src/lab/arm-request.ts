// A management request as the handlers see it, after everything that ARM's front end checks.
import { type ArmAnswer, armError, preconditionFailed, providerError, validationError } from './arm-answer.ts';
import { isObject, type JsonObject } from './json.ts';
import { etagOf, type Resource } from './resource.ts';
import type { ServiceStore } from './store.ts';

export interface ArmRequest {
  readonly method: string;
  readonly store: ServiceStore;
  /** Below the service: `['apis', 'echo']`. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly ifMatch: string | null;
  /** The body as it came; '' when there was none. */
  readonly bodyText: string;
  /** `https://localhost:8443`, for links in answers. */
  readonly authority: string;
  /** Path and query as they came. */
  readonly url: string;
}

export type ParsedBody = { readonly body: JsonObject } | { readonly refused: ArmAnswer };

/** Reads a JSON object, or says what ARM says of anything else. */
export function readBody(text: string): ParsedBody {
  if (text.trim() === '') return { refused: noObject() };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const where = cause instanceof SyntaxError ? positionIn(text, cause.message) : 'line 1, position 1';
    return {
      refused: armError(
        400,
        'InvalidRequestContent',
        `The request content was invalid and could not be deserialized: 'Unexpected character encountered while parsing value. Path '', ${where}.'.`,
      ),
    };
  }
  return isObject(value) ? { body: value } : { refused: noObject() };
}

function positionIn(text: string, message: string): string {
  const at = Number(/position (\d+)/.exec(message)?.[1] ?? 0);
  const before = text.slice(0, at).split('\n');
  return `line ${before.length}, position ${before.at(-1)?.length ?? 0}`;
}

function noObject(): ArmAnswer {
  return providerError(400, 'ValidationError', 'Request payload must contain JSON object.');
}

export function properties(body: JsonObject): ParsedBody {
  const given = body.properties;
  if (given === undefined || given === null) return { body: {} };
  return isObject(given) ? { body: given } : { refused: validationError('properties', "Field 'properties' is not an object.") };
}

/** Whether `If-Match` lets a write through: '*' or one of the listed strong ETags. A missing header passes here. */
export function matchesEtag(ifMatch: string | null, resource: Resource): boolean {
  if (ifMatch === null || ifMatch.trim() === '*') return true;
  return ifMatch.split(',').some((tag) => tag.trim() === etagOf(resource));
}

/** The refusal of a conditional write, or null. `required`: the header must be there. */
export function checkIfMatch(ifMatch: string | null, resource: Resource | null, required: boolean): ArmAnswer | null {
  if (required && (ifMatch === null || ifMatch.trim() === '')) {
    return validationError('If-Match', 'If-Match header is required. Specify the ETag of the entity, or * for an unconditional update.');
  }
  if (ifMatch === null || ifMatch.trim() === '*') return null;
  return resource === null || !matchesEtag(ifMatch, resource) ? preconditionFailed() : null;
}
