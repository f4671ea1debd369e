// The statements that run for a call: operation, API, product, workspace and service, joined where each says `<base />`.
import type { Route } from './gateway-routing.ts';
import { apiName } from './links.ts';
import { type PolicyElement, readPolicyXml } from './policy-xml.ts';
import type { Resource } from './resource.ts';
import type { ServiceStore } from './store.ts';

export type Section = 'inbound' | 'backend' | 'outbound' | 'on-error';

export interface PolicyPlace {
  readonly store: ServiceStore;
  /** Null when no API was found: only the service's own policy runs. */
  readonly route: Route | null;
  /** The product that let the call in: that of the key, or an open one. */
  readonly product: Resource | null;
}

/** A statement, and the scope whose policy has it: '' for the service, `apis/echo/`. */
export interface Statement extends PolicyElement {
  readonly scope: string;
  readonly children: readonly Statement[];
}

// Reading XML is the dear part; properties are replaced, never changed, when a policy is written.
const parsed = new WeakMap<object, PolicyElement | null>();

/** The document that a policy or fragment resource holds, or null. */
function documentAt(store: ServiceStore, path: string): PolicyElement | null {
  const resource = store.find(path);
  if (!resource || !store.hasPropagated(resource.path)) return null;
  const { properties } = resource;
  const known = parsed.get(properties);
  if (known !== undefined) return known;
  // ARM refuses a document that is not XML, so no real gateway ever meets one. Estates may hold one: here it counts as no policy at all.
  const root = readPolicyXml(String(properties.value ?? ''), String(properties.format ?? 'xml'));
  parsed.set(properties, root);
  return root;
}

/** Scopes from the innermost out. A revision has policies of its own. */
function scopesOf({ route, product }: PolicyPlace): readonly string[] {
  if (route === null) return [''];
  const workspace = route.workspace === '' ? [] : [route.workspace];
  const own = [...(route.operation ? [route.operation.path] : []), route.api.path, ...(product ? [product.path] : [])];
  return [...own.map((path) => `${path}/`), ...workspace, ''];
}

/** A fragment's statements. A workspace has fragments of its own and cannot use the service's. */
function fragment({ store, route }: PolicyPlace, id: string): readonly PolicyElement[] {
  return documentAt(store, `${route?.workspace ?? ''}policyFragments/${id}`)?.children ?? [];
}

/** Fills in fragments, also inside `choose` and the like. A fragment that includes itself ends the search. */
function filled(
  place: PolicyPlace,
  scope: string,
  statements: readonly PolicyElement[],
  seen: readonly string[] = [],
): readonly Statement[] {
  return statements.flatMap((statement) => {
    if (statement.name !== 'include-fragment') return [{ ...statement, scope, children: filled(place, scope, statement.children, seen) }];
    const id = (statement.attributes['fragment-id'] ?? '').toLowerCase();
    return seen.includes(id) ? [] : filled(place, scope, fragment(place, id), [...seen, id]);
  });
}

/**
 * The statements of one section in the order in which they run.
 * A scope without a policy hands on to the next; a section without `<base />`, and one that is left out, ends there.
 * (No source says what a section that is left out does; it has no `<base />` either.)
 */
export function statementsOf(place: PolicyPlace, section: Section): readonly Statement[] {
  const scopes = scopesOf(place);
  function from(index: number): readonly Statement[] {
    const scope = scopes[index];
    if (scope === undefined) return [];
    const root = documentAt(place.store, `${scope}policies/policy`);
    if (root === null) return from(index + 1);
    const found = root.children.find((child) => child.name === section);
    return filled(place, scope, found?.children ?? []).flatMap((statement) => (statement.name === 'base' ? from(index + 1) : [statement]));
  }
  return from(0);
}

/** Puts the values of named values, which policies call by their display names, in place of `{{name}}`. */
export function withNamedValues({ store, route }: PolicyPlace, text: string): string {
  return text.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (whole, name: string) => {
    const named = store
      .list(`${route?.workspace ?? ''}namedValues`)
      .find(({ properties }) => String(properties.displayName).toLowerCase() === name.toLowerCase());
    const value = named?.properties.value;
    return typeof value === 'string' ? value : whole;
  });
}

/** Whether the `<api>` or `<operation>` in a limit means this entity. */
export function isNamed(element: PolicyElement, entity: Resource | null): boolean {
  if (entity === null) return false;
  const { id, name } = element.attributes;
  const own = apiName(entity.path).split('/').at(-1) ?? '';
  if (id !== undefined) return id.toLowerCase() === own.toLowerCase();
  return name !== undefined && name === entity.properties.displayName;
}
