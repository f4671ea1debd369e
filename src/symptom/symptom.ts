// What a paste says, and only that. Plain data: nothing here is a secret, so a symptom may be stored, logged and shown.

/** Who sent the answer. The words are those of contract.md, `parse --json`. */
export type Layer =
  | 'gateway-subscription'
  | 'gateway-jwt'
  | 'gateway-policy-other'
  | 'backend'
  | 'azure-ai'
  | 'arm-management'
  | 'other-product'
  | 'not-a-401'
  | 'unknown';

/** What the answer complains of. */
export type Code =
  | 'key-invalid'
  | 'key-missing'
  | 'jwt-missing'
  | 'jwt-invalid'
  | 'jwt-expired'
  | 'jwt-audience'
  | 'ai-key-or-endpoint'
  | 'aad-permission'
  | 'quota'
  | 'not-found'
  | 'forbidden'
  | 'other';

export type KeyPlace = 'header' | 'query' | 'bearer' | 'prose';

/** What a value looks like. Only a hint: a subscription key may be any 1 to 256 characters (field guide, section d). */
export type KeyForm = 'hex32' | 'guid' | 'jwt' | 'openai' | 'azure-openai' | 'function' | 'literal' | 'other';

/**
 * A value that the paste gives as a key, reduced to what may be kept.
 * `fingerprint` is a keyed hash (see KeyHasher) of the exact characters as they were sent.
 */
export interface PastedKey {
  /** At most the first four characters and an ellipsis, `4f2a…`. */
  readonly shown: string;
  readonly where: KeyPlace;
  /** The header or query parameter it stood under, as written; null in prose and for a bearer token. */
  readonly name: string | null;
  /** Line of the paste, from 1; 0 when it did not come from the paste (`--key-prefix`). */
  readonly line: number;
  /** How many characters are known. */
  readonly length: number;
  readonly fingerprint: string;
  /** The same of the trimmed, lower-case text, to compare with ids and names. */
  readonly folded: string;
  readonly form: KeyForm;
  /** True when only the beginning is known: prose ("starts with 9b1c"), a masked or elided value, `--key-prefix`. */
  readonly partial: boolean;
  /** What is wrong with the value as it was sent: quotation marks or blanks in it, several keys, an unfilled template, a program's word. */
  readonly flaw?: KeyFlaw;
}

export type KeyFlaw = 'quoted' | 'blanks' | 'several' | 'template' | 'word';

/** Where in the paste a statement was found, and the text there, redacted and cut to 200 characters. */
export interface PasteEvidence {
  /** Line of the paste, from 1. */
  readonly line: number;
  readonly text: string;
}

/** A fault that the paste names in words or shapes of its own (signs.ts). */
export type SignName =
  | 'ai-keys-disabled'
  | 'ai-network'
  | 'ai-custom-subdomain'
  | 'ai-token-refused'
  | 'ai-credentials-missing'
  | 'ai-401001'
  | 'ai-tier'
  | 'ai-old-client'
  | 'ai-trial'
  | 'ai-throttled'
  | 'ai-region-header'
  | 'ai-region-setting'
  | 'arm-throttled'
  | 'arm-refused'
  | 'openai-key-refused'
  | 'rate-limit'
  | 'quota'
  | 'caller-ip'
  | 'backend-unreachable'
  | 'bad-gateway'
  | 'not-routed'
  | 'portal-unpublished'
  | 'portal-blank'
  | 'tier-refused'
  | 'tier-named'
  | 'provisioning'
  | 'import-error'
  | 'duplicate-signature'
  | 'said-duplicate-operation'
  | 'said-relative-server'
  | 'said-cookie-parameter'
  | 'relative-server'
  | 'duplicate-operation'
  | 'cookie-parameter';

export interface PasteSign extends PasteEvidence {
  readonly sign: SignName;
  /** What the sign is about, where it has a value of its own: the region of `ai-region-setting`. */
  readonly value?: string;
}

