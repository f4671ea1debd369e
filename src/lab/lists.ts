// Collections: filter, $top, $skip, `count` as the total, and an absolute nextLink.
import { type ArmAnswer, notFound, ok, providerError } from './arm-answer.ts';
import type { ArmRequest } from './arm-request.ts';
import { compileFilter, FilterError, type FilterValue } from './filter.ts';
import { type DraftObject, type Json, type JsonObject, objectOr, textOf } from './json.ts';
import { type Member, membersOf } from './links.ts';
import { nameOf, parentOf } from './resource.ts';
import { revisionBody, revisionsOf } from './revisions.ts';
import { comparableScope, fullId, relativeTo } from './scopes.ts';
import type { ServiceStore } from './store.ts';
import { bodyAt } from './views.ts';

const defaultPage = 100;
const subscriptionFields = ['name', 'displayname', 'statecomment', 'ownerid', 'scope', 'userid', 'productid', 'user', 'state'];

// The spec gives these lists no `count`.
const uncounted =
  'hostnameConfigurations certificateAuthorities settings wikis workspaceLinks authorizationProviders documentations portalRevisions policyRestrictions portalconfigs contentTypes contentItems'
    .toLowerCase()
    .split(' ');

function idForms(store: ServiceStore, id: Json | undefined): readonly FilterValue[] {
  if (typeof id !== 'string') return [null];
  const full = fullId(store.id, id);
  return [full, relativeTo(store.id, full) ?? full, nameOf(full)];
}

function scopeForms(store: ServiceStore, scope: Json | undefined): readonly FilterValue[] {
  return typeof scope === 'string' ? [fullId(store.id, scope), comparableScope(store.id, scope)] : [null];
}

function productForms(store: ServiceStore, scope: Json | undefined): readonly FilterValue[] {
  const relative = typeof scope === 'string' ? (relativeTo(store.id, scope) ?? scope) : '';
  return /\/products\/[^/]+$/i.test(relative) ? idForms(store, relative) : [null];
}

function fieldsOf(store: ServiceStore, member: Member, isSubscription: boolean): (field: string) => readonly FilterValue[] {
  const { properties } = member.entity;
  return (field) => {
    const name = field.toLowerCase();
    if (name === 'name' || name === 'id') return [nameOf(member.path)];
    if (isSubscription && name === 'scope') return scopeForms(store, properties.scope);
    if (isSubscription && name === 'productid') return productForms(store, properties.scope);
    if (name === 'ownerid' || name === 'userid' || (isSubscription && name === 'user')) return idForms(store, properties.ownerId);
    const value = valueAt(properties, name.split('/'));
    return [typeof value === 'object' || value === undefined ? null : value];
  };
}

function valueAt(properties: JsonObject, path: readonly string[]): Json | undefined {
  let value: Json | undefined = properties;
  for (const step of path) value = Object.entries(objectOr(value)).find(([key]) => key.toLowerCase() === step)?.[1];
  return value;
}

function whole(text: string | null, fallback: number): number {
  if (text === null) return fallback;
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

function nextLink(request: ArmRequest, top: string | null, skip: number): string {
  const parts: string[] = [];
  if (top !== null) parts.push(`%24top=${top}`);
  for (const [key, value] of request.query) {
    if (!/^\$(top|skip)$/i.test(key)) parts.push(`${encodeURIComponent(key)}=${encodeURIComponent(value)}`);
  }
  parts.push(`%24skip=${skip}`);
  return `${request.authority}${request.url.split('?')[0]}?${parts.join('&')}`;
}

/** Whether the last look into the vault went wrong: of a named value or a certificate. */
function hasFailed(properties: JsonObject): boolean {
  const code = textOf(objectOr(objectOr(properties.keyVault).lastStatus).code);
  return code !== null && code.toLowerCase() !== 'success';
}

/** GET of a collection. */
export function listAnswer(request: ArmRequest): ArmAnswer {
  const { store, query } = request;
  const collection = request.segments.join('/');
  const parent = parentOf(`${collection}/x`);
  if (parent !== '' && store.find(parent) === null) return notFound(request.segments.at(-3) ?? '');
  const [top, skip] = [whole(query.get('$top'), defaultPage), whole(query.get('$skip'), 0)];
  if (Number.isNaN(top) || top < 1) return providerError(400, 'ValidationError', "Query parameter '$top' must be a positive integer.");
  if (Number.isNaN(skip)) return providerError(400, 'ValidationError', "Query parameter '$skip' must be a non-negative integer.");

  const isRevisions = /(^|\/)apis\/[^/]+\/revisions$/i.test(collection);
  let members = isRevisions ? revisionsOf(store, parent) : membersOf(store, collection);
  const clause = query.get('$filter');
  if (clause !== null && clause.trim() !== '') {
    const isSubscription = request.segments.at(-1)?.toLowerCase() === 'subscriptions';
    try {
      const test = compileFilter(clause, (field, operator) => {
        if (!isSubscription) return true;
        const name = field.toLowerCase();
        return subscriptionFields.includes(name) && (name !== 'state' || operator === 'eq');
      });
      members = members.filter((member) => test(fieldsOf(store, member, isSubscription)));
    } catch (error) {
      if (error instanceof FilterError) return providerError(400, 'ValidationError', `Invalid filter clause specified. ${error.message}`);
      throw error;
    }
  }
  if (query.get('isKeyVaultRefreshFailed') === 'true') members = members.filter(({ entity }) => hasFailed(entity.properties));
  const page = members.slice(skip, skip + top);
  const body: DraftObject = {
    value: page.map((member) => {
      if (isRevisions) return revisionBody(store, member.entity);
      return bodyAt(store, member.path, member.entity, 'listed', query.get('format') ?? 'xml');
    }),
  };
  if (!uncounted.includes(request.segments.at(-1)?.toLowerCase() ?? '')) body.count = members.length;
  if (skip + page.length < members.length) body.nextLink = nextLink(request, query.get('$top'), skip + page.length);
  return ok(body);
}
