// Which API a pasted call was for: the longest base path wins, then the version (field guide, b.1 and b.11).
// A realm names the base path exactly, without the version segment; a URL has both, and the operation's path behind them.
import type { Symptom } from '../symptom/symptom.ts';
import type { ApiFact } from './snapshot.ts';

export type FoundApi = { readonly api: ApiFact } | { readonly none: 'no-path' | 'no-match' } | { readonly several: readonly ApiFact[] };

export function findApi(apis: readonly ApiFact[], symptom: Symptom): FoundApi {
  const url = segmentsOf(symptom.urlPath ?? (symptom.seen.challenge ? null : symptom.apiPath));
  const realm = symptom.seen.challenge ? segmentsOf(symptom.apiPath) : null;
  if (realm === null && url === null) return { none: 'no-path' };

  const current = apis.filter((api) => api.isCurrent);
  const byRealm = realm === null ? [] : current.filter((api) => same(segmentsOf(api.path) ?? [], realm));
  const candidates = byRealm.length > 0 ? byRealm : longest(current, url ?? realm ?? []);
  if (candidates.length === 0) return { none: 'no-match' };
  return chooseVersion(candidates, url ?? [], symptom);
}

function longest(apis: readonly ApiFact[], url: readonly string[]): readonly ApiFact[] {
  let best: ApiFact[] = [];
  let length = -1;
  for (const api of apis) {
    const base = segmentsOf(api.path) ?? [];
    if (!startsWith(url, base) || base.length < length) continue;
    if (base.length > length) best = [];
    length = base.length;
    best.push(api);
  }
  return best;
}

function chooseVersion(candidates: readonly ApiFact[], url: readonly string[], symptom: Symptom): FoundApi {
  const [only, ...more] = candidates;
  if (only !== undefined && more.length === 0) return { api: only };

  const base = segmentsOf(candidates[0]?.path ?? '') ?? [];
  const nextSegment = url[base.length];
  const bySegment = candidates.filter((api) => api.version !== null && api.version.toLowerCase() === nextSegment);
  const byQuery = candidates.filter((api) => api.version !== null && queryValues(symptom.url).includes(api.version));
  const sent = Object.values(symptom.versionHeaders ?? {}).map((value) => value.toLowerCase());
  const byHeader = candidates.filter((api) => api.version !== null && sent.includes(api.version.toLowerCase()));
  const unversioned = candidates.filter((api) => api.version === null);
  for (const [chosen, ...others] of [bySegment, byQuery, byHeader, unversioned]) {
    if (chosen !== undefined && others.length === 0) return { api: chosen };
  }
  return { several: candidates };
}

/** The path behind the API's base path and version, to match operations with; null when the paste shows no URL. */
export function operationPath(api: ApiFact, symptom: Symptom): readonly string[] | null {
  const url = segmentsOf(symptom.urlPath);
  const base = segmentsOf(api.path) ?? [];
  if (url === null || !startsWith(url, base)) return null;
  const rest = url.slice(base.length);
  return api.version !== null && rest[0] === api.version.toLowerCase() ? rest.slice(1) : rest;
}

/** `/resource/{id}` and `/*` against path segments; the query part of a template does not count. */
export function templateMatches(template: string, path: readonly string[]): boolean {
  const wanted = segmentsOf(template.split('?')[0] ?? '') ?? [];
  for (const [index, part] of wanted.entries()) {
    if (part === '*' || /^\{\*.*\}$/.test(part)) return true;
    const given = path[index];
    if (given === undefined) return false;
    if (!part.includes('{') && part !== given) return false;
  }
  return wanted.length === path.length;
}

/** Lower-case segments, decoded, without empty ones and without `;rev=N`; null for null. */
export function segmentsOf(path: string | null): readonly string[] | null {
  if (path === null) return null;
  return path
    .split('/')
    .map((part) =>
      decoded(part)
        .toLowerCase()
        .replace(/;rev=[^/]*$/, ''),
    )
    .filter((part) => part !== '');
}

/** A paste shows `%C3%BC` where the API's path has the letter itself. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function queryValues(url: string | null): readonly string[] {
  const query = url?.split('#')[0]?.split('?')[1];
  return query === undefined ? [] : [...new URLSearchParams(query).values()];
}

function startsWith(path: readonly string[], base: readonly string[]): boolean {
  return base.every((part, index) => path[index] === part);
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && startsWith(a, b);
}
