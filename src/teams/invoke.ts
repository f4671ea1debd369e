// Answers to Action.Execute. Teams shows "Something went wrong" unless the body is exactly one of its forms,
// so there is one of them for everything that can happen. HTTP stays 200; the form carries the status.
import type { InvokeResponse } from 'botbuilder';
import type { Card } from '../conversation/ports.ts';

export interface Execute {
  readonly verb: string;
  readonly data: unknown;
}

/** Verb and data of an `adaptiveCard/action` value, or null when it is malformed. */
export function readExecute(value: unknown): Execute | null {
  const action = isObject(value) ? value.action : undefined;
  if (!isObject(action) || action.type !== 'Action.Execute' || typeof action.verb !== 'string' || action.verb === '') {
    return null;
  }
  return { verb: action.verb, data: action.data ?? {} };
}

/**
 * Verb and data of a pressed Action.Submit, the fallback for clients that do not know Action.Execute; null when the
 * value carries no verb. The verb stands in the data, since Submit has no other place for it.
 */
export function readSubmit(value: unknown): Execute | null {
  if (!isObject(value)) {
    return null;
  }
  const asExecute = readExecute(value);
  if (asExecute !== null) {
    return asExecute;
  }
  const { verb, msteams: _msteams, ...data } = value;
  return typeof verb === 'string' && verb !== '' ? { verb, data } : null;
}

export function cardAnswer(card: Card): InvokeResponse {
  return { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card } };
}

export function errorAnswer(statusCode: 400 | 403 | 500, code: string, message: string): InvokeResponse {
  return { status: 200, body: { statusCode, type: 'application/vnd.microsoft.error', value: { code, message } } };
}

/** Shown when a press takes longer than Teams waits for an answer. */
export const WORKING_CARD = sentence('Still working. This card changes when it is done; what is only for you comes as a message below it.');

/** Shown when a turn broke down in a way that the conversation did not foresee. */
export const TROUBLE_CARD = sentence('Something went wrong on my side, and nothing was changed by it as far as I know. Please ask again.');

function sentence(text: string): Card {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    fallbackText: text,
    body: [{ type: 'TextBlock', text, wrap: true }],
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
