// The APIs around the called one: its versions and revisions, those whose paths overlap with it, all products.
import { type Collecting, mapReading, type ReadersOf, read, unreadable } from '../collecting.ts';
import type { RevisionsFact, RivalFact, VersionSetFact } from '../facts-transport.ts';
import { findApi, segmentsOf } from '../find-api.ts';
import { text, toApi, toOperation, toProduct } from '../from-arm.ts';
import type { ArmResource } from '../ports.ts';
import { calledOperations, presetQueries, readPresetRequests } from '../read-operations.ts';
import type { ApiFact, Reading } from '../snapshot.ts';
import { operationList } from './policies.ts';

/** Overlapping APIs whose operations are looked at. */
const mostRivals = 3;

export function familyReaders(
  collecting: Collecting,
): ReadersOf<'apiFamily' | 'versionSets' | 'revisions' | 'products' | 'portalProducts' | 'openedByKey' | 'rivals' | 'presetQueryRequests'> {
  const { question, fact, withService, withApi, once } = collecting;
  const { reader, hash } = question;
  return {
    apiFamily: () => withService((id) => readFamily(collecting, id)),
    versionSets: async () => {
      const family = await fact('apiFamily');
      if (family.status === 'unreadable') return family;
      if (!family.value.some((api) => api.versionSet !== null)) return read([]);
      return withService(async (id) => mapReading(await reader.list(`${id}/apiVersionSets`), ({ items }) => items.map(toVersionSet)));
    },
    revisions: () => withApi((api) => readRevisions(collecting, api)),
    products: () =>
      withService((id) =>
        once(`products of ${id}`, async () => mapReading(await reader.list(`${id}/products`), ({ items }) => items.map(toProduct))),
      ),
    portalProducts: async () => {
      const { client, told } = question.symptom;
      const aboutThePortal = client === 'portal' || told.some(({ what }) => what === 'product-state');
      return aboutThePortal ? fact('products') : read([]);
    },
    openedByKey: () => withApi((api) => readOpened(collecting, api)),
    rivals: () => withApi((api) => readRivals(collecting, api)),
    presetQueryRequests: () =>
      withApi(async (api) => {
        const operations = await fact('operations');
        if (operations.status === 'unreadable') return operations;
        const own = operations.value.candidates.filter((operation) => presetQueries(operation, api).length > 0);
        return readPresetRequests(own, api, reader, hash);
      }),
  };
}

/**
 * The APIs that the called path can belong to: one narrow list of the paths that begin like it, else all of them
 * (an API at the root has no beginning). `startswith` on `path` is ARM's own (spec, Api_ListByService).
 */
export function readFamily({ question: { symptom, reader }, once }: Collecting, id: string): Promise<Reading<readonly ApiFact[]>> {
  return once(`family in ${id}`, async () => {
    const path = (symptom.seen.challenge ? symptom.apiPath : null) ?? symptom.urlPath ?? symptom.apiPath;
    if (path === null) return unreadable('not-given', 'The paste does not say which path was called.');
    const [first = ''] = segmentsOf(path) ?? [];
    if (first !== '') {
      const listed = await reader.list(`${id}/apis`, { $filter: `startswith(path,'${first.replaceAll("'", "''")}')` });
      if (listed.status === 'unreadable') return listed;
      const family = listed.value.items.map(toApi);
      if (!('none' in findApi(family, symptom))) return read(family);
    }
    return mapReading(await reader.list(`${id}/apis`), ({ items }) => items.map(toApi));
  });
}

function toVersionSet({ id, name, properties }: ArmResource): VersionSetFact {
  const scheme = (text(properties.versioningScheme) ?? 'Segment').toLowerCase();
  const known = scheme === 'query' || scheme === 'header' ? scheme : 'segment';
  const carriers = { segment: null, query: text(properties.versionQueryName), header: text(properties.versionHeaderName) };
  return { armId: id, name, displayName: text(properties.displayName) ?? name, scheme: known, carrier: carriers[known] };
}

async function readRevisions({ question: { symptom, reader } }: Collecting, api: ApiFact): Promise<Reading<RevisionsFact>> {
  const at = `${api.armId.replace(/;rev=.*$/i, '')}/revisions`;
  const asked = /;rev=([^/?#]+)/i.exec(symptom.urlPath ?? symptom.apiPath ?? '')?.[1] ?? null;
  if (asked === null) return read({ at, asked, known: [] });
  return mapReading(await reader.list(at), ({ raw }) => ({
    at,
    asked,
    known: raw.flatMap((entry) => (typeof entry.apiRevision === 'string' ? [entry.apiRevision] : [])),
  }));
}

async function readRivals(collecting: Collecting, api: ApiFact): Promise<Reading<readonly RivalFact[]>> {
  const { question, fact } = collecting;
  const { symptom, hash } = question;
  const url = segmentsOf(symptom.urlPath);
  if (symptom.code !== 'not-found') return read([]);
  const [family, own] = await Promise.all([fact('apiFamily'), operationList(collecting, api)]);
  if (family.status === 'unreadable') return family;
  if (own.status === 'unreadable') return own;
  if (url === null || calledOperations(own.value.items, api, symptom).length > 0) return read([]);
  const others = family.value.filter((other) => other.isCurrent && other.path !== api.path && isPrefix(segmentsOf(other.path) ?? [], url));
  const rivals = await Promise.all(
    others.slice(0, mostRivals).map(async (other): Promise<RivalFact> => {
      const listed = await operationList(collecting, other);
      const [called] = listed.status === 'read' ? calledOperations(listed.value.items, other, symptom) : [];
      return { api: other, operation: called === undefined ? null : toOperation(called, hash) };
    }),
  );
  return read(rivals);
}

async function readOpened({ question: { reader }, fact }: Collecting, api: ApiFact): Promise<Reading<readonly ApiFact[]>> {
  const [family, key, products] = await Promise.all([fact('apiFamily'), fact('key'), fact('apiProducts')]);
  if (family.status === 'unreadable') return family;
  if (key.status === 'unreadable') return key;
  if (products.status === 'unreadable') return products;
  const [match, ...more] = key.value.matches;
  const target = match?.subscription.target;
  if (target === undefined || more.length > 0 || (target.kind !== 'api' && target.kind !== 'product') || target.workspace !== null)
    return read([]);
  const wanted = target.name.toLowerCase();
  const others = family.value.filter((one) => one.isCurrent && one.name !== api.name);
  if (target.kind === 'api') return read(others.filter(({ name }) => name.toLowerCase() === wanted));
  if (products.value.some(({ name }) => name.toLowerCase() === wanted)) return read([]);
  const near = others.filter((one) => one.versionSet === api.versionSet || overlaps(one, api)).slice(0, mostRivals);
  const listed = await Promise.all(near.map(async (one) => ({ one, got: await reader.list(`${one.armId}/products`) })));
  return read(
    listed.flatMap(({ one, got }) =>
      got.status === 'read' && got.value.items.some(({ name }) => name.toLowerCase() === wanted) ? [one] : [],
    ),
  );
}

function overlaps(a: ApiFact, b: ApiFact): boolean {
  const [one, other] = [segmentsOf(a.path) ?? [], segmentsOf(b.path) ?? []];
  return isPrefix(one, other) || isPrefix(other, one);
}

function isPrefix(base: readonly string[], path: readonly string[]): boolean {
  return base.every((part, index) => path[index] === part);
}
