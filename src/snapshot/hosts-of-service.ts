// The hosts of a service: where its gateway answers, and its other faces, which answer no API calls (field guide, G07).

import type { ServiceFace } from './facts-transport.ts';
import { list, record, text } from './from-arm.ts';
import type { ArmResource } from './ports.ts';

/** Default gateway hosts, national clouds included. */
export const defaultSuffixes = ['.azure-api.net', '.azure-api.us', '.azure-api.cn'] as const;

const faces: readonly (readonly [string, ServiceFace])[] = [
  ['.developer', 'developer-portal'],
  ['.portal', 'portal'],
  ['.management', 'management'],
  ['.scm', 'scm'],
  ['.configuration', 'configuration'],
];

const types: Readonly<Record<string, ServiceFace>> = {
  developerportal: 'developer-portal',
  portal: 'portal',
  management: 'management',
  scm: 'scm',
  configurationapi: 'configuration',
};

/** `contoso.developer.azure-api.net` taken apart; null for a host of no default form, or of a gateway. */
export function defaultFace(host: string): { readonly service: string; readonly face: ServiceFace } | null {
  const suffix = defaultSuffixes.find((one) => host.endsWith(one));
  const label = suffix === undefined ? '' : host.slice(0, -suffix.length);
  const found = faces.find(([end]) => label.endsWith(end));
  return found === undefined ? null : { service: label.slice(0, -found[0].length), face: found[1] };
}

/** The face of a service that a custom or default host is; null when it is none but perhaps the gateway. */
export function faceOf(resource: ArmResource, host: string): ServiceFace | null {
  const { properties } = resource;
  const custom = list(properties.hostnameConfigurations).find((entry) => (text(entry.hostName) ?? '').toLowerCase() === host);
  if (custom !== undefined) return types[(text(custom.type) ?? '').toLowerCase()] ?? null;
  const named: readonly (readonly [unknown, ServiceFace])[] = [
    [properties.developerPortalUrl, 'developer-portal'],
    [properties.portalUrl, 'portal'],
    [properties.managementApiUrl, 'management'],
    [properties.scmUrl, 'scm'],
    [record(properties.configurationApi).hostname, 'configuration'],
  ];
  const url = named.find(([value]) => URL.parse(text(value) ?? '')?.hostname.toLowerCase() === host);
  if (url !== undefined) return url[1];
  const standard = defaultFace(host);
  return standard !== null && standard.service === resource.name.toLowerCase() ? standard.face : null;
}
