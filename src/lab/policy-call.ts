// One call on its way through the policies: what they may look at, and what they change.

import type { Bag, PolicyValue, Thing } from './expression-values.ts';
import type { GatewayAnswer } from './gateway-answer.ts';
import type { GatewayRequest } from './gateway-routing.ts';
import { textOf } from './json.ts';
import { apiName } from './links.ts';
import { resultOf, textValue } from './policy-expressions.ts';
import { type PolicyPlace, type Section, type Statement, withNamedValues } from './policy-scopes.ts';
import type { PolicyElement } from './policy-xml.ts';
import { nameOf, type Resource } from './resource.ts';

/** `context.LastError`, and what the client gets unless on-error says otherwise. */
export interface PolicyError {
  readonly source: string;
  readonly reason: string;
  readonly message: string;
  readonly answer: GatewayAnswer;
}

/** How a statement ends the section: with an answer of its own, or with an error. Null: the next one runs. */
export type Outcome =
  | { readonly kind: 'answer'; readonly answer: GatewayAnswer }
  | { readonly kind: 'error'; readonly error: PolicyError }
  | null;

/** An answer that policies still work on. Header names keep their letter case. */
export interface DraftAnswer {
  status: number;
  reason: string;
  readonly headers: Map<string, string>;
  body: string;
}

export interface PolicyCall {
  readonly place: PolicyPlace;
  readonly request: GatewayRequest;
  readonly subscription: Resource | null;
  /** Lab time, milliseconds. */
  readonly now: number;
  section: Section;
  /** What goes to the backend; names in small letters. */
  readonly headers: Map<string, string>;
  readonly query: URLSearchParams;
  readonly variables: Map<string, PolicyValue>;
  response: DraftAnswer | null;
  error: PolicyError | null;
  /** Runs when the answer is known: limits that count by the outcome, headers for the client. */
  readonly atEnd: ((answer: DraftAnswer) => void)[];
}

export function openCall(place: PolicyPlace, request: GatewayRequest, subscription: Resource | null): PolicyCall {
  return {
    place,
    request,
    subscription,
    now: place.store.clock.now(),
    section: 'inbound',
    headers: new Map(
      Object.entries(request.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name.toLowerCase(), value]])),
    ),
    query: new URLSearchParams(request.query),
    variables: new Map(),
    response: null,
    error: null,
    atEnd: [],
  };
}

export function draftOf(answer: GatewayAnswer): DraftAnswer {
  return { status: answer.status, reason: answer.reason, headers: new Map(Object.entries(answer.headers)), body: answer.body };
}

export function answerOf(draft: DraftAnswer): GatewayAnswer {
  return { status: draft.status, reason: draft.reason, headers: Object.fromEntries(draft.headers), body: draft.body };
}

/** Header names are compared without regard to letter case. */
export function headerName(headers: ReadonlyMap<string, string>, name: string): string {
  return [...headers.keys()].find((known) => known.toLowerCase() === name.toLowerCase()) ?? name;
}

function bagOf(headers: ReadonlyMap<string, string>): Bag {
  return { read: (name) => headers.get(headerName(headers, name)) ?? null };
}

function entity(resource: Resource | null, more: Readonly<Record<string, PolicyValue>> = {}): Thing | null {
  if (resource === null) return null;
  const { displayName } = resource.properties;
  return { Id: apiName(nameOf(resource.path)), Name: textOf(displayName) ?? nameOf(resource.path), ...more };
}

/** `context` as expressions see it now. What is left out is unknown to them. */
export function contextOf(call: PolicyCall): Thing {
  const { place, request, response, error } = call;
  const { api = null, operation = null } = place.route ?? {};
  const url = {
    Path: request.path,
    Host: request.host.replace(/:\d+$/, ''),
    Scheme: 'https',
    Query: { read: (name: string) => call.query.get(name) },
  };
  const owner = textOf(call.subscription?.properties.ownerId);
  const user = owner === null ? null : place.store.find(`users/${nameOf(owner)}`);
  return {
    // No TLS here, so no client ever brings a certificate.
    Request: {
      Method: request.method,
      Headers: bagOf(call.headers),
      Url: url,
      OriginalUrl: url,
      IpAddress: request.address ?? '',
      Certificate: null,
    },
    Response: response && { StatusCode: response.status, StatusReason: response.reason, Headers: bagOf(response.headers) },
    Subscription: entity(call.subscription),
    Product: entity(place.product),
    Api: entity(api, { Path: textOf(api?.properties.path) ?? '', Version: textOf(api?.properties.apiVersion) ?? '' }),
    Operation: entity(operation, {
      Method: textOf(operation?.properties.method) ?? '',
      UrlTemplate: textOf(operation?.properties.urlTemplate) ?? '',
    }),
    User: entity(user, { Email: textOf(user?.properties.email) ?? '' }),
    LastError: error && { Source: error.source, Reason: error.reason, Message: error.message },
    Variables: { read: (name) => call.variables.get(name) ?? null },
    Deployment: { ServiceName: place.store.name },
  };
}

/** A text of a policy with its named values and expressions worked out; undefined when that cannot be known here. */
export function worked(call: PolicyCall, text: string): string | undefined {
  return textValue(withNamedValues(call.place, text), contextOf(call));
}

/** As `worked`, but keeping what an expression gives: a number, a boolean, null. */
export function result(call: PolicyCall, text: string): PolicyValue | undefined {
  return resultOf(withNamedValues(call.place, text), contextOf(call));
}

/** An attribute; undefined when it is not there or cannot be known. */
export function attributeOf(call: PolicyCall, { attributes }: PolicyElement, name: string): string | undefined {
  const text = attributes[name];
  return text === undefined ? undefined : worked(call, text);
}

/** A number in an attribute, or the fallback. */
export function numberOf(call: PolicyCall, element: PolicyElement, name: string, fallback: number): number {
  const value = Number(attributeOf(call, element, name) ?? Number.NaN);
  return Number.isFinite(value) ? value : fallback;
}

/** The texts of `<list><item>`, or of direct `<item>` children when `list` is null. */
export function textsOf(call: PolicyCall, element: PolicyElement, list: string | null, item: string): readonly string[] {
  const parents = list === null ? [element] : element.children.filter((child) => child.name === list);
  const items = parents.flatMap((parent) => parent.children.filter((child) => child.name === item));
  return items.flatMap((child) => worked(call, child.text) ?? []);
}

export type Handler = (call: PolicyCall, statement: Statement) => Outcome;

export function failed(source: string, reason: string, message: string, answer: GatewayAnswer): Outcome {
  return { kind: 'error', error: { source, reason, message, answer } };
}
