// Where the gateway sends the call and what it shows there: the API's backend address, what policies change of it, what backends add.
// (learn.microsoft.com/azure/api-management/set-backend-service-policy, set-header-policy, authentication-managed-identity-policy; the spec's BackendContract.)
import { isKeyName } from '../symptom/redact.ts';
import type { BackendFact } from './facts-backend.ts';
import type { NamedValueFact, PoliciesFact } from './facts-policies.ts';
import { isLastOfAll } from './policies/branches.ts';
import { filled } from './policies/filled.ts';
import { type Running, running } from './policies/running.ts';
import { attribute, childrenNamed, namedValuesIn } from './policies/statement.ts';
import type { ApiFact } from './snapshot.ts';

/** One address that the call can go to. */
export interface Target {
  /** Null when only run time knows it. */
  readonly url: string | null;
  readonly host: string | null;
  readonly at: string;
  /** For a person: `the backend openai-east`. */
  readonly of: string;
  readonly backend: BackendFact | null;
  readonly pool: BackendFact | null;
  /** What only run time decides; empty: every call goes there. */
  readonly conditions: readonly string[];
}

/** Something that the gateway adds to sign in at the backend. */
export interface Credential {
  readonly kind: 'identity' | 'basic' | 'certificate' | 'header' | 'query';
  /** Lower-case header or parameter name; `authorization` for a token that goes there; the id or thumbprint of a certificate. */
  readonly name: string;
  readonly namedValues: readonly string[];
  readonly conditions: readonly string[];
  readonly at: string;
  /** `the policy of the API Echo API, line 12`, or `the backend openai-east`. */
  readonly where: string;
  readonly line: number | null;
  readonly step: Running | null;
  /** The backend that adds it; null for a policy. */
  readonly backend: BackendFact | null;
}

export interface Way {
  readonly targets: readonly Target[];
  readonly credentials: readonly Credential[];
  readonly steps: readonly Running[];
}

export interface WayInput {
  readonly api: ApiFact;
  readonly policies: PoliciesFact;
  readonly backends: readonly BackendFact[];
  readonly namedValues: readonly NamedValueFact[];
}

export function wayToBackend({ api, policies, backends, namedValues }: WayInput): Way {
  const steps = [...running(policies, 'inbound'), ...running(policies, 'backend')];
  const targets = targetsOf(api, steps, backends, namedValues);
  const fromBackends = unique(targets.flatMap(({ backend }) => (backend === null ? [] : [backend]))).flatMap(credentialsOfBackend);
  return { targets, credentials: [...steps.flatMap((step) => credentialsIn(step, steps)), ...fromBackends], steps };
}

/** Ids of backends that a policy of the call can choose. */
export function backendIdsIn(steps: readonly Running[], namedValues: readonly NamedValueFact[] = []): readonly string[] {
  return steps.flatMap(({ statement }) => {
    const written = statement.name === 'set-backend-service' ? attribute(statement, 'backend-id') : null;
    return written === null ? [] : [filled(written, namedValues) ?? written];
  });
}

function targetsOf(
  api: ApiFact,
  steps: readonly Running[],
  backends: readonly BackendFact[],
  namedValues: readonly NamedValueFact[],
): readonly Target[] {
  const first: Target = {
    url: api.serviceUrl,
    host: hostOf(api.serviceUrl),
    at: `${api.armId}#/properties/serviceUrl`,
    of: `the API ${api.displayName}`,
    backend: null,
    pool: null,
    conditions: [],
  };
  const setters = steps.filter(({ statement }) => statement.name === 'set-backend-service');
  let targets: readonly Target[] = [first];
  for (const [index, step] of setters.entries()) {
    const found = targetsAt(step, backends, namedValues);
    const left = isLastOfAll(setters, index) ? targets.filter((one) => one.conditions.length > 0) : targets;
    targets = step.conditions.length === 0 ? found : left.concat(found);
  }
  return targets;
}

