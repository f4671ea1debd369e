// Which version a path, a query or a header asks for, against those that exist.
import type { VersionSetFact } from '../../snapshot/facts-transport.ts';
import { segmentsOf } from '../../snapshot/find-api.ts';
import type { ApiFact } from '../../snapshot/snapshot.ts';
import type { Symptom } from '../../symptom/symptom.ts';
import type { Evidence } from '../contract.ts';

export type VersionJudgement =
  | { readonly kind: 'fine' | 'likely'; readonly says: string; readonly evidence: Evidence }
  | { readonly kind: 'wrong'; readonly says: string; readonly evidence: Evidence; readonly called: string; readonly expected: string };

export function judgeVersion(symptom: Symptom, family: readonly ApiFact[], sets: readonly VersionSetFact[]): VersionJudgement {
  const url = segmentsOf(symptom.urlPath ?? symptom.apiPath) ?? [];
  const bases = family.filter((api) => (segmentsOf(api.path) ?? []).every((part, index) => url[index] === part));
  const longest = Math.max(-1, ...bases.map((api) => (segmentsOf(api.path) ?? []).length));
  const candidates = bases.filter((api) => (segmentsOf(api.path) ?? []).length === longest);
  const set = sets.find((one) => candidates.some((api) => api.versionSet?.toLowerCase() === one.name.toLowerCase()));
  if (set === undefined) {
    const [api] = candidates;
    const at = api?.armId ?? family[0]?.armId ?? '';
    return {
      kind: 'fine',
      says: 'The called path belongs to no API with versions.',
      evidence: { at, observed: api === undefined ? 'no API with this path' : 'no versions', expected: 'versions' },
    };
  }

  const known = candidates.filter((api) => api.versionSet?.toLowerCase() === set.name.toLowerCase());
  const names = known.map(({ version }) => version ?? '').filter((version) => version !== '');
  const unnamed = known.length > names.length || candidates.length > known.length;
  const evidence: Evidence = {
    at: set.armId,
    observed: `${set.scheme}${set.carrier === null ? '' : ` ${set.carrier}`}: ${names.join(', ')}`,
    expected: 'the version that was called',
  };
  const has = (value: string): boolean => names.some((name) => name.toLowerCase() === value.toLowerCase());
  const list = names.join(', ');

  if (set.scheme === 'header') return byHeader(symptom, set, list, unnamed, evidence);
  const given = set.scheme === 'segment' ? (url[longest] ?? null) : queryValue(symptom.url, set.carrier ?? '');
  const where = set.scheme === 'segment' ? 'as the path segment after the base path' : `as the query parameter ${set.carrier ?? ''}`;
  if (given !== null && has(given)) return { kind: 'fine', says: `Version ${given} exists.`, evidence };
  // Where one version has no name, a path without a version is meant for that one.
  const looksLikeVersion = given !== null && (set.scheme === 'query' || /^v?\d{1,4}(?:[.-]\d{1,4}){0,2}(?:-?[a-z]{1,10})?$/.test(given));
  if (unnamed && !looksLikeVersion) return { kind: 'fine', says: 'The call names no version, and one version has no name.', evidence };
  const says =
    looksLikeVersion || given !== null
      ? `The call asks for ${looksLikeVersion ? `version ${given}` : 'no version that exists'}; there ${names.length === 1 ? 'is' : 'are'} ${list}. Name one of them ${where}.`
      : `The call names no version; name one of ${list} ${where}.`;
  return { kind: 'wrong', says, evidence, called: given ?? 'no version', expected: list };
}

function byHeader(symptom: Symptom, set: VersionSetFact, list: string, unnamed: boolean, evidence: Evidence): VersionJudgement {
  const header = set.carrier ?? 'the version header';
  const sent = symptom.requestHeaders.includes(header.toLowerCase());
  if (unnamed && !sent) return { kind: 'fine', says: 'One version has no name and needs no header.', evidence };
  const value = symptom.versionHeaders?.[header.toLowerCase()];
  if (value !== undefined) {
    if (list.toLowerCase().split(', ').includes(value.toLowerCase())) return { kind: 'fine', says: `Version ${value} exists.`, evidence };
    return {
      kind: 'wrong',
      says: `The call asks for version ${value} in the header ${header}; it takes one of ${list}. Send one of them.`,
      evidence,
      called: value,
      expected: `${header}: ${list}`,
    };
  }
  if (!sent && symptom.requestSeen) {
    return {
      kind: 'wrong',
      says: `The request has no header ${header}, which carries the version of this API. Send it with one of ${list}.`,
      evidence,
      called: `no ${header}`,
      expected: `${header}: ${list}`,
    };
  }
  return {
    kind: 'likely',
    says: `This API takes its version from the header ${header}: without it, or with another value than ${list}, the gateway answers 404. The request with its headers (curl -v) would settle it.`,
    evidence,
  };
}

function queryValue(url: string | null, name: string): string | null {
  const query = url?.split('#')[0]?.split('?')[1];
  return query === undefined ? null : new URLSearchParams(query).get(name);
}
