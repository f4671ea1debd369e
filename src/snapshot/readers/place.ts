// Where the call went: whose host it was, which gateways of one's own there are, whether another service has the path.
import { type Collecting, type ReadersOf, read, unreadable } from '../collecting.ts';
import type { ElsewhereFact, HostOwnerFact, SelfHostedFact, SelfHostedGatewayFact } from '../facts-transport.ts';
import { findApi } from '../find-api.ts';
import { toService, withoutRevision } from '../from-arm.ts';
import { defaultFace, defaultSuffixes, faceOf } from '../hosts-of-service.ts';
import type { ArmResource } from '../ports.ts';
import { isLoopback, nameOf } from '../resolve-service.ts';

import { selfHostedHosts, serviceResource } from '../service-resource.ts';
import type { Reading } from '../snapshot.ts';
import { readFamily } from './family.ts';

/** Gateways of one service whose APIs are read. */
const mostGateways = 5;
const mostServices = 5;

export function placeReaders(collecting: Collecting): ReadersOf<'hostOwner' | 'selfHosted' | 'apiElsewhere'> {
  return {
    hostOwner: () => readOwner(collecting),
    selfHosted: () => collecting.withService((id) => readSelfHosted(collecting, id)),
    apiElsewhere: () => readElsewhere(collecting),
  };
}

async function readOwner(collecting: Collecting): Promise<Reading<HostOwnerFact>> {
  const { question, withService } = collecting;
  const { symptom, services } = question;
  const host = symptom.host;
  if (host === null) return unreadable('not-given', 'The paste does not say which host was called.');

  const own = await withService((id) => serviceResource(collecting, id));
  if (own.status === 'read') return ownedBy(collecting, own.value, host);
  if (own.reason !== 'no-service') return own;

  const answers = await Promise.all(services.slice(0, mostServices).map((id) => serviceResource(collecting, id)));
  for (const answer of answers) {
    if (answer.status === 'unreadable') continue;
    const face = faceOf(answer.value, host);
    if (face !== null) return read({ host, face, ...described(answer.value), service: answer.value.id });
  }
  const unread = answers.find((answer) => answer.status === 'unreadable' && answer.reason !== 'not-found');
  if (unread?.status === 'unreadable') return unread;
  const near = nearest(host, services);
  const known = answers.find((answer) => answer.status === 'read' && answer.value.id === near);
  const hosts = known?.status === 'read' ? toService(known.value).gatewayHosts : [];
  return read({ host, face: 'nobody', service: null, gatewayHosts: hosts, near, at: near ?? services[0] ?? '' });
}

async function ownedBy(collecting: Collecting, resource: ArmResource, host: string): Promise<Reading<HostOwnerFact>> {
  const about = { host, service: resource.id, ...described(resource) };
  const { gatewayHosts } = about;
  if (gatewayHosts.includes(host) || isLoopback(host)) return read({ ...about, face: 'gateway' });
  const face = faceOf(resource, host);
  if (face !== null) return read({ ...about, face });
  const name = resource.name.toLowerCase();
  if (defaultSuffixes.some((suffix) => host === `${name}${suffix}`)) return read({ ...about, face: 'other-cloud' });
  if (host.includes('.regional.')) return read({ ...about, face: 'gateway' });
  const gateways = await selfHostedHosts(collecting, resource.id);
  if (gateways.status === 'read' && gateways.value.some((gateway) => gateway.hosts.includes(host)))
    return read({ ...about, face: 'self-hosted-gateway' });
  // The realm named the service, so something in front of it has this host (a front door, a proxy): not a wrong one.
  return read({ ...about, face: 'gateway' });
}

function described(resource: ArmResource): Pick<HostOwnerFact, 'gatewayHosts' | 'near' | 'at'> {
  return { gatewayHosts: toService(resource).gatewayHosts, near: null, at: resource.id };
}

/** The configured service whose default host differs from this one by a letter or two. */
function nearest(host: string, services: readonly string[]): string | null {
  const suffix = defaultSuffixes.find((one) => host.endsWith(one));
  if (suffix === undefined) return null;
  const label = defaultFace(host)?.service ?? host.slice(0, -suffix.length);
  return services.find((id) => isNear(label, nameOf(id).toLowerCase())) ?? null;
}

function isNear(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < 5 || Math.abs(a.length - b.length) > 1 || /\d/.test(a.slice(-1)) || /\d/.test(b.slice(-1)))
    return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  // What is left in the middle: one letter too many, one too few, one wrong, or two that changed places.
  return Math.max(a.length, b.length) - start - end <= (a.length === b.length ? 2 : 1);
}

async function readSelfHosted(collecting: Collecting, id: string): Promise<Reading<SelfHostedFact>> {
  const { symptom, reader } = collecting.question;
  const listed = await selfHostedHosts(collecting, id);
  if (listed.status === 'unreadable') return listed;
  const some = listed.value.slice(0, mostGateways);
  const gateways: SelfHostedGatewayFact[] = [];
  for (const [index, got] of (await Promise.all(some.map(({ armId }) => reader.list(`${armId}/apis`)))).entries()) {
    const gateway = some[index];
    if (got.status === 'unreadable') return got;
    if (gateway !== undefined) gateways.push({ ...gateway, apis: got.value.items.map((item) => withoutRevision(item.name)) });
  }
  const words = symptom.told.map(({ text: said }) => said.toLowerCase());
  const told = symptom.told.some(({ what }) => what === 'self-hosted-gateway');
  const [only, ...more] = gateways;
  const byHost = gateways.find(({ hosts }) => symptom.host !== null && hosts.includes(symptom.host));
  const byName = gateways.find(({ name }) => words.some((said) => said.split(/[^a-z0-9-]+/).includes(name.toLowerCase())));
  const single = told && more.length === 0 ? only : undefined;
  return read({ at: `${id}/gateways`, gateways, called: byHost ?? byName ?? single ?? null });
}

async function readElsewhere(collecting: Collecting): Promise<Reading<readonly ElsewhereFact[]>> {
  const { question, fact, withService } = collecting;
  const { symptom, services } = question;
  const here = await withService(async (id) => read(id));
  if (here.status === 'unreadable') return here;
  const api = await fact('api');
  if (api.status === 'read' || api.reason !== 'unresolved') return read([]);
  const others = services.filter((id) => id.toLowerCase() !== here.value.toLowerCase()).slice(0, mostServices);
  const found = await Promise.all(
    others.map(async (id): Promise<readonly ElsewhereFact[]> => {
      const family = await readFamily(collecting, id);
      if (family.status === 'unreadable') return [];
      const match = findApi(family.value, symptom);
      if (!('api' in match) || match.api.path === '') return [];
      const service = await serviceResource(collecting, id);
      const hosts = service.status === 'read' ? toService(service.value).gatewayHosts : [];
      return [{ service: id, gatewayHosts: hosts, api: match.api }];
    }),
  );
  return read(found.flat());
}
