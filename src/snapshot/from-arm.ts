// ARM's shapes -> facts. Tolerant: only the fields that a fact needs, each checked, nothing else passed on.
import { redact } from '../symptom/redact.ts';
import type { KeyHasher } from '../symptom/symptom.ts';
import type { ArmResource } from './ports.ts';
import { readScope } from './scope.ts';
import type { ApiFact, OperationFact, ParameterFact, ProductFact, ServiceFact, SubscriptionFact } from './snapshot.ts';

/** Names that the gateway reads a key from when the API has none of its own [D, api-management-subscriptions]. */
export const defaultKeyNames = { header: 'Ocp-Apim-Subscription-Key', query: 'subscription-key' } as const;

export function toService(resource: ArmResource): ServiceFact {
  const { properties, envelope } = resource;
  // National clouds have suffixes of their own; without an address of its own a service is taken for one of the public cloud.
  const gateway = hostOf(properties.gatewayUrl);
  const abroad = gateway !== null && /\.azure-api\.(?:us|cn)$/i.test(gateway);
  const hosts = [
    abroad ? null : `${resource.name}.azure-api.net`,
    gateway,
    hostOf(properties.gatewayRegionalUrl),
    ...list(properties.additionalLocations).map((place) => hostOf(place.gatewayRegionalUrl)),
    ...list(properties.hostnameConfigurations)
      .filter((entry) => entry.type === 'Proxy')
      .map((entry) => text(entry.hostName)),
  ];
  return {
    armId: resource.id,
    name: resource.name,
    location: text(envelope.location),
    sku: text(record(envelope.sku).name),
    provisioningState: text(properties.provisioningState),
    createdAt: text(properties.createdAtUtc),
    gatewayDisabled: properties.disableGateway === true,
    additionalLocations: list(properties.additionalLocations).map((place) => ({
      location: text(place.location) ?? '',
      host: hostOf(place.gatewayRegionalUrl)?.toLowerCase() ?? null,
      gatewayDisabled: place.disableGateway === true,
    })),
    clientCertificates: certificateHosts(resource),
    identity: identityOf(envelope.identity),
    gatewayHosts: [...new Set(hosts.filter((host) => host !== null).map((host) => host.toLowerCase()))],
    tags: Object.fromEntries(
      Object.entries(record(envelope.tags)).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
    ),
  };
}

/** `enableClientCertificate` is the Consumption tier's; the others have it for each custom host name. */
function certificateHosts({ name, properties, envelope }: ArmResource): ServiceFact['clientCertificates'] {
  const consumption = text(record(envelope.sku).name) === 'Consumption';
  const own = list(properties.hostnameConfigurations).map((entry, index) => ({
    host: (text(entry.hostName) ?? '').toLowerCase(),
    asked: entry.negotiateClientCertificate === true,
    proxy: entry.type === undefined || entry.type === 'Proxy',
    at: `/properties/hostnameConfigurations/${index}/negotiateClientCertificate`,
  }));
  const hosts = own.filter(({ proxy, host }) => proxy && host !== '').map(({ host, asked, at }) => ({ host, asked, at }));
  const whole = {
    host: `${name}.azure-api.net`,
    asked: properties.enableClientCertificate === true,
    at: '/properties/enableClientCertificate',
  };
  return consumption ? [whole] : hosts;
}

function identityOf(value: unknown): ServiceFact['identity'] {
  const { type, principalId, userAssignedIdentities } = record(value);
  return {
    type: text(type) ?? 'None',
    principalId: text(principalId),
    userAssigned: Object.entries(record(userAssignedIdentities)).map(([armId, one]) => ({
      armId,
      clientId: text(record(one).clientId),
      principalId: text(record(one).principalId),
    })),
  };
}

function signInOf(settings: unknown): readonly string[] {
  return Object.entries(record(settings)).flatMap(([name, value]) =>
    value === null || value === undefined || (Array.isArray(value) && value.length === 0)
      ? []
      : [name.replace(/AuthenticationSettings$/, '')],
  );
}