function targetsAt(step: Running, backends: readonly BackendFact[], namedValues: readonly NamedValueFact[]): readonly Target[] {
  const { statement, conditions, at } = step;
  const id = attribute(statement, 'backend-id');
  if (id !== null) {
    const wanted = filled(id, namedValues);
    const backend = wanted === null ? undefined : backends.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
    if (backend === undefined) return [{ url: null, host: null, at, of: `the backend ${id}`, backend: null, pool: null, conditions }];
    const members = backend.members.flatMap((name) => backends.filter((one) => one.name.toLowerCase() === name.toLowerCase()));
    const pool = backend.members.length > 0 ? backend : null;
    return (pool === null ? [backend] : members).map((one) => ({
      url: one.url,
      host: hostOf(one.url),
      at: `${one.armId}#/properties/url`,
      of: `the backend ${one.name}`,
      backend: one,
      pool,
      conditions,
    }));
  }
  const url = filled(attribute(statement, 'base-url') ?? '', namedValues);
  return [{ url, host: hostOf(url), at, of: step.where, backend: null, pool: null, conditions }];
}

/** How the statement signs in at the backend; none for every other statement. */
export function credentialsIn(step: Running, steps: readonly Running[]): readonly Credential[] {
  const { statement, conditions, at, where } = step;
  const found = (kind: Credential['kind'], name: string): readonly Credential[] => [
    { kind, name, namedValues: namedIn(step), conditions, at, where, line: statement.line, step, backend: null },
  ];
  const name = statement.attributes.name ?? '';
  switch (statement.name) {
    case 'authentication-managed-identity': {
      const variable = attribute(statement, 'output-token-variable-name');
      // A token in a variable signs in only where a header takes it.
      return variable === null || steps.some((one) => one.statement.name === 'set-header' && wordsOf(one).includes(variable))
        ? found('identity', 'authorization')
        : [];
    }
    case 'authentication-basic':
      return found('basic', 'authorization');
    case 'authentication-certificate':
      return found('certificate', attribute(statement, 'certificate-id') ?? attribute(statement, 'thumbprint') ?? '');
    case 'set-header':
      return isCredentialName(name) && !isDelete(step) ? found('header', name.toLowerCase()) : [];
    case 'set-query-parameter':
      return (isCredentialName(name) || name.toLowerCase() === 'code') && !isDelete(step) ? found('query', name.toLowerCase()) : [];
    default:
      return [];
  }
}

export function credentialsOfBackend(backend: BackendFact): readonly Credential[] {
  const one = (kind: Credential['kind'], name: string, namedValues: readonly string[], field: string): Credential => ({
    kind,
    name: name.toLowerCase(),
    namedValues,
    conditions: [],
    at: `${backend.armId}#/properties/credentials/${field}`,
    where: `the backend ${backend.name}`,
    line: null,
    step: null,
    backend,
  });
  return [
    ...backend.headers.map(({ name, namedValues }) => one('header', name, namedValues, 'header')),
    ...backend.query.map(({ name, namedValues }) => one('query', name, namedValues, 'query')),
    ...(backend.authorization === null ? [] : [one('header', 'authorization', backend.authorization.namedValues, 'authorization')]),
    ...backend.certificates.map((name) => one('certificate', name, [], 'certificateIds')),
  ];
}

export function isDelete({ statement }: Running): boolean {
  return attribute(statement, 'exists-action')?.toLowerCase() === 'delete';
}

export function isCredentialName(name: string): boolean {
  return (
    isKeyName(name) ||
    /^authorization$|^x-functions-key$|api-?key|subscription-key|(?:^|-)(?:token|secret|auth|signature)(?:$|-)/i.test(name)
  );
}

function wordsOf({ statement }: Running): string {
  return [...Object.values(statement.attributes), statement.text, ...childrenNamed(statement, 'value').map(({ text }) => text)].join(' ');
}

function namedIn(step: Running): readonly string[] {
  return namedValuesIn(wordsOf(step));
}

function hostOf(url: string | null): string | null {
  return URL.parse(url ?? '')?.hostname.toLowerCase() || null;
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
