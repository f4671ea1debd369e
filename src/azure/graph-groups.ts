// In which of some groups a person is, from Microsoft Graph with the bot's own identity (learn.microsoft.com/graph/api/user-checkmembergroups):
// transitive, at most 20 groups a call; application permissions User.Read.All and GroupMember.Read.All.
import type { TokenCredential } from '@azure/core-auth';
import {
  bearerTokenAuthenticationPolicy,
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
  type PipelineResponse,
  redirectPolicyName,
} from '@azure/core-rest-pipeline';
import type { Person } from '../remediation/plan-record.ts';

export interface GraphSettings {
  /** `https://graph.microsoft.com` or another Graph, https only, without a slash at its end. */
  readonly endpoint: string;
  readonly credential: TokenCredential;
  /** PEM of a further certificate authority. */
  readonly ca?: string;
  /** For one question, the token included; 4000 when absent, since a press has to be answered within ten seconds. */
  readonly timeoutMs?: number;
  /** Milliseconds, for tests. */
  readonly now?: () => number;
}

type Answer<T> = T | { readonly says: string };

/** Which of the groups the person is in, lower case; a sentence when it could not be read. Never throws. */
export type GraphGroups = (person: Person, groupIds: readonly string[]) => Promise<Answer<readonly string[]>>;

const atOnce = 20;
/** A group that somebody leaves counts for this long, and presses in a row cost one question. */
const keptMs = 60_000;
const mostKept = 5000;

export function createGraphGroups(settings: GraphSettings): GraphGroups {
  const { now = Date.now, timeoutMs = 4000 } = settings;
  const kept = new Map<string, { readonly until: number; readonly isMember: boolean }>();
  const ask = createAsk(settings);

  function keep(id: string, asked: readonly string[], mine: readonly string[]): void {
    for (const group of asked) {
      kept.delete(`${id} ${group}`);
      kept.set(`${id} ${group}`, { until: now() + keptMs, isMember: mine.includes(group) });
    }
    for (const key of kept.keys()) {
      if (kept.size <= mostKept) break;
      kept.delete(key);
    }
  }

  return async (person, groupIds) => {
    // It becomes part of an address, and comes from outside.
    if (!/^[0-9a-f-]{30,40}$/i.test(person.id))
      return { says: 'Teams gave no Entra object id for you, by which groups could be looked up.' };
    const id = person.id.toLowerCase();
    const groups = [...new Set(groupIds.map((group) => group.toLowerCase()))];
    const known = new Map(
      groups.map((group) => [group, kept.get(`${id} ${group}`)] as const).filter(([, one]) => (one?.until ?? 0) > now()),
    );
    const open = groups.filter((group) => !known.has(group));
    const parts = Array.from({ length: Math.ceil(open.length / atOnce) }, (_, part) => open.slice(part * atOnce, (part + 1) * atOnce));
    const signal = AbortSignal.timeout(timeoutMs);
    const answers = await Promise.all(parts.map((part) => beforeDeadline(signal, ask(id, part, signal))));
    const mine = groups.filter((group) => known.get(group)?.isMember === true);
    for (const answer of answers) {
      if ('says' in answer) return answer;
      mine.push(...answer.filter((group) => open.includes(group)));
    }
    keep(id, open, mine);
    return mine;
  };
}

type Ask = (id: string, groupIds: readonly string[], abortSignal: AbortSignal) => Promise<Answer<readonly string[]>>;

function createAsk({ endpoint, credential, ca }: GraphSettings): Ask {
  const pipeline = createPipelineFromOptions({
    retryOptions: { maxRetries: 1, retryDelayInMs: 200, maxRetryDelayInMs: 1000 },
    userAgentOptions: { userAgentPrefix: 'locksmith' },
    ...(ca === undefined ? {} : { tlsOptions: { ca } }),
  });
  // Graph answers where it is asked; a redirect would take the token elsewhere.
  pipeline.removePolicy({ name: redirectPolicyName });
  pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: `${endpoint}/.default` }), { afterPhase: 'Sign' });
  const client = createDefaultHttpClient();
  return async (id, groupIds, abortSignal) => {
    const request = createPipelineRequest({
      url: `${endpoint}/v1.0/users/${id}/checkMemberGroups`,
      method: 'POST',
      headers: createHttpHeaders({ accept: 'application/json', 'content-type': 'application/json' }),
      body: JSON.stringify({ groupIds }),
      abortSignal,
    });
    try {
      return read(await pipeline.sendRequest(client, request));
    } catch (error) {
      return { says: abortSignal.aborted ? tooLate : whyUnreachable(error) };
    }
  };
}

const tooLate = 'Microsoft Graph did not answer in time. Try again in a minute.';

/** A token can take long to get, and looking for it cannot be cancelled. */
async function beforeDeadline<T>(signal: AbortSignal, asked: Promise<Answer<T>>): Promise<Answer<T>> {
  const { promise, resolve } = Promise.withResolvers<Answer<T>>();
  const stop = (): void => resolve({ says: tooLate });
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([asked, promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

const meanings: Readonly<Record<number, string>> = {
  400: 'Microsoft Graph did not take the question (400): check the group ids in the settings.',
  401: 'Microsoft Graph did not accept the sign-in of this bot (401): check its identity and LOCKSMITH_GRAPH_ENDPOINT.',
  403: "Microsoft Graph refused (403): the bot's identity needs the application permissions User.Read.All and GroupMember.Read.All. A Privileged Role Administrator of the tenant grants them.",
  404: "Microsoft Graph does not know you (404): groups can be read for people in the directory of the bot's own tenant. Ask whoever runs this bot to name you by your object id.",
  429: 'Microsoft Graph is limiting how fast it may be asked (429). Try again in a minute.',
};

function read({ status, bodyAsText }: PipelineResponse): Answer<readonly string[]> {
  if (status !== 200) return { says: meanings[status] ?? `Microsoft Graph answered ${status}. Try again in a minute.` };
  const ids = groupIdsIn(bodyAsText ?? '');
  return ids === null
    ? { says: 'Microsoft Graph sent an answer that is not what its API describes.' }
    : ids.map((one) => one.toLowerCase());
}

function groupIdsIn(text: string): readonly string[] | null {
  try {
    const { value } = JSON.parse(text) as { readonly value?: unknown };
    return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : null;
  } catch {
    return null;
  }
}

// The texts of credential errors can hold parts of requests; only their kind is passed on.
function whyUnreachable(error: unknown): string {
  const { name = '', code = '' } = (error ?? {}) as { readonly name?: string; readonly code?: unknown };
  if (/Credential|Authentication/.test(name)) return `No token for Microsoft Graph could be had (${name}): check the identity of this bot.`;
  return `Microsoft Graph could not be reached${/^[A-Z_]{3,60}$/.test(String(code)) ? ` (${code})` : ''}: check LOCKSMITH_GRAPH_ENDPOINT and the network.`;
}