/** The claims of a pasted token that rules compare. Decoded, never verified; the token itself is not kept. */
export interface PastedToken {
  readonly line: number;
  readonly aud: readonly string[];
  readonly iss: string | null;
  readonly appid: string | null;
  readonly tenant: string | null;
  readonly version: string | null;
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
  /** Seconds since 1970. */
  readonly exp: number | null;
  readonly nbf: number | null;
  readonly kid: string | null;
  /** `nonce` in the header marks a Microsoft Graph token that nobody else can validate. */
  readonly hasNonce: boolean;
  /** The names of all claims, to say that one is missing. */
  readonly claimNames: readonly string[];
}

/** What the words around an answer can tell of the way a call took. */
export type ToldWhat =
  | 'self-hosted-gateway'
  | 'gateway-token'
  | 'gateway-configuration'
  | 'websocket'
  | 'event-source'
  | 'navigation'
  | 'page-resource'
  | 'cors'
  | 'static-web-app'
  | 'linked-api'
  | 'restored-or-moved'
  | 'one-region'
  | 'meant-open'
  | 'openai-client'
  | 'product-state'
  | 'intermittent';

export interface Told extends PasteEvidence {
  readonly what: ToldWhat;
}

export interface Symptom {
  readonly layer: Layer;
  readonly code: Code;
  /** The status literally shown (nested: the inner 401), else null. */
  readonly status: number | null;
  /** The called host, only if literally in the paste; lower case, without the port. */
  readonly host: string | null;
  /** The realm's path if a challenge is shown, else the URL's path: leading slash, no query, repeated slashes collapsed. */
  readonly apiPath: string | null;
  /** The challenge's `name`: the header that the API expects. */
  readonly headerName: string | null;
  readonly method: string | null;
  /** The called URL with every query value that may be a secret masked; null when the paste shows none. */
  readonly url: string | null;
  /** The path of the called URL, also when `apiPath` comes from the realm. */
  readonly urlPath: string | null;
  readonly keys: readonly PastedKey[];
  /** True when the paste shows the request's headers (curl -v, raw HTTP, a HAR), so that a header that is not there was not sent. */
  readonly requestSeen: boolean;
  /** Names of the request's headers, lower case, in order. */
  readonly requestHeaders: readonly string[];
  /** Short values of request headers that are named as a version (`X-Version`), by small-letter name; absent where there are none. */
  readonly versionHeaders?: Readonly<Record<string, string>>;
  /** Names of the query parameters of the called URL, as written. */
  readonly queryNames: readonly string[];
  /** The response's `Date` as ISO 8601, else null. */
  readonly date: string | null;
  /** The response's Content-Length, else null. */
  readonly contentLength: number | null;
  /** LastError's source and reason (gateway logs, traces), when the paste shows them. */
  readonly lastError: { readonly source: string | null; readonly reason: string | null } | null;
  /** The words of the body's message, redacted, at most 300 characters. */
  readonly message: string | null;
  /** The paste names a test console or the portal, a browser, an MCP client, or the developer portal's subscribe page. */
  readonly client: 'console' | 'browser' | 'mcp' | 'portal' | null;
  /** Signs in the words of the whole paste, each once. */
  readonly told: readonly Told[];
  /** Headers of the response that name a stop on the way (content networks, proxies), by small-letter name; '' where the value says nothing more. */
  readonly edgeHeaders: Readonly<Record<string, string>>;
  /** The host in the challenge's realm: what the gateway itself was called by, when something stands in front of it. */
  readonly realmHost: string | null;
  readonly token: PastedToken | null;
  /** Where each statement was found, for evidence `paste#/line/N`. */
  readonly seen: {
    readonly status: PasteEvidence | null;
    readonly message: PasteEvidence | null;
    readonly challenge: PasteEvidence | null;
    readonly url: PasteEvidence | null;
  };
  /** A body was shown, or its absence is certain (`Content-Length: 0`); false when the paste merely has none. */
  readonly bodySeen: boolean;
  /** The body as far as it is shown, redacted, at most 1,000 characters: a policy's author chooses its words. */
  readonly body?: string;
  /** Faults that the paste names in its own words; absent in snapshots of earlier versions. */
  readonly signs?: readonly PasteSign[];
  /** Further responses of the same paste. Their own `others` is empty. */
  readonly others: readonly Symptom[];
}

/** Turns a secret into a fingerprint under a key that lives in memory only. Given in, so that symptom/ needs no crypto. */
export type KeyHasher = (text: string) => string;
