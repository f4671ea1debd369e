// Entra ID in small, over TLS on loopback: what Teams asks it for a sign-on token, and what the bot asks it on behalf of a person.
// Strict: a request that it does not know is a 404 and stays in `strays`. What the SDK really requests was found by trying:
// the OpenID configuration of the tenant, then the token; jose asks for the keys.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { type Certificate, makeCertificate } from '../../src/lab/certificate.ts';

export interface SignedOn {
  /** Entra object id. */
  readonly oid: string;
  readonly name: string;
}

/** How Entra says no. `claims`: a challenge, as conditional access sends it. */
export interface TokenRefusal {
  readonly status: number;
  readonly error: string;
  readonly code: number;
  readonly claims?: string;
}

export const refusals = {
  consentMissing: { status: 400, error: 'invalid_grant', code: 65001 },
  secondFactor: { status: 400, error: 'interaction_required', code: 50076, claims: '{"access_token":{"capolids":{"essential":true}}}' },
  signInTooOld: { status: 400, error: 'invalid_grant', code: 70043 },
  wrongSecret: { status: 401, error: 'invalid_client', code: 7000215 },
  notOurs: { status: 400, error: 'invalid_grant', code: 500131 },
  expired: { status: 400, error: 'invalid_grant', code: 500133 },
} as const satisfies Record<string, TokenRefusal>;

/** One request to the token endpoint. */
export interface Exchange {
  readonly grant: string;
  readonly scope: string;
  readonly client: string;
  /** Object id of the person that it was about; null when it did not get that far. */
  readonly oid: string | null;
  /** `secret`, `assertion` or `none`: how the client proved who it is. */
  readonly proof: string;
  /** The AADSTS code of the refusal; null when a token was handed out. */
  readonly refused: number | null;
}

export interface TokenServiceOptions {
  readonly tenant: string;
  readonly appId: string;
  readonly secret: string;
  /** Application id URI of the sign-on. */
  readonly resource: string;
  readonly armScope: string;
}

export interface TokenService {
  /** `https://localhost:PORT` */
  readonly authority: string;
  /** PEM, for `ca` and for NODE_EXTRA_CA_CERTS. */
  readonly ca: string;
  readonly exchanges: readonly Exchange[];
  /** Requests that nobody should make. */
  readonly strays: readonly string[];
  /** How often the signing keys were read. */
  keyReads(): number;
  /** What Teams does for a person who pressed: asks, over TLS, for a token for the bot's resource. */
  signOn(person: SignedOn): Promise<string>;
  /** A token signed with the tenant's key, with these claims instead of the usual ones; undefined leaves one out. */
  mint(person: SignedOn, claims?: Readonly<Record<string, unknown>>): Promise<string>;
  /** The usual token, signed by somebody else under the tenant's key id. */
  forge(person: SignedOn): Promise<string>;
  /** What a managed identity proves itself with. */
  clientAssertion(): Promise<string>;
  /** Every on-behalf-of request is refused so, until null. */
  refuse(refusal: TokenRefusal | null): void;
  /** Every on-behalf-of request gets this status and no JSON, or is cut; null: as usual. */
  breakDown(how: number | 'cut' | 'silent' | null): void;
  stop(): Promise<void>;
}

const teamsClient = '5e3ce6c0-2b1f-4285-8d4b-75ee78787346'; // Teams on the web, as Microsoft's single sign-on guide lists it
const onBehalfOf = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const keyId = 'token-service-key';