export function toApi(resource: ArmResource): ApiFact {
  const { properties } = resource;
  const names = record(properties.subscriptionKeyParameterNames);
  return {
    armId: resource.id,
    name: withoutRevision(resource.name),
    displayName: text(properties.displayName) ?? resource.name,
    path: (text(properties.path) ?? '').replace(/^\/+|\/+$/g, ''),
    version: text(properties.apiVersion),
    // The spec has no default in the answer; a service that leaves it out asks for a key.
    subscriptionRequired: properties.subscriptionRequired !== false,
    signIn: signInOf(properties.authenticationSettings),
    keyNamesSet: Object.keys(names).length > 0,
    keyNames: { header: text(names.header) ?? defaultKeyNames.header, query: text(names.query) ?? defaultKeyNames.query },
    serviceUrl: text(properties.serviceUrl) === null ? null : redact(text(properties.serviceUrl) ?? ''),
    versionSet: nameIn(text(properties.apiVersionSetId)),
    isCurrent: properties.isCurrent !== false && !/;rev=/i.test(resource.name),
  };
}

function nameIn(armId: string | null): string | null {
  return armId?.split('/').at(-1) ?? null;
}

export function toProduct(resource: ArmResource): ProductFact {
  const { properties } = resource;
  return {
    // Listed under an API, ARM gives it an id below that API, under which it has no policies.
    armId: resource.id.replace(/\/apis\/[^/]+(?=\/products\/[^/]+$)/i, ''),
    name: resource.name,
    displayName: text(properties.displayName) ?? resource.name,
    state: text(properties.state),
    subscriptionRequired: properties.subscriptionRequired !== false,
    approvalRequired: properties.approvalRequired === true,
  };
}

export function toSubscription(resource: ArmResource, serviceId: string): SubscriptionFact {
  const { properties } = resource;
  const scope = text(properties.scope) ?? '';
  return {
    armId: resource.id,
    name: resource.name,
    displayName: text(properties.displayName),
    state: (text(properties.state) ?? '').toLowerCase(),
    stateComment: text(properties.stateComment),
    scope,
    target: readScope(scope, serviceId),
    createdDate: text(properties.createdDate),
    ownerId: text(properties.ownerId),
    builtIn: resource.name.toLowerCase() === 'master',
  };
}

/** `request` may be missing: ARM leaves it out of list items (recordings, test_apim_api_operation). */
export function toOperation(resource: ArmResource, hash: KeyHasher): OperationFact {
  const { properties } = resource;
  const request = record(properties.request);
  return {
    armId: resource.id,
    name: resource.name,
    displayName: text(properties.displayName) ?? resource.name,
    method: (text(properties.method) ?? '').toUpperCase(),
    urlTemplate: text(properties.urlTemplate) ?? '',
    headers: list(request.headers).map((entry) => toParameter(entry, hash)),
    queryParameters: list(request.queryParameters).map((entry) => toParameter(entry, hash)),
  };
}

function toParameter(entry: Readonly<Record<string, unknown>>, hash: KeyHasher): ParameterFact {
  const value = presetValue(entry);
  return {
    name: text(entry.name) ?? '',
    shown: value === null ? null : beginning(value),
    fingerprint: value === null ? null : hash(value),
  };
}

/** The value that a console fills in: the default, else the first listed one. */
export function presetValue(entry: Readonly<Record<string, unknown>>): string | null {
  const values = Array.isArray(entry.values) ? entry.values : [];
  for (const candidate of [entry.defaultValue, ...values]) {
    if (typeof candidate === 'string' && candidate.trim() !== '') return candidate;
  }
  return null;
}

/** At most four characters of a secret, and never all of it. */
export function beginning(secret: string): string {
  return `${secret.slice(0, Math.min(4, Math.floor(secret.length / 2)))}…`;
}

export function withoutRevision(name: string): string {
  return name.replace(/;rev=.*$/i, '');
}

export function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

export function list(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(record) : [];
}

function hostOf(value: unknown): string | null {
  return URL.parse(text(value) ?? '')?.hostname ?? null;
}
