// Single sign-on inside Action.Execute. Teams sends the press; the bot answers with a loginRequest; Teams gets a token for the person
// and sends the same press again, as a new activity, with `authentication` beside the action. Forms:
// learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards, "Add code to enable SSO"
// and "Authentication flow". The bot keeps nothing in between: all that the second press needs comes with it.
// A token that does not do is answered with a card, which says why and what to do. Microsoft's other form, 412, has no place for that: Teams
// shows the sign-in button of the loginRequest, which leads to a page that only an administrator can use, and the person never learns why.
import { createHash } from 'node:crypto';
import type { InvokeResponse } from 'botbuilder';
import type { Execute } from './invoke.ts';

/** `authentication` of an invoke's value. */
export interface SignOn {
  /** Echoes the id of the loginRequest. */
  readonly id: string;
  /** A JWT of the person who pressed, by its form only: whoever uses it has to verify it. */
  readonly token: string;
}

export interface LoginRequest {
  /** Of `signOnId`. */
  readonly id: string;
  /** Application id URI that the token is asked for, `api://botid-APPID`. */
  readonly resource: string;
  /**
   * Where the button leads that Teams shows when it gets no token without asking, https; the form wants one. Without single sign-on
   * there is no page of ours to sign in at, so this is the page where an administrator agrees (`consentPage`).
   */
  readonly page: string;
}

/** Teams wants a name and asks nobody for it: tokens go straight from Entra ID to the bot, without the Bot Service's token store. */
const connectionName = 'locksmith-sign-on';

// Entra's tokens have 1 to 4 KB; groups make them longer.
const longestToken = 16_384;
const longestId = 200;

/** The sign-on that came with a press; null when there is none, or when what stands there is none. */
export function signOnOf(value: unknown): SignOn | null {
  const { id, token, connectionName: name } = objectAt(objectAt({ value }, 'value'), 'authentication');
  if (typeof token !== 'string' || token.length > longestToken || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return null;
  if (typeof id !== 'string' || id === '' || id.length > longestId) return null;
  // Whatever name it has: a token is judged by its signature, and a client may leave the name out.
  return name === undefined || name === null || typeof name === 'string' ? { id, token } : null;
}

/**
 * Names the press that a sign-on is asked for: the same for the press that Teams sends again, another one for another button or person.
 * Not a secret, and it allows nothing: who pressed is what Teams and the token say.
 */
export function signOnId(press: {
  readonly verb: string;
  readonly data: unknown;
  readonly who: string;
  readonly conversation: string;
}): string {
  const { verb, data, who, conversation } = press;
  return createHash('sha256')
    .update(JSON.stringify([verb, data, who, conversation]))
    .digest('base64url')
    .slice(0, 32);
}

/** The answer that makes Teams sign the person in and press again. HTTP stays 200, as for every answer to Action.Execute. */
export function loginRequest({ id, resource, page }: LoginRequest): InvokeResponse {
  const value = {
    text: 'Sign in, so that this is done with your own rights in Azure.',
    connectionName,
    tokenExchangeResource: { id, uri: resource },
    buttons: [{ type: 'signin', title: 'Sign in', text: 'Sign in', value: page }],
  };
  return { status: 200, body: { statusCode: 401, type: 'application/vnd.microsoft.activity.loginRequest', value } };
}

/**
 * The press that changes Azure, by the two fields that its button has and no others; null for every other one, and for one that none of our buttons
 * can have sent: nobody is asked to sign in for that.
 */
export function confirmOf({ verb, data }: Execute): Execute | null {
  if (verb !== 'confirm' || typeof data !== 'object' || data === null) return null;
  const { plan, seen, verb: _repeated, ...others } = data as Readonly<Record<string, unknown>>;
  const isOurs = typeof plan === 'string' && typeof seen === 'string' && Object.keys(others).length === 0;
  return isOurs ? { verb, data: { plan, seen } } : null;
}

/** Where an administrator of the tenant lets the bot act for its people (learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent). */
export function consentPage(authority: string, tenant: string, appId: string): string {
  return `${authority}/${encodeURIComponent(tenant)}/adminconsent?client_id=${encodeURIComponent(appId)}`;
}

function objectAt(value: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  const inner = Object.hasOwn(value, name) ? value[name] : undefined;
  return typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as Readonly<Record<string, unknown>>) : {};
}
