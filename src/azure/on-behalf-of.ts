// Azure as the person who pressed: their Teams sign-on token for an ARM token, so that Azure's own permissions and its activity log
// are theirs. There is no way from here to the bot's own identity: without a token of the person there is a sentence.
import { createHash } from 'node:crypto';
import type { AccessToken, TokenCredential } from '@azure/core-auth';
import { ManagedIdentityCredential, OnBehalfOfCredential } from '@azure/identity';
import type { Person } from '../remediation/plan-record.ts';
import { cannotReachEntra, refusalOf, type SignOnRefusal } from './sign-on-refusals.ts';
import { createSignOnCheck } from './sign-on-token.ts';

/** The part of the bot's registration that counts here; settings.ts has the whole. */
export interface BotRegistration {
  readonly appId: string;
  /** Null for a managed identity, which proves itself with a federated credential of the sign-on's registration. */
  readonly password: string | null;
}

export interface OnBehalfOfOptions {
  readonly bot: BotRegistration;
  /** `https://login.microsoftonline.com` or another authority, without a slash at the end. */
  readonly authority: string;
  /** Application id URI of the sign-on; `api://botid-APPID` when null. */
  readonly resource: string | null;
  /** `https://management.azure.com/.default` */
  readonly armScope: string;
  readonly allowedTenants: readonly string[];
  /** For a whole exchange, in milliseconds; Teams waits some ten seconds for the answer to a press. */
  readonly timeoutMs?: number;
  /** PEM of a further certificate authority; tests only, else NODE_EXTRA_CA_CERTS. */
  readonly ca?: string;
  /** What a managed identity proves itself with; of this machine's identity when absent. */
  readonly assertion?: () => Promise<string>;
}

export interface OnBehalfOf {
  /** Application id URI that Teams has to ask a sign-on token for. */
  readonly resource: string;
  /**
   * A credential for ARM with the rights of `who`, from their Teams sign-on token; or why there is none. Never throws.
   * The token is checked each time, also where an ARM token from it is still in memory.
   */
  credentialFor(signOn: string, who: Person): Promise<{ readonly credential: TokenCredential } | SignOnRefusal>;
}

/** An ARM token that ends sooner is not used any more: a press can take minutes of writing. */
const spareMs = 5 * 60_000;
const mostKept = 500;

export function createOnBehalfOf(options: OnBehalfOfOptions): OnBehalfOf {
  const { bot, authority, armScope, timeoutMs = 8_000 } = options;
  const resource = options.resource ?? `api://botid-${bot.appId}`;
  const clientId = clientOf(bot, resource);
  const tls = options.ca === undefined ? {} : { tlsOptions: { ca: options.ca } };
  const check = createSignOnCheck({ authority, audience: [clientId, resource], allowedTenants: options.allowedTenants, ...tls.tlsOptions });
  const assertion = options.assertion ?? managedIdentityAssertion(bot.appId);
  // By a hash of the sign-on token; in memory only.
  const kept = new Map<string, AccessToken>();

  async function exchange(signOn: string, tenantId: string): Promise<AccessToken> {
    const shared = {
      tenantId,
      clientId,
      userAssertionToken: signOn,
      authorityHost: authority,
      disableInstanceDiscovery: !isMicrosofts(authority),
      retryOptions: { maxRetries: 1, retryDelayInMs: 300 },
      ...tls,
    };
    const credential =
      bot.password === null
        ? new OnBehalfOfCredential({ ...shared, getAssertion: assertion })
        : new OnBehalfOfCredential({ ...shared, clientSecret: bot.password });
    return credential.getToken(armScope);
  }

  function keep(key: string, token: AccessToken): void {
    for (const [old, { expiresOnTimestamp }] of kept) if (kept.size >= mostKept || isOver(expiresOnTimestamp)) kept.delete(old);
    if (!isOver(token.expiresOnTimestamp)) kept.set(key, token);
  }

  return {
    resource,
    async credentialFor(signOn, who) {
      const checked = await check(signOn, who);
      if (checked.kind !== 'good') return checked;
      const key = createHash('sha256').update(signOn).digest('base64url');
      const known = kept.get(key);
      if (known !== undefined && !isOver(known.expiresOnTimestamp)) return { credential: holding(known) };
      try {
        const token = await within(timeoutMs, exchange(signOn, checked.tenant));
        if (token === null) return cannotReachEntra;
        keep(key, token);
        return { credential: holding(token) };
      } catch (error) {
        return refusalOf(error);
      }
    },
  };
}

/**
 * Who the bot is in the exchange. A managed identity is no registration that a person could sign in to: its sign-on has one of its
 * own, whose id is the GUID in its application id URI.
 */
function clientOf(bot: BotRegistration, resource: string): string {
  const named = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.exec(resource)?.[0];
  return bot.password === null && named !== undefined ? named : bot.appId;
}

// Federated identity credential: the managed identity's own token stands where the secret would. Where the machine has no such
// identity, that is the bot's registration at fault, which is what OAuth calls invalid_client.
function managedIdentityAssertion(clientId: string): () => Promise<string> {
  return async () => {
    try {
      return (await new ManagedIdentityCredential({ clientId }).getToken('api://AzureADTokenExchange/.default')).token;
    } catch {
      throw new Error('invalid_client: this machine has no token of the managed identity');
    }
  };
}

/** Answers with this one token. Asked for more than it has, as in a claims challenge, it has nothing: a person would have to be asked. */
function holding(token: AccessToken): TokenCredential {
  return { getToken: async (_scopes, asked) => (asked?.claims === undefined ? token : null) };
}

function isOver(expiresOnTimestamp: number): boolean {
  return expiresOnTimestamp - spareMs < Date.now();
}

function isMicrosofts(authority: string): boolean {
  const { hostname } = new URL(authority);
  return /(^|\.)(microsoftonline\.(com|us)|partner\.microsoftonline\.cn)$/.test(hostname);
}

/** The SDK cannot be told to stop waiting. Null when `work` takes longer; what it does then is of no interest any more. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | null> {
  const { promise, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), ms);
  work.catch(() => undefined);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
