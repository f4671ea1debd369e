// POST actions on entities: listSecrets and what else hands out or changes a secret.
import { type ArmAnswer, empty, methodNotAllowed, notFound, ok, providerError } from './arm-answer.ts';
import type { ArmRequest } from './arm-request.ts';
import type { JsonObject } from './json.ts';
import { etagOf, type Resource } from './resource.ts';
import { newKey } from './shapes.ts';
import { bodyAt } from './views.ts';

type Action = (request: ArmRequest, entity: Resource) => ArmAnswer;

function pick(entity: Resource, fields: readonly string[]): JsonObject {
  return Object.fromEntries(fields.map((field) => [field, entity.properties[field] ?? null]));
}

function regenerate(field: string): Action {
  return (request, entity) => {
    entity.properties = { ...entity.properties, [field]: newKey() };
    request.store.touch(entity);
    return empty(204);
  };
}

function refreshSecret(request: ArmRequest, entity: Resource): ArmAnswer {
  const { keyVault } = entity.properties;
  if (typeof keyVault !== 'object' || keyVault === null || Array.isArray(keyVault)) {
    return providerError(400, 'ValidationError', 'Only a Key Vault backed entity can be refreshed.');
  }
  const lastStatus = { code: 'Success', timeStampUtc: new Date(request.store.clock.now()).toISOString() };
  entity.properties = { ...entity.properties, keyVault: { ...keyVault, lastStatus } };
  request.store.touch(entity);
  return ok(bodyAt(request.store, entity.path, entity, 'one'), etagOf(entity));
}

const actions: Readonly<Record<string, Action>> = {
  'subscriptions/listsecrets': (_, entity) => ok(pick(entity, ['primaryKey', 'secondaryKey']), etagOf(entity)),
  'subscriptions/regenerateprimarykey': regenerate('primaryKey'),
  'subscriptions/regeneratesecondarykey': regenerate('secondaryKey'),
  'namedvalues/listvalue': (_, entity) => ok(pick(entity, ['value']), etagOf(entity)),
  'namedvalues/refreshsecret': refreshSecret,
  'authorizationservers/listsecrets': (_, entity) => ok(pick(entity, ['clientSecret']), etagOf(entity)),
  'identityproviders/listsecrets': (_, entity) => ok(pick(entity, ['clientSecret']), etagOf(entity)),
  'openidconnectproviders/listsecrets': (_, entity) => ok(pick(entity, ['clientSecret']), etagOf(entity)),
};

/** POST on an entity; null when there is no such action. */
export function actionAnswer(request: ArmRequest): ArmAnswer | null {
  const [type, , name] = request.segments.slice(-3);
  const action = actions[`${type}/${name}`.toLowerCase()];
  if (!action) return null;
  if (request.method !== 'POST') return methodNotAllowed(request.method);
  // No body is asked for, but `null` is refused: seen with clients that send their empty parameters as JSON.
  if (request.bodyText.trim() !== '' && !request.bodyText.trim().startsWith('{')) {
    return providerError(400, 'ValidationError', 'Request payload must contain JSON object.');
  }
  const entity = request.store.find(request.segments.slice(0, -1).join('/'));
  return entity === null ? notFound(type ?? '') : action(request, entity);
}
