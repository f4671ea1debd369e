// Where something is, in words: `/subscriptions/…/service/contoso/subscriptions/mobile-app#/properties/state`
// becomes "Subscription mobile-app, state". Names in it are as they came; the caller passes the result through plain().

const kinds: Readonly<Record<string, readonly [one: string, many: string]>> = {
  apis: ['API', 'APIs'],
  operations: ['Operation', 'Operations'],
  products: ['Product', 'Products'],
  subscriptions: ['Subscription', 'Subscriptions'],
  policies: ['Policy', 'Policies'],
  policyfragments: ['Policy fragment', 'Policy fragments'],
  namedvalues: ['Named value', 'Named values'],
  workspaces: ['Workspace', 'Workspaces'],
  apilinks: ['API link', 'API links'],
  groups: ['Group', 'Groups'],
  users: ['User', 'Users'],
  gateways: ['Gateway', 'Gateways'],
  backends: ['Backend', 'Backends'],
  accounts: ['Azure AI account', 'Azure AI accounts'],
  certificates: ['Certificate', 'Certificates'],
  apiversionsets: ['Version set', 'Version sets'],
  authorizationproviders: ['Credential provider', 'Credential providers'],
  authorizations: ['Connection', 'Connections'],
  roleassignments: ['Role assignment', 'Role assignments'],
  portalrevisions: ['Portal revision', 'Portal revisions'],
  openidconnectproviders: ['OpenID provider', 'OpenID providers'],
  identityproviders: ['Identity provider', 'Identity providers'],
  loggers: ['Logger', 'Loggers'],
  caches: ['Cache', 'Caches'],
};

const activityLog = /\/providers\/Microsoft\.Insights\/eventtypes\/management\/values$/i;

/** The last part of an ARM id, which is the name people know. */
export function nameIn(armId: string): string {
  return armId.split('#')[0]?.split('/').filter(Boolean).at(-1) ?? armId;
}

/** A service as people know it, from its ARM id: `contoso (resource group rg-api)`. */
export function serviceWords(armId: string): string {
  const group = /\/resourceGroups\/([^/]+)/i.exec(armId)?.[1];
  return group === undefined ? nameIn(armId) : `${nameIn(armId)} (resource group ${group})`;
}

const longId =
  /\/subscriptions\/[^/\s"]{1,80}\/resourceGroups\/[^/\s"]{1,100}\/providers\/Microsoft\.ApiManagement\/service\/[^/\s"]{1,60}(?=\/)/gi;

/** A text with the long beginnings of ARM ids left out. The service is named where it is another one. */
export function shortIds(text: string, service: string | null): string {
  return text.replace(longId, (id) => (id.toLowerCase() === service?.toLowerCase() ? '…' : `…/service/${nameIn(id)}`));
}

/** Evidence's `at` in words. */
export function placeOf(at: string): string {
  const [path = '', pointer = ''] = split(at);
  if (path === 'paste') return placeInPaste(pointer);
  if (activityLog.test(path)) return 'Activity log';
  const place = resourceOf(path);
  const field = fieldWords(pointer);
  return field === '' ? place : `${place}, ${field}`;
}

/** A dotted or slashed path to a field in words: `properties.subscriptionKeyParameterNames.header` is "subscription key parameter names, header". */
export function fieldWords(path: string): string {
  return path
    .split(/[./]/)
    .filter((part) => part !== '' && part !== 'properties')
    .map((part) => (/^[a-z][A-Za-z]*$/.test(part) ? part.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase() : part))
    .join(', ');
}

function split(at: string): readonly [string, string] {
  const hash = at.indexOf('#');
  return hash < 0 ? [at, ''] : [at.slice(0, hash), at.slice(hash + 1)];
}

function placeInPaste(pointer: string): string {
  const line = /^\/line\/([1-9]\d*)$/.exec(pointer)?.[1];
  return line === undefined ? 'Your message' : `Your message, line ${line}`;
}

function resourceOf(path: string): string {
  const parts = path.split('/').filter(Boolean);
  const provider = parts.findLastIndex((part) => part.toLowerCase() === 'providers');
  // Pairs of type and name; an id that ends in a type is a list.
  const inner = provider < 0 ? parts : parts.slice(provider + 2);
  const own = inner[0]?.toLowerCase() === 'service' && inner.length > 2 ? inner.slice(2) : inner;
  if (own.length === 0) return path === '' ? 'Azure' : path;
  if (own === inner && inner[0]?.toLowerCase() === 'service') return `Service ${inner[1] ?? ''}`.trim();
  if (provider < 0 && own[0]?.toLowerCase() === 'subscriptions') return azureScope(own);
  return chain(own);
}

function azureScope(parts: readonly string[]): string {
  return parts[2]?.toLowerCase() === 'resourcegroups' ? `Resource group ${parts[3] ?? ''}`.trim() : 'Azure subscription';
}

function chain(parts: readonly string[]): string {
  const [type = '', name] = parts.slice(parts.length % 2 === 0 ? -2 : -1);
  const above = parts.slice(0, parts.length % 2 === 0 ? -2 : -1);
  const [one, many] = kinds[type.toLowerCase()] ?? [type, type];
  const whole = above.length === 0 ? '' : ` of ${inside(above)}`;
  if (name === undefined) return `${many}${whole}`;
  if (type.toLowerCase() === 'policies') return `${one}${whole}`;
  return `${one} ${name}${type.toLowerCase() === 'apis' && above.length > 0 ? ` in ${inside(above)}` : whole}`;
}

function inside(parts: readonly string[]): string {
  const words = chain(parts);
  return /^A(?:PI|zure)/.test(words) ? words : words.charAt(0).toLowerCase() + words.slice(1);
}
