// Whether somebody is a guest. Teams sends no role with an activity: it names the person by object id, and the tenant of the conversation, which
// for a guest and for somebody from outside in a shared channel is the host's (github.com/microsoft/Agents-for-js/issues/542;
// learn.microsoft.com/microsoftteams/platform, "Agents and tabs for shared and private channels"). The roster tells more.
import { type Activity, TeamsInfo, type TurnContext } from 'botbuilder';
import { within } from './within.ts';

const forMs = 10 * 60_000;
/** A roster that did not tell is not asked again at every press. */
const forMsUnknown = 60_000;
const mostKept = 5000;

/** True or false when the activity itself tells, undefined when it does not, which is the usual case. */
export function guestOf(activity: Activity): boolean | undefined {
  const from: unknown = activity.from;
  const more = field(from, 'properties');
  const told = (name: string): unknown => field(from, name) ?? field(more, name);
  const tenant = told('tenantId');
  const [host, named] = [activity.conversation?.tenantId, field(field(activity.channelData, 'tenant'), 'id')];
  if (isGuid(host) && isGuid(named) && !same(host, named)) return true;
  return judge({ role: told('userRole'), upn: told('userPrincipalName'), tenant, host: host ?? named });
}

export interface GuestOptions {
  /** A press has to be answered within ten seconds, and the roster is a part of it. 1500 when absent. */
  readonly timeoutMs?: number;
  /** Milliseconds, for tests. */
  readonly now?: () => number;
}

/**
 * Asks the roster of the conversation about the one whose turn it is, once in ten minutes. Undefined when the roster does not tell, or not in
 * time. Never throws. To be called with a context of `inConversation`, which follows no redirects.
 */
export function createRosterGuest({
  timeoutMs = 1500,
  now = Date.now,
}: GuestOptions = {}): (context: TurnContext) => Promise<boolean | undefined> {
  const kept = new Map<string, { readonly guest: Promise<boolean | undefined>; until: number }>();
  return async (context) => {
    const { from, conversation } = context.activity;
    if (!from?.id || !conversation?.id) return undefined;
    // Every post of a channel is a conversation of its own, `CHANNEL;messageid=...`, with the same people in it.
    const key = `${conversation.id.split(';')[0]}\n${from.id}`;
    const known = kept.get(key);
    if (known !== undefined && known.until > now()) return known.guest;
    const told = askRoster(context, from.id).catch(() => undefined);
    const guest = within(told, timeoutMs).then((value) => value ?? undefined);
    const entry = { guest, until: now() + forMs };
    kept.delete(key);
    kept.set(key, entry);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    if ((await guest) === undefined) entry.until = Math.min(entry.until, now() + forMsUnknown);
    return guest;
  };
}

async function askRoster(context: TurnContext, id: string): Promise<boolean | undefined> {
  const member: unknown = await TeamsInfo.getMember(context, id);
  const { conversation, channelData } = context.activity;
  return judge({
    role: field(member, 'userRole'),
    upn: field(member, 'userPrincipalName'),
    tenant: field(member, 'tenantId'),
    host: conversation.tenantId ?? field(field(channelData, 'tenant'), 'id'),
  });
}

interface Told {
  /** user, guest or anonymous (learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context). */
  readonly role: unknown;
  readonly upn: unknown;
  /** The person's, and the conversation's. */
  readonly tenant: unknown;
  readonly host: unknown;
}

// `user` alone proves nothing: guests were seen with it (github.com/MicrosoftDocs/msteams-docs/issues/6381). So nobody counts as one of the
// tenant's own people unless role, sign-in name and tenant all say so.
function judge({ role, upn, tenant, host }: Told): boolean | undefined {
  if (typeof role === 'string' && /^(guest|anonymous)$/i.test(role)) return true;
  // Entra names an invited person NAME_HOME#EXT#@HOST.
  if (typeof upn === 'string' && /#EXT#/i.test(upn)) return true;
  if (!isGuid(tenant) || !isGuid(host)) return undefined;
  if (!same(tenant, host)) return true;
  return typeof role === 'string' && role !== '' && typeof upn === 'string' && upn !== '' ? false : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function isGuid(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
