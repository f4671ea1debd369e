// The service resource itself: what ARM shows beside the properties that an estate gives.
import { type DraftObject, isArray, isObject, type Json, type JsonObject, objectOr } from './json.ts';
import { type Resource, rawEtagOf } from './resource.ts';

const year = 365 * 24 * 3600 * 1000;

/** Completes the properties of a service: addresses, hostnames and state by its name. */
export function serviceProperties(given: JsonObject, name: string, now: number): JsonObject {
  const standard = `${name}.azure-api.net`;
  const hostnames = isArray(given.hostnameConfigurations) ? given.hostnameConfigurations : [];
  const named = hostnames.some((entry) => isObject(entry) && String(entry.hostName).toLowerCase() === standard.toLowerCase());
  const first: Json = { type: 'Proxy', hostName: standard, negotiateClientCertificate: false, defaultSslBinding: true };
  const defaults: DraftObject = {
    publisherEmail: 'owner@example.com',
    publisherName: name,
    notificationSenderEmail: 'apimgmt-noreply@mail.windowsazure.com',
    provisioningState: 'Succeeded',
    targetProvisioningState: '',
    createdAtUtc: new Date(now - year).toISOString(),
    gatewayUrl: `https://${standard}`,
    gatewayRegionalUrl: null,
    portalUrl: null,
    developerPortalUrl: `https://${name}.developer.azure-api.net`,
    managementApiUrl: `https://${name}.management.azure-api.net`,
    scmUrl: null,
    hostnameConfigurations: [],
    publicIPAddresses: null,
    privateIPAddresses: null,
    additionalLocations: null,
    virtualNetworkConfiguration: null,
    customProperties: null,
    virtualNetworkType: 'None',
    certificates: null,
    disableGateway: false,
    apiVersionConstraint: { minApiVersion: null },
  };
  return { ...defaults, ...given, hostnameConfigurations: named ? hostnames : [first, ...hostnames] };
}

/** The service as GET and lists show it, in ARM's key order. */
export function serviceBody(id: string, resource: Resource): JsonObject {
  const { tags, location, sku, identity, ...rest } = resource.top;
  return {
    id,
    name: id.slice(id.lastIndexOf('/') + 1),
    type: 'Microsoft.ApiManagement/service',
    tags: objectOr(tags),
    location: location ?? 'West Europe',
    etag: rawEtagOf(resource),
    properties: resource.properties,
    sku: sku ?? { name: 'Developer', capacity: 1 },
    identity: identity ?? null,
    ...rest,
  };
}