export async function startTokenService(options: TokenServiceOptions): Promise<TokenService> {
  const certificate: Certificate = await makeCertificate();
  const keys = await generateKeyPair('RS256');
  const stranger = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: keyId, use: 'sig', alg: 'RS256' };
  const exchanges: Exchange[] = [];
  const strays: string[] = [];
  const sessions = new Map<string, SignedOn>();
  let keyReads = 0;
  let refusal: TokenRefusal | null = null;
  let broken: number | 'cut' | 'silent' | null = null;

  const server = createServer({ key: certificate.key, cert: certificate.cert }, (incoming, response) => {
    answer(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, 'localhost', listening));
  const authority = `https://localhost:${(server.address() as AddressInfo).port}`;
  const home = `${authority}/${options.tenant}`;
  const issuer = `${home}/v2.0`;

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (incoming.url ?? '').split('?')[0];
    if (incoming.method === 'GET' && path === `/${options.tenant}/v2.0/.well-known/openid-configuration`) {
      return json(response, 200, {
        issuer,
        authorization_endpoint: `${home}/oauth2/v2.0/authorize`,
        token_endpoint: `${home}/oauth2/v2.0/token`,
        jwks_uri: `${home}/discovery/v2.0/keys`,
      });
    }
    if (incoming.method === 'GET' && path === `/${options.tenant}/discovery/v2.0/keys`) {
      keyReads += 1;
      return json(response, 200, { keys: [jwk] });
    }
    if (incoming.method === 'POST' && path === `/${options.tenant}/oauth2/v2.0/token`) {
      const form = new URLSearchParams(await bodyOf(incoming));
      return form.get('grant_type') === 'refresh_token' ? signOnExchange(form, response) : onBehalfOfExchange(form, response);
    }
    strays.push(`${incoming.method} ${path}`);
    json(response, 404, { error: 'not_found' });
  }

  async function signOnExchange(form: URLSearchParams, response: ServerResponse): Promise<void> {
    const person = sessions.get(form.get('refresh_token') ?? '');
    const scope = form.get('scope') ?? '';
    const refused =
      person === undefined || form.get('client_id') !== teamsClient
        ? { status: 400, error: 'invalid_grant', code: 9002313 }
        : scope !== `${options.resource}/access_as_user`
          ? { status: 400, error: 'invalid_scope', code: 70011 }
          : null;
    note(form, person?.oid ?? null, 'none', refused);
    if (refused !== null || person === undefined) return refuse(response, refused ?? refusals.notOurs);
    json(response, 200, { token_type: 'Bearer', expires_in: 3600, scope, access_token: await mint(person) });
  }

  async function onBehalfOfExchange(form: URLSearchParams, response: ServerResponse): Promise<void> {
    if (broken === 'cut') return void response.destroy();
    if (broken === 'silent') return;
    if (broken !== null) return send(response, broken, 'text/html', '<html>');
    const proof = form.has('client_secret') ? 'secret' : form.has('client_assertion') ? 'assertion' : 'none';
    const judged = await judge(form, proof);
    note(form, judged.person?.oid ?? null, proof, judged.refused);
    if (judged.refused !== null || judged.person === null) return refuse(response, judged.refused ?? refusals.notOurs);
    json(response, 200, {
      token_type: 'Bearer',
      expires_in: 3600,
      ext_expires_in: 3600,
      scope: options.armScope.replace(/\.default$/, 'user_impersonation'),
      access_token: await sign(keys.privateKey, {
        iss: issuer,
        aud: options.armScope.replace(/\/\.default$/, ''),
        tid: options.tenant,
        oid: judged.person.oid,
        name: judged.person.name,
        scp: 'user_impersonation',
        jti: randomUUID(),
      }),
    });
  }

  async function judge(form: URLSearchParams, proof: string): Promise<{ person: SignedOn | null; refused: TokenRefusal | null }> {
    const no = (refused: TokenRefusal) => ({ person: null, refused });
    if (form.get('grant_type') !== onBehalfOf || form.get('requested_token_use') !== 'on_behalf_of') {
      return no({ status: 400, error: 'unsupported_grant_type', code: 70003 });
    }
    if (form.get('client_id') !== options.appId) return no({ status: 400, error: 'unauthorized_client', code: 700016 });
    if (proof === 'secret' && form.get('client_secret') !== options.secret) return no(refusals.wrongSecret);
    if (proof === 'assertion' && !(await isClientAssertion(form))) return no({ status: 401, error: 'invalid_client', code: 700027 });
    if (proof === 'none') return no({ status: 401, error: 'invalid_client', code: 7000218 });
    if (!form.get('scope')?.split(' ').includes(options.armScope)) return no({ status: 400, error: 'invalid_scope', code: 70011 });
    const assertion = await verified(form.get('assertion') ?? '', [options.appId, options.resource]);
    if (typeof assertion === 'number') return no({ ...refusals.expired, code: assertion });
    const person = { oid: String(assertion.oid), name: String(assertion.name) };
    return { person, refused: refusal };
  }

  async function isClientAssertion(form: URLSearchParams): Promise<boolean> {
    if (form.get('client_assertion_type') !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer') return false;
    return typeof (await verified(form.get('client_assertion') ?? '', ['api://AzureADTokenExchange'])) !== 'number';
  }

  /** The claims, or the AADSTS code of what is wrong with it. */
  async function verified(token: string, audience: string[]): Promise<JWTPayload | number> {
    try {
      return (await jwtVerify(token, keys.publicKey, { issuer, audience, algorithms: ['RS256'] })).payload;
    } catch (error) {
      const code = (error as { code?: string }).code;
      return code === 'ERR_JWT_EXPIRED' ? 500133 : code === 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' ? 50013 : 500131;
    }
  }

  function note(form: URLSearchParams, oid: string | null, proof: string, refused: TokenRefusal | null): void {
    const [grant, scope, client] = ['grant_type', 'scope', 'client_id'].map((name) => form.get(name) ?? '') as [string, string, string];
    exchanges.push({ grant: grant.split(':').at(-1) ?? '', scope, client, oid, proof, refused: refused?.code ?? null });
  }

  function mint(person: SignedOn, claims: Readonly<Record<string, unknown>> = {}): Promise<string> {
    return sign(keys.privateKey, { ...usual(person), ...claims });
  }

  function usual(person: SignedOn): JWTPayload {
    return {
      iss: issuer,
      aud: options.appId,
      tid: options.tenant,
      oid: person.oid,
      name: person.name,
      scp: 'access_as_user',
      ver: '2.0',
      uti: randomUUID(),
    };
  }

  return {
    authority,
    ca: certificate.cert,
    exchanges,
    strays,
    keyReads: () => keyReads,
    async signOn(person) {
      const session = randomUUID();
      sessions.set(session, person);
      const form = {
        grant_type: 'refresh_token',
        client_id: teamsClient,
        refresh_token: session,
        scope: `${options.resource}/access_as_user`,
      };
      return (await postForm(`${home}/oauth2/v2.0/token`, certificate.cert, form)).access_token;
    },
    mint,
    forge: (person) => sign(stranger.privateKey, usual(person)),
    clientAssertion: () => sign(keys.privateKey, { iss: issuer, aud: 'api://AzureADTokenExchange', sub: 'a-managed-identity' }),
    refuse(given) {
      refusal = given;
    },
    breakDown(how) {
      broken = how;
    },
    stop() {
      server.closeAllConnections();
      return new Promise((stopped) => server.close(() => stopped()));
    },
  };
}

