// Which configured service a paste is about: by the called host, by the key when no host is given, or because there is only one.
// The pasted host is only compared; nothing from a paste is ever called.
import { type HostKind, hostKind } from '../symptom/hosts.ts';
import type { Symptom } from '../symptom/symptom.ts';
import type { Collecting, Question } from './collecting.ts';
import type { KeySearchResult } from './find-key.ts';
import { toService } from './from-arm.ts';
import { defaultSuffixes, faceOf } from './hosts-of-service.ts';
import { selfHostedHosts, serviceResource } from './service-resource.ts';
import type { Reading, Unreadable } from './snapshot.ts';

const loopback = ['localhost', '127.0.0.1', '[::1]', '::1'];
/** Senders whose addresses are never a gateway's. */
const elsewhere: readonly HostKind[] = ['azure-ai', 'arm', 'other-product'];
/** Hosts of a service that are not its gateway. */
const otherFaces = ['.portal', '.developer', '.management', '.scm', '.configuration'];

export async function resolveService(
  question: Question,
  locateKeyIn: (serviceId: string) => Promise<Reading<KeySearchResult>>,
  once: Collecting['once'],
): Promise<Reading<string>> {
  const { symptom, services, localHosts } = question;
  const [only, ...more] = services;
  if (only === undefined) return none('No API Management service is configured.');
  const host = symptom.host;

  if (host === null) {
    if (more.length === 0) return { status: 'read', value: only };
    // The key of an AI account is no subscription's: looking for it in every service would cost and find nothing.
    if (symptom.layer === 'azure-ai') return none('The paste names no host, and an AI service answered, not a gateway.');
    return byKey(question, locateKeyIn);
  }
  if (localHosts && isLoopback(host)) {
    return more.length === 0
      ? { status: 'read', value: only }
      : none('Several practice services run here, and localhost names none of them.');
  }
  // A realm names the host that the gateway knows; the called one can belong to a front door before it.
  const hosts = [host, symptom.realmHost].filter((one) => one !== null && one !== undefined);
  const named = services.find((id) => hosts.some((one) => isDefaultHost(one, nameOf(id))));
  if (named !== undefined) return { status: 'read', value: named };
  // An address of Azure AI, of Azure's management API or of another product is nobody's gateway: nothing has to be read to know it.
  if (hosts.every((one) => elsewhere.includes(hostKind(one)))) return none(`The host ${host} belongs to none of the configured services.`);
  return byHostName(question, hosts, once);
}

export function isLoopback(host: string): boolean {
  return loopback.includes(host);
}

/** A host that API Management gives: whose service it is stands in its name. */
export function isDefaultGatewayHost(host: string): boolean {
  return defaultSuffixes.some((suffix) => host.endsWith(suffix)) && !otherFaces.some((face) => host.includes(`${face}.`));
}

// `contoso.azure-api.net` and `contoso-westeurope-01.regional.azure-api.net`: the name says whose it is, so nothing has to be read.
function isDefaultHost(host: string, name: string): boolean {
  const suffix = defaultSuffixes.find((one) => host.endsWith(one));
  if (suffix === undefined) return false;
  const label = host.slice(0, -suffix.length);
  if (otherFaces.some((face) => label.endsWith(face))) return false;
  const own = name.toLowerCase();
  return label === own || (label.endsWith('.regional') && label.startsWith(`${own}-`));
}

async function byHostName(question: Question, hosts: readonly string[], once: Collecting['once']): Promise<Reading<string>> {
  const { services, symptom } = question;
  const shared = { question, once };
  const answers = await Promise.all(services.map(async (id) => ({ id, got: await serviceResource(shared, id) })));
  const match = answers.find(({ got }) => got.status === 'read' && toService(got.value).gatewayHosts.some((one) => hosts.includes(one)));
  if (match !== undefined) return { status: 'read', value: match.id };
  const otherFace = answers.some(({ got }) => got.status === 'read' && hosts.some((host) => faceOf(got.value, host) !== null));
  const selfHosted = otherFace ? null : await bySelfHostedGateway(shared, hosts);
  if (selfHosted !== null) return { status: 'read', value: selfHosted };
  const unread = answers.map(({ got }) => got).find((got) => got.status === 'unreadable' && got.reason !== 'not-found');
  return (unread as Unreadable | undefined) ?? none(`The host ${symptom.host ?? ''} belongs to none of the configured services.`);
}

/** A gateway of one's own answers under hosts of its own; where the words name one and there is one service, it is of that. */
async function bySelfHostedGateway(shared: Pick<Collecting, 'question' | 'once'>, hosts: readonly string[]): Promise<string | null> {
  const { services, symptom } = shared.question;
  if (hosts.some((host) => defaultSuffixes.some((suffix) => host.endsWith(suffix)))) return null;
  const answers = await Promise.all(services.map(async (id) => ({ id, gateways: await selfHostedHosts(shared, id) })));
  const having = answers.flatMap(({ id, gateways }) => (gateways.status === 'read' && gateways.value.length > 0 ? [{ id, gateways }] : []));
  const match = having.find(({ gateways }) => gateways.value.some((one) => one.hosts.some((host) => hosts.includes(host))));
  if (match !== undefined) return match.id;
  // API Management's own 404 under a host that nobody configured: a gateway of one's own may well have given it.
  const told = symptom.told.some(({ what }) => what === 'self-hosted-gateway') || isGateway404(symptom);
  return told && services.length === 1 ? (having[0]?.id ?? null) : null;
}

function isGateway404({ layer, code, message }: Symptom): boolean {
  return layer === 'not-a-401' && code === 'not-found' && /^Resource not found\.?$/i.test(message ?? '');
}

async function byKey(question: Question, locateKeyIn: (serviceId: string) => Promise<Reading<KeySearchResult>>): Promise<Reading<string>> {
  const many = `The paste names no host, and ${question.services.length} services are configured`;
  if (question.key === null) return none(`${many}: say which one, or paste the whole response with its headers.`);
  const answers = await Promise.all(question.services.map(async (id) => ({ id, found: await locateKeyIn(id) })));
  const having = answers.filter(({ found }) => found.status === 'read' && found.value.matches.length > 0);
  const [first, ...others] = having;
  if (first !== undefined && others.length === 0) return { status: 'read', value: first.id };
  if (others.length > 0)
    return none(`${many}; a key that starts like this is in ${having.map(({ id }) => nameOf(id)).join(' and ')}: say which one is meant.`);
  const unread = answers.map(({ found }) => found).find((found) => found.status === 'unreadable');
  return (unread as Unreadable | undefined) ?? none(`${many}; none of them has this key.`);
}

function none(says: string): Unreadable {
  return { status: 'unreadable', reason: 'no-service', at: '', action: null, says };
}

/** The name of a service, or of any resource, from its ARM id. */
export function nameOf(armId: string): string {
  return armId.split('/').at(-1) ?? '';
}
