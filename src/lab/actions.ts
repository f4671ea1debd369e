// POST actions on entities: listSecrets and what else hands out or changes a secret.
import { type ArmAnswer, empty, methodNotAllowed, notFound, ok, providerError } from './arm-answer.ts';
import type { ArmRequest } from './arm-request.ts';
import { generateGatewayToken, listGatewayKeys, regenerateGatewayKey } from './gateway-secrets.ts';
import { isObject, type JsonObject, textOf } from './json.ts';
import { startOperation } from './operations.ts';
import { bodyOf, etagOf, nameOf, type Resource } from './resource.ts';
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

/** A vault that refused the last time refuses again: nothing has changed there. Everything else succeeds. */
function readVault(request: ArmRequest, entity: Resource): boolean {
  const { keyVault } = entity.properties;
  if (!isObject(keyVault)) return false;
  const last = isObject(keyVault.lastStatus) ? keyVault.lastStatus : {};
  const isRefused = ['forbidden', 'notfound'].includes((textOf(last.code) ?? '').toLowerCase());
  const timeStampUtc = new Date(request.store.clock.now()).toISOString();
  const lastStatus = isRefused ? { ...last, timeStampUtc } : { code: 'Success', timeStampUtc };
  entity.properties = { ...entity.properties, keyVault: { ...keyVault, lastStatus } };
  request.store.touch(entity);
  return true;
}

function shown(request: ArmRequest, entity: Resource): ArmAnswer {
  return ok(bodyAt(request.store, entity.path, entity, 'one'), etagOf(entity));
}

const notInVault = (): ArmAnswer => providerError(400, 'ValidationError', 'Only a Key Vault backed entity can be refreshed.');

/** Long-running for named values, at once for certificates: so says the spec. */
function refreshNamedValue(request: ArmRequest, entity: Resource): ArmAnswer {
  return readVault(request, entity) ? startOperation(request, () => shown(request, entity)) : notInVault();
}

function refreshCertificate(request: ArmRequest, entity: Resource): ArmAnswer {
  return readVault(request, entity) ? shown(request, entity) : notInVault();
}

/** The policies that include a fragment. */
function listReferences({ store }: ArmRequest, entity: Resource): ArmAnswer {
  const name = nameOf(entity.path).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const included = new RegExp(`<include-fragment\\s[^>]*fragment-id\\s*=\\s*["']${name}["']`, 'i');
  const value = store
    .all()
    .filter(({ path }) => /(^|\/)(policies\/policy|policyFragments\/[^/]+)$/i.test(path))
    .filter(({ properties }) => included.test(textOf(properties.value) ?? ''))
    .map(({ path }) => {
      const { properties: _, ...reference } = bodyOf(store.id, path, {});
      return reference;
    });
  return ok({ value, count: value.length });
}

function loginLinks({ store }: ArmRequest, entity: Resource): ArmAnswer {
  return ok({ loginLink: `https://authorization-manager.consent.azure-apim.net/login?data=${store.name}-${nameOf(entity.path)}` });
}

const actions: Readonly<Record<string, Action>> = {
  'subscriptions/listsecrets': (_, entity) => ok(pick(entity, ['primaryKey', 'secondaryKey']), etagOf(entity)),
  'subscriptions/regenerateprimarykey': regenerate('primaryKey'),
  'subscriptions/regeneratesecondarykey': regenerate('secondaryKey'),
  'namedvalues/listvalue': (_, entity) => ok(pick(entity, ['value']), etagOf(entity)),
  'namedvalues/refreshsecret': refreshNamedValue,
  'certificates/refreshsecret': refreshCertificate,
  'policyfragments/listreferences': listReferences,
  'gateways/listkeys': listGatewayKeys,
  'gateways/regeneratekey': regenerateGatewayKey,
  'gateways/generatetoken': generateGatewayToken,
  'backends/reconnect': () => ({ status: 202, body: null }),
  'authorizations/getloginlinks': loginLinks,
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
