// Which API and operation a gateway request belongs to: longest path, version, revision, then the operation's template.
import { isObject, type JsonObject, textOf } from './json.ts';
import { apiName } from './links.ts';
import { nameOf, type Resource } from './resource.ts';
import { relativeTo } from './scopes.ts';
import type { ServiceStore } from './store.ts';

export interface Route {
  readonly api: Resource;
  /** Null for APIs that have no operations by nature (GraphQL, WebSocket). */
  readonly operation: Resource | null;
  /** Base path of the API without version, without slashes at its ends. */
  readonly basePath: string;
  /** `workspaces/W/` or ''. */
  readonly workspace: string;
}

export interface GatewayCall {
  readonly method: string;
  /** Undecoded path. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export interface GatewayRequest extends GatewayCall {
  /** The `Host` header as sent, with its port. */
  readonly host: string;
  /** The address that the connection comes from. */
  readonly address?: string;
}

interface Candidate {
  readonly api: Resource;
  readonly workspace: string;
  readonly prefix: readonly string[];
  readonly basePath: string;
}

const withoutOperations = ['graphql', 'websocket', 'grpc', 'odata', 'mcp'];

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

interface Versioning {
  readonly scheme: string;
  readonly name: string;
}

function versioningOf(store: ServiceStore, api: JsonObject): Versioning | null {
  const set = textOf(api.apiVersionSetId);
  const stored = set === null ? null : store.find((relativeTo(store.id, set) ?? set).replace(/^\//, ''));
  const inline = isObject(api.apiVersionSet) ? api.apiVersionSet : null;
  const from = stored?.properties ?? inline;
  if (!from) return textOf(api.apiVersion) ? { scheme: 'segment', name: '' } : null;
  const scheme = (textOf(from.versioningScheme) ?? 'Segment').toLowerCase();
  const name = scheme === 'query' ? (textOf(from.versionQueryName) ?? 'api-version') : (textOf(from.versionHeaderName) ?? 'api-version');
  return { scheme, name };
}

function versionFits(store: ServiceStore, api: Resource, call: GatewayCall): boolean {
  const versioning = versioningOf(store, api.properties);
  if (versioning === null || versioning.scheme === 'segment') return true;
  const sent = versioning.scheme === 'query' ? call.query.get(versioning.name) : (call.headers[versioning.name.toLowerCase()] ?? null);
  const wanted = textOf(api.properties.apiVersion) ?? '';
  return (sent ?? '').toLowerCase() === wanted.toLowerCase();
}

function candidate(store: ServiceStore, api: Resource): Candidate {
  const path = textOf(api.properties.path) ?? '';
  const base = segmentsOf(path);
  const version = textOf(api.properties.apiVersion) ?? '';
  const inPath = version !== '' && versioningOf(store, api.properties)?.scheme === 'segment';
  const workspace = /^workspaces\/[^/]+\//i.exec(api.path)?.[0] ?? '';
  return { api, workspace, prefix: inPath ? [...base, version] : base, basePath: base.join('/') };
}

/** The revision that answers for each API: the one asked for by `;rev=N`, else the current one. */
function servedRevisions(store: ServiceStore, revision: string | null): readonly Resource[] {
  const apis = store
    .all()
    .filter((resource) => /^(workspaces\/[^/]+\/)?apis\/[^/]+$/i.test(resource.path) && store.hasPropagated(resource.path));
  const names = new Set(apis.map((api) => apiName(api.path).toLowerCase()));
  return [...names].flatMap((name) => {
    const own = apis.filter((api) => apiName(api.path).toLowerCase() === name);
    if (revision !== null) return own.filter((api) => String(api.properties.apiRevision) === revision).slice(0, 1);
    const current =
      own.find((api) => api.properties.isCurrent === true) ?? own.find((api) => nameOf(api.path) === apiName(nameOf(api.path)));
    return current ? [current] : [];
  });
}

/** Specificity of a match, segment by segment: a literal beats a parameter, a parameter beats a wildcard. */
function matchTemplate(template: string, rest: readonly string[]): string | null {
  const parts = segmentsOf(template);
  let score = '';
  for (const [index, part] of parts.entries()) {
    if (part === '*' || /^\{\*[^}]*\}$/.test(part)) return `${score}0`;
    const given = rest[index];
    if (given === undefined) return null;
    const pattern = part.split(/\{[^}]*\}/).map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    if (!new RegExp(`^${pattern.join('(.+)')}$`, 'i').test(decoded(given))) return null;
    score += pattern.length > 1 ? '1' : '2';
  }
  return parts.length === rest.length ? `${score}3` : null;
}

function queryFits(template: string, query: URLSearchParams): boolean {
  const search = template.split('?')[1];
  if (search === undefined) return true;
  return [...new URLSearchParams(search)].every(([name, value]) => (/^\{.*\}$/.test(value) ? query.has(name) : query.get(name) === value));
}

function operationFor(store: ServiceStore, api: Resource, call: GatewayCall, rest: readonly string[]): Resource | null {
  let best: { operation: Resource; score: string } | null = null;
  for (const operation of store.list(`${api.path}/operations`)) {
    const { method, urlTemplate } = operation.properties;
    const template = textOf(urlTemplate) ?? '/';
    if (!store.hasPropagated(operation.path) || !['*', call.method].includes((textOf(method) ?? '').toUpperCase())) continue;
    const score = matchTemplate(template.split('?')[0] ?? '/', rest);
    if (score === null || !queryFits(template, call.query)) continue;
    // A template that names query parameters is the more specific of two.
    const ranked = score + (template.includes('?') ? '1' : '0');
    if (best === null || ranked > best.score) best = { operation, score: ranked };
  }
  return best?.operation ?? null;
}

/** The route of a call, or null: a 404, before anybody looks at a key. */
export function route(store: ServiceStore, call: GatewayCall): Route | null {
  const revision = /;rev=(\d+)/i.exec(decoded(call.path))?.[1] ?? null;
  const asked = segmentsOf(call.path).map((segment) => decoded(segment).replace(/;rev=\d+$/i, ''));
  const fitting = servedRevisions(store, revision)
    .map((api) => candidate(store, api))
    .filter(({ prefix }) => prefix.every((part, index) => part.toLowerCase() === asked[index]?.toLowerCase()))
    .filter(({ api }) => versionFits(store, api, call))
    .sort((a, b) => b.prefix.length - a.prefix.length);
  const [best] = fitting;
  if (!best) return null;
  const found = { api: best.api, basePath: best.basePath, workspace: best.workspace };
  if (withoutOperations.includes(String(best.api.properties.type ?? 'http').toLowerCase())) return { ...found, operation: null };
  const operation = operationFor(store, best.api, call, asked.slice(best.prefix.length));
  return operation ? { ...found, operation } : null;
}
