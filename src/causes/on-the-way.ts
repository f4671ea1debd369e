// Shared reading of how a call got to the gateway, for the causes of its way (field guide, section c, H and G).
import type { ApiFact, KeyFact, KeyNames, ProductFact, Reading } from '../snapshot/snapshot.ts';
import type { PastedKey, Symptom, Told, ToldWhat } from '../symptom/symptom.ts';
import { type Evidence, factOrNull } from './contract.ts';
import { coversApi, fromPaste, onlyMatch, sameName, sentKeys } from './key-check.ts';

/** The first of these signs that the words around the answer give. */
export function toldOf(symptom: Symptom, ...what: readonly ToldWhat[]): Told | null {
  return symptom.told.find((one) => what.includes(one.what)) ?? null;
}

/** A key of the request under a name and in a place that the API reads: the header before the query (field guide, b.5). Header names are compared without case (HTTP). */
export function reachedKey(symptom: Symptom, names: KeyNames): PastedKey | null {
  const sent = sentKeys(symptom);
  const inHeader = sent.find((key) => key.where === 'header' && sameName(key.name ?? '', names.header));
  return inHeader ?? sent.find((key) => key.where === 'query' && key.name === names.query) ?? null;
}

/** The names that the API reads, as far as ARM or the challenge says; the defaults else. */
export function namesOf(symptom: Symptom, api: Reading<ApiFact>): KeyNames {
  const known = factOrNull(api)?.keyNames;
  return known ?? { header: symptom.headerName ?? 'Ocp-Apim-Subscription-Key', query: 'subscription-key' };
}

/** By what Azure has, the key should pass: one active subscription has it, and its scope covers the API. */
export function isGoodKey(key: KeyFact, api: ApiFact, products: readonly ProductFact[]): boolean {
  const match = onlyMatch(key);
  return match !== null && match.subscription.state === 'active' && coversApi(match.subscription.target, api, products);
}

export function keyEvidence(key: PastedKey, expected: string): Evidence {
  return { at: `paste#/line/${key.line}`, observed: `${key.name ?? key.where}: ${key.shown}`, expected };
}

/** The first line that shows the call or its answer, for evidence of what a paste does not have. */
export function lineOf(symptom: Symptom, observed: string, expected: string): Evidence {
  const { url, status, message, challenge } = symptom.seen;
  return fromPaste({ line: (url ?? status ?? message ?? challenge)?.line ?? 1, text: observed.slice(0, 200) }, expected);
}

/** The request's header names as evidence. */
export function headersSeen(symptom: Symptom, expected: string): Evidence {
  const names = symptom.requestHeaders.length === 0 ? 'a request without headers' : `request headers: ${symptom.requestHeaders.join(', ')}`;
  return lineOf(symptom, names, expected);
}
