// Shared reading of the way from the gateway to the backend, for the causes of section c, "Backend": what is sent there, and who signs in.

import type { BackendFact } from '../snapshot/facts-backend.ts';
import type { NamedValueFact, PoliciesFact } from '../snapshot/facts-policies.ts';
import { isAi } from '../snapshot/identities.ts';
import type { ApiFact } from '../snapshot/snapshot.ts';
import { type Credential, type Target, type Way, wayToBackend } from '../snapshot/way-to-backend.ts';
import { hostKind } from '../symptom/hosts.ts';
import type { Symptom } from '../symptom/symptom.ts';
import { type Evidence, factOrNull, type Reading, ruledOut, unknown, type Verdict } from './contract.ts';
import { lookedThrough } from './policy-check.ts';

export interface WayFacts {
  readonly api: ApiFact;
  readonly policies: PoliciesFact;
  readonly backends: readonly BackendFact[];
  readonly backendSecrets: Reading<readonly NamedValueFact[]>;
}

export function wayOf({ api, policies, backends, backendSecrets }: WayFacts): Way {
  return wayToBackend({ api, policies, backends, namedValues: namedValuesOf(backendSecrets) });
}

export function namedValuesOf(reading: Reading<readonly NamedValueFact[]>): readonly NamedValueFact[] {
  return factOrNull(reading) ?? [];
}

/** What stands behind the gateway can have sent this: a backend's words, Azure AI's through a gateway, or a 401 that says nothing. */
export function fromBackend(symptom: Symptom): boolean {
  if (!throughGateway(symptom)) return false;
  return symptom.layer === 'backend' || symptom.layer === 'azure-ai' || (symptom.layer === 'unknown' && symptom.status === 401);
}

/** The called host can be a gateway's. Azure AI's own words without any host are taken for a call of Azure AI itself. */
function throughGateway({ host, layer }: Symptom): boolean {
  if (host === null) return layer !== 'azure-ai';
  return ['apim', 'unknown'].includes(hostKind(host));
}

/** Azure AI looked at a key and refused that. */
export function isAboutKey(symptom: Symptom): boolean {
  return symptom.layer === 'azure-ai' && symptom.code === 'ai-key-or-endpoint';
}

/** Azure AI knew who called, and had no role for them. */
export function isAboutRole(symptom: Symptom): boolean {
  return symptom.layer === 'azure-ai' && symptom.code === 'aad-permission';
}

export function targetEvidence(target: Target, expected: string): Evidence {
  return { at: target.at, observed: target.host ?? target.url ?? 'an address that only run time knows', expected };
}

export function credentialEvidence({ at, step, kind, name, where }: Credential, observed: string, expected: string): Evidence {
  if (step === null) return { at, observed: observed === '' ? `${kind} ${name}` : observed, expected };
  const said = observed === '' ? `<${step.statement.name}> in ${where}` : observed;
  return { at, observed: `line ${step.statement.line}: ${said}`.slice(0, 300), expected };
}

/** Hosts of a way, for a sentence. */
export function hostsOf(targets: readonly Target[]): string {
  return [...new Set(targets.map(({ host, of }) => host ?? of))].slice(0, 5).join(', ') || 'no known address';
}

/** What run time decides about a target or a credential, as a sentence; '' when nothing. */
export function onlyWhen(conditions: readonly string[]): string {
  const shown = conditions.map((one) => (one.length <= 200 ? one : `${one.slice(0, 199)}…`));
  return shown.length === 0 ? '' : ` This hangs on a condition that Azure cannot tell for a past call: ${shown.join(' and ')}.`;
}

/** The call does not go to Azure AI; unknown where only run time knows where it goes. */
export function notToAi(way: Way): Verdict | null {
  const [first] = way.targets;
  if (way.targets.some(isAi)) return null;
  const dark = way.targets.find(({ host }) => host === null);
  if (dark !== undefined)
    return unknown(`Where the gateway sends this call is not known: ${dark.of} does not say.`, targetEvidence(dark, 'an address'));
  if (first === undefined) return unknown('The backend that the policy names has no members that could be read.');
  return ruledOut(
    `The gateway sends this call to ${hostsOf(way.targets)}, which is no Azure AI service.`,
    targetEvidence(first, 'a host of Azure AI'),
  );
}

/** The managed identity's tokens among what the gateway shows; a verdict when there are none. */
export function identitiesIn(way: Way, policies: PoliciesFact): readonly [Credential, ...Credential[]] | Verdict {
  const [first, ...more] = way.credentials.filter(({ kind }) => kind === 'identity');
  if (first !== undefined) return [first, ...more];
  const [gap] = policies.unread;
  if (gap !== undefined) return unknown(`${gap.says} So whether the gateway signs in with its identity is not known.`);
  return ruledOut(
    "No policy of this call signs in with a managed identity; a token at the backend is the caller's own.",
    lookedThrough(policies, 'no authentication-managed-identity', 'one'),
  );
}

export function isVerdict(value: object): value is Verdict {
  return 'outcome' in value;
}
