// What lies behind the gateway: read only where a policy or a backend of the call refers to it.
import { redact } from '../../symptom/redact.ts';
import { type Collecting, mapReading, type ReadersOf, read } from '../collecting.ts';
import type { AddedValue, BackendFact, BackendFacts, CertificateFact, ConnectionFact } from '../facts-backend.ts';
import type { NamedValueFact, PoliciesFact } from '../facts-policies.ts';
import { list, record, text } from '../from-arm.ts';
import { filled } from '../policies/filled.ts';
import { type Running, running } from '../policies/running.ts';
import { attribute, namedValuesIn, withAllInside } from '../policies/statement.ts';
import type { ArmResource } from '../ports.ts';
import type { ApiFact, Reading } from '../snapshot.ts';
import { backendIdsIn, type Way, wayToBackend } from '../way-to-backend.ts';
import { identityAccess } from './identity-access.ts';
import { toNamedValue } from './named-values.ts';
import { readSiblings } from './sibling-policies.ts';

const mostConnections = 4;

export function backendReaders(collecting: Collecting): ReadersOf<keyof BackendFacts> {
  return {
    backends: () => withPolicies(collecting, (api, policies) => readBackends(collecting, api, policies)),
    backendSecrets: () => withPolicies(collecting, (api, policies) => readSecrets(collecting, api, policies)),
    identityAccess: () => withWay(collecting, (way) => identityAccess(collecting, way)),
    backendCertificates: () => withWay(collecting, (way, api) => readCertificates(collecting, way, api)),
    connections: () => withWay(collecting, (way) => readConnections(collecting, way)),
    siblingPolicies: () => withWay(collecting, (way, api) => readSiblings(collecting, way, api)),
  };
}

async function withPolicies<T>(
  { fact, withApi }: Collecting,
  go: (api: ApiFact, policies: PoliciesFact) => Promise<Reading<T>>,
): Promise<Reading<T>> {
  return withApi(async (api) => {
    const policies = await fact('policies');
    return policies.status === 'read' ? go(api, policies.value) : policies;
  });
}

function withWay<T>(collecting: Collecting, go: (way: Way, api: ApiFact) => Promise<Reading<T>>): Promise<Reading<T>> {
  return withPolicies(collecting, async (api, policies) => {
    const [backends, secrets] = await Promise.all([collecting.fact('backends'), collecting.fact('backendSecrets')]);
    if (backends.status === 'unreadable') return backends;
    const namedValues = secrets.status === 'read' ? secrets.value : [];
    return go(wayToBackend({ api, policies, backends: backends.value, namedValues }), api);
  });
}

function stepsOf(policies: PoliciesFact): readonly Running[] {
  return [...running(policies, 'inbound'), ...running(policies, 'backend')];
}

