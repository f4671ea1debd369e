// Facts about the way of a call to its API: the host, the gateway, the paths and versions that a service serves.
import type { ApiFact, OperationFact, PresetRequest, ProductFact } from './snapshot.ts';

/** Another address of a service, which answers no API calls. */
export type ServiceFace = 'developer-portal' | 'portal' | 'management' | 'scm' | 'configuration';

/** Whose the called host is. */
export interface HostOwnerFact {
  readonly host: string;
  /** `gateway`: it serves APIs; `other-cloud`: the service's name under another cloud's suffix; `nobody`: no configured service has it. */
  readonly face: 'gateway' | 'self-hosted-gateway' | 'other-cloud' | 'nobody' | ServiceFace;
  /** ARM id of the service, or null for `nobody`. */
  readonly service: string | null;
  /** Hosts under which that service's gateway answers; those of the nearest name for `nobody`. */
  readonly gatewayHosts: readonly string[];
  /** For `nobody`: the configured service whose name differs by a letter or two, else null. */
  readonly near: string | null;
  /** ARM id of what was compared with. */
  readonly at: string;
}

export interface VersionSetFact {
  readonly armId: string;
  readonly name: string;
  readonly displayName: string;
  /** Lower case. */
  readonly scheme: 'segment' | 'query' | 'header';
  /** The query parameter or header that carries the version; null for `segment`. */
  readonly carrier: string | null;
}

export interface RevisionsFact {
  readonly at: string;
  /** N of `;rev=N` in the called path; null when none was asked for. */
  readonly asked: string | null;
  readonly known: readonly string[];
}

export interface SelfHostedGatewayFact {
  readonly armId: string;
  readonly name: string;
  /** Lower case. */
  readonly hosts: readonly string[];
  /** Names of the APIs that are assigned to it, without revision. */
  readonly apis: readonly string[];
}

export interface SelfHostedFact {
  readonly at: string;
  readonly gateways: readonly SelfHostedGatewayFact[];
  /** The one that the paste is about: by its host, by its name in the words, or because there is only one; null when that is not certain. */
  readonly called: SelfHostedGatewayFact | null;
}

/** An API with the called path at another configured service. */
export interface ElsewhereFact {
  readonly service: string;
  readonly gatewayHosts: readonly string[];
  readonly api: ApiFact;
}

/** The operations of an API whose path is the beginning of the called one too. */
export interface RivalFact {
  readonly api: ApiFact;
  /** The operation that the called method and path would be there; null when there is none. */
  readonly operation: OperationFact | null;
}

export interface TransportFacts {
  /** The APIs whose path begins like the called one: the called API, its versions, those whose paths overlap with it. */
  readonly apiFamily: readonly ApiFact[];
  /** Empty when no API of the family has versions. */
  readonly versionSets: readonly VersionSetFact[];
  readonly revisions: RevisionsFact;
  /** All products of the service. */
  readonly products: readonly ProductFact[];
  /** The same, but only looked for when the paste is about subscribing in the developer portal. */
  readonly portalProducts: readonly ProductFact[];
  /** APIs of the family that the key opens, when it does not open the called one; empty when it does or no single one has it. */
  readonly openedByKey: readonly ApiFact[];
  readonly hostOwner: HostOwnerFact;
  readonly selfHosted: SelfHostedFact;
  /** Only looked for when no API of the called service has the path. */
  readonly apiElsewhere: readonly ElsewhereFact[];
  /** Only looked for after a 404, when no operation of the called API fits. */
  readonly rivals: readonly RivalFact[];
  /** As presetRequests, for query parameters. */
  readonly presetQueryRequests: readonly PresetRequest[];
}
