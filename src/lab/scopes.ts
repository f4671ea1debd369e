// Subscription scopes: relative and full forms, and what the wire accepts.

/** The part of a scope or id after the service's own id, in its own letter case; '' for the service itself; null when it lies elsewhere. */
export function relativeTo(service: string, id: string): string | null {
  if (id.toLowerCase() === service.toLowerCase()) return '';
  if (id.toLowerCase().startsWith(`${service.toLowerCase()}/`)) return id.slice(service.length);
  return null;
}

/** Relative scopes, owners and ids become full ARM ids; what is full already, or not a path, stays as it is. */
export function fullId(service: string, id: string): string {
  return /^\/(apis|products|users|workspaces)(\/|;|$)/i.test(id) ? `${service}${id}` : id;
}

/** A scope as reads show it: the forms that API Management knows become full ids, the service itself ends in a slash. */
export function fullScope(service: string, scope: string): string {
  if (scope === '/' || scope.toLowerCase() === service.toLowerCase()) return `${service}/`;
  return fullId(service, scope);
}

/** The form in which two scopes are compared: relative when inside the service, in small letters, the service itself as `/`. */
export function comparableScope(service: string, scope: string): string {
  const relative = relativeTo(service, scope) ?? scope;
  return relative === '' ? '/' : relative.toLowerCase();
}

const legal = /^\/?$|^(\/workspaces\/[^/]+)?(\/apis|\/apis\/[^/]+|\/products\/[^/]+)$/i;
// Seen on real services: ARM stores a doubled ARM id under /apis/ without a word, and every call with such a key is refused.
const slipsThrough = /^\/apis\/\/subscriptions\/.+\/apis\/[^/]+$/i;

/** Whether ARM would accept the scope of a PUT or PATCH. `/apis/X;rev=N` passes, as it does in reality. */
export function isAcceptedScope(service: string, scope: string): boolean {
  if (scope === '') return false;
  const relative = relativeTo(service, scope) ?? scope;
  return legal.test(relative) || slipsThrough.test(relative);
}