function sign(key: CryptoKey, claims: JWTPayload): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const all = Object.entries({ iat: now - 300, nbf: now - 300, exp: now + 3600, ...claims }).filter(([, value]) => value !== undefined);
  return new SignJWT(Object.fromEntries(all)).setProtectedHeader({ alg: 'RS256', kid: keyId, typ: 'JWT' }).sign(key);
}

function refuse(response: ServerResponse, { status, error, code, claims }: TokenRefusal): void {
  // Raw text as Entra's, with a word in it that no sentence may repeat.
  const error_description = `AADSTS${code}: raw-entra-text of the refusal. Trace ID: ${randomUUID()}`;
  json(response, status, { error, error_description, error_codes: [code], ...(claims === undefined ? {} : { claims }) });
}

function json(response: ServerResponse, status: number, body: unknown): void {
  send(response, status, 'application/json', JSON.stringify(body));
}

// Not chained: restify replaces writeHead for the whole process, and its own returns nothing.
function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { 'content-type': type });
  response.end(text);
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of incoming) text += String(part);
  return text;
}

function postForm(url: string, ca: string, form: Record<string, string>): Promise<{ access_token: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', ca, headers: { 'content-type': 'application/x-www-form-urlencoded' } }, (response) => {
      bodyOf(response).then((text) => {
        if (response.statusCode === 200) resolve(JSON.parse(text));
        else reject(new Error(`The token service answered ${response.statusCode}`));
      }, reject);
    });
    sent.on('error', reject);
    sent.end(new URLSearchParams(form).toString());
  });
}
