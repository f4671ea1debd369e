// Which configured service a paste is about: by the called host, by the key when no host is given, or because there is only one.
// The pasted host is only compared; nothing from a paste is ever called.
import type { Question } from './collecting.ts';
import type { KeySearchResult } from './find-key.ts';
import { toService } from './from-arm.ts';
import type { Reading, Unreadable } from './snapshot.ts';

const loopback = ['localhost', '127.0.0.1', '[::1]', '::1'];
/** Default gateway hosts, national clouds included (field guide, G07). */
const defaultSuffixes = ['.azure-api.net', '.azure-api.us', '.azure-api.cn'];
/** Hosts of a service that are not its gateway. */
const otherFaces = ['.portal', '.developer', '.management', '.scm', '.configuration'];

export async function resolveService(
  question: Question,
  locateKeyIn: (serviceId: string) => Promise<Reading<KeySearchResult>>,
): Promise<Reading<string>> {
  const { symptom, services, localHosts } = question;
  const [only, ...more] = services;
  if (only === undefined) return none('No API Management service is configured.');
  const host = symptom.host;

  if (host === null) {
    if (more.length === 0) return { status: 'read', value: only };
    return byKey(question, locateKeyIn);
  }
  if (localHosts && loopback.includes(host)) {
    return more.length === 0
      ? { status: 'read', value: only }
      : none('Several practice services run here, and localhost names none of them.');
  }
  const named = services.find((id) => isDefaultHost(host, nameOf(id)));
  if (named !== undefined) return { status: 'read', value: named };
  return byHostName(question, host);
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

async function byHostName({ services, reader }: Question, host: string): Promise<Reading<string>> {
  const answers = await Promise.all(services.map(async (id) => ({ id, got: await reader.get(id) })));
  const match = answers.find(({ got }) => got.status === 'read' && toService(got.value).gatewayHosts.includes(host));
  if (match !== undefined) return { status: 'read', value: match.id };
  const unread = answers.map(({ got }) => got).find((got) => got.status === 'unreadable' && got.reason !== 'not-found');
  return (unread as Unreadable | undefined) ?? none(`The host ${host} belongs to none of the configured services.`);
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