/** Backends, certificates and named values belong to the API's workspace, or to the service. */
function homeOf(api: ApiFact): string {
  return api.armId.split(/\/apis\//i)[0] ?? api.armId;
}

async function readBackends(
  { question, once }: Collecting,
  api: ApiFact,
  policies: PoliciesFact,
): Promise<Reading<readonly BackendFact[]>> {
  if (backendIdsIn(stepsOf(policies)).length === 0) return read([]);
  const home = homeOf(api);
  return once('backends', async () => mapReading(await question.reader.list(`${home}/backends`), ({ items }) => items.map(toBackend)));
}

async function readSecrets(collecting: Collecting, api: ApiFact, policies: PoliciesFact): Promise<Reading<readonly NamedValueFact[]>> {
  const { question, once, fact } = collecting;
  const statements = [...policies.documents, ...policies.fragments].flatMap(({ root }) => (root === null ? [] : withAllInside(root)));
  const inPolicies = statements.some(({ attributes, text: words }) =>
    [words, ...Object.values(attributes)].some((value) => namedValuesIn(value).length > 0),
  );
  const backends = inPolicies ? null : await fact('backends');
  const inBackends =
    backends?.status === 'read' && backends.value.some((one) => addedBy(one).some(({ namedValues }) => namedValues.length > 0));
  if (!inPolicies && !inBackends) return read([]);
  const home = homeOf(api);
  const name = /\/workspaces\//i.test(home) ? 'named values of the workspace' : 'named values';
  return once(name, async () => mapReading(await question.reader.list(`${home}/namedValues`), ({ items }) => items.map(toNamedValue)));
}

function addedBy({ headers, query, authorization }: BackendFact): readonly AddedValue[] {
  return [...headers, ...query, ...(authorization === null ? [] : [authorization])];
}

/** A backend without its secrets: of credentials only the names, and the named values in them, are kept. */
function toBackend({ id, name, properties }: ArmResource): BackendFact {
  const credentials = record(properties.credentials);
  const { scheme, parameter } = record(credentials.authorization);
  const url = text(properties.url);
  const isPool = text(properties.type)?.toLowerCase() === 'pool' || list(record(properties.pool).services).length > 0;
  return {
    armId: id,
    name,
    url: url === null || isPool ? null : redact(url),
    resource: /\/subscriptions\/.*$/i.exec(text(properties.resourceId) ?? '')?.[0] ?? null,
    members: isPool ? list(record(properties.pool).services).map((member) => text(member.id)?.split('/').at(-1) ?? '') : [],
    headers: valuesOf(credentials.header),
    query: valuesOf(credentials.query),
    authorization:
      scheme === undefined && parameter === undefined
        ? null
        : { name: text(scheme) ?? '', namedValues: namedValuesIn(text(parameter) ?? '') },
    certificates: [credentials.certificateIds, credentials.certificate]
      .flatMap((some) => (Array.isArray(some) ? (some as readonly unknown[]) : []))
      .flatMap((one) => (typeof one === 'string' ? [one.split('/').at(-1) ?? one] : [])),
  };
}

function valuesOf(value: unknown): readonly AddedValue[] {
  return Object.entries(record(value)).map(([name, values]) => ({
    name,
    namedValues: (Array.isArray(values) ? (values as readonly unknown[]) : [values]).flatMap((one) =>
      typeof one === 'string' ? namedValuesIn(one) : [],
    ),
  }));
}

async function readCertificates({ question, once }: Collecting, way: Way, api: ApiFact): Promise<Reading<readonly CertificateFact[]>> {
  if (!way.credentials.some(({ kind }) => kind === 'certificate')) return read([]);
  return once('certificates', async () =>
    mapReading(await question.reader.list(`${homeOf(api)}/certificates`), ({ items }) =>
      items.map(({ id, name, properties }) => ({
        armId: id,
        name,
        thumbprint: text(properties.thumbprint),
        expires: text(properties.expirationDate),
        vaultStatus: text(record(record(properties.keyVault).lastStatus).code),
      })),
    ),
  );
}

async function readConnections(collecting: Collecting, way: Way): Promise<Reading<readonly ConnectionFact[]>> {
  const secrets = await collecting.fact('backendSecrets');
  const known = secrets.status === 'read' ? secrets.value : [];
  const paths = way.steps.flatMap(({ statement }) => {
    if (statement.name !== 'get-authorization-context') return [];
    const provider = filled(attribute(statement, 'provider-id') ?? '', known);
    const authorization = filled(attribute(statement, 'authorization-id') ?? '', known);
    return provider === null || authorization === null
      ? []
      : [`authorizationProviders/${encodeURIComponent(provider)}/authorizations/${encodeURIComponent(authorization)}`];
  });
  if (paths.length === 0) return read([]);
  return collecting.withService(async (service) => {
    const answers = await Promise.all(
      [...new Set(paths)].slice(0, mostConnections).map(async (path): Promise<Reading<ConnectionFact>> => {
        const got = await collecting.question.reader.get(`${service}/${path}`);
        if (got.status === 'read') return read(toConnection(got.value));
        return got.reason === 'not-found' ? read({ armId: `${service}/${path}`, status: null, error: null }) : got;
      }),
    );
    const failed = answers.find((answer) => answer.status === 'unreadable');
    if (failed !== undefined && failed.status === 'unreadable') return failed;
    return read(answers.flatMap((answer) => (answer.status === 'read' ? [answer.value] : [])));
  });
}

function toConnection({ id, properties }: ArmResource): ConnectionFact {
  const { code, message } = record(properties.error);
  const words = [text(code), text(message)].filter((part) => part !== null).join(': ');
  return { armId: id, status: text(properties.status), error: words === '' ? null : redact(words).slice(0, 300) };
}
