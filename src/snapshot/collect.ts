// Reads the facts that somebody asks for, each once, independent ones in parallel. Nothing here judges.
import type { KeyHasher, PastedKey, Symptom } from '../symptom/symptom.ts';
import { findApi } from './find-api.ts';
import { findKey, type KeySearchResult } from './find-key.ts';
import { text, toApi, toProduct, toService } from './from-arm.ts';
import type { ArmReader } from './ports.ts';
import { readOperations, readPresetRequests } from './read-operations.ts';
import { resolveService } from './resolve-service.ts';
import type {
  ApiFact,
  FactName,
  FactReadings,
  Facts,
  KeyFact,
  ProductFact,
  Reading,
  Refusal,
  Snapshot,
  Unreadable,
  UnreadableReason,
} from './snapshot.ts';
import { whatElse } from './what-else.ts';

export interface Question {
  readonly symptom: Symptom;
  /** The key to look for: the option's before the request's before prose; null when none was given. */
  readonly key: PastedKey | null;
  /** ARM ids of the configured API Management services. */
  readonly services: readonly string[];
  readonly reader: ArmReader;
  readonly hash: KeyHasher;
  /** The practice gateway answers under `localhost`: a paste of it belongs to the only service. */
  readonly localHosts: boolean;
}

export interface Collection {
  fact<N extends FactName>(name: N): Promise<Reading<Facts[N]>>;
  /** What has been read so far. */
  snapshot(): Promise<Snapshot>;
}

/** The fewest characters of a key that are looked for (contract.md, `--key-prefix`). */
export const shortestKey = 4;

export function unreadable(reason: UnreadableReason, says: string, at = ''): Unreadable {
  return { status: 'unreadable', reason, at, action: null, says };
}

export function openCollection(question: Question): Collection {
  const { symptom, reader, hash } = question;
  const kept = new Map<FactName, Promise<Reading<Facts[FactName]>>>();
  const settledFacts = new Map<FactName, Reading<Facts[FactName]>>();
  const other = new Map<string, Promise<Reading<unknown>>>();

  function once<T>(name: string, read: () => Promise<Reading<T>>): Promise<Reading<T>> {
    const known = other.get(name);
    if (known !== undefined) return known as Promise<Reading<T>>;
    const started = read();
    other.set(name, started as Promise<Reading<unknown>>);
    return started;
  }

  const serviceId = (): Promise<Reading<string>> => once('serviceId', () => resolveService(question, locateKeyIn));

  async function withService<T>(read: (id: string) => Promise<Reading<T>>): Promise<Reading<T>> {
    const id = await serviceId();
    return id.status === 'read' ? read(id.value) : id;
  }

  async function withApi<T>(read: (api: ApiFact) => Promise<Reading<T>>): Promise<Reading<T>> {
    const api = await fact('api');
    return api.status === 'read' ? read(api.value) : api;
  }

  const readers: { readonly [N in FactName]: () => Promise<Reading<Facts[N]>> } = {
    service: () =>
      withService((id) =>
        question.reader.get(id).then((got) => (got.status === 'read' ? { status: 'read' as const, value: toService(got.value) } : got)),
      ),
    api: () => withService((id) => readApi(id)),
    apiProducts: () =>
      withApi(async (api) => {
        const got = await reader.list(`${api.armId}/products`);
        return got.status === 'read' ? { status: 'read', value: got.value.items.map(toProduct) } : got;
      }),
    operations: () => withApi((api) => readOperations({ api, symptom, reader, hash })),
    presetRequests: () =>
      withApi(async (api) => {
        const operations = await fact('operations');
        return operations.status === 'read' ? readPresetRequests(operations.value.candidates, api, reader, hash) : operations;
      }),
    key: () => withService((id) => readKey(id)),
    keyProduct: async () => {
      const named = await keyScopeNames('product');
      if (named.status === 'unreadable') return named;
      return named.value === null ? { status: 'read', value: null } : readProduct(named.value);
    },
    keyApi: async () => {
      const named = await keyScopeNames('api');
      if (named.status === 'unreadable') return named;
      return named.value === null ? { status: 'read', value: null } : readNamedApi(named.value);
    },
    keyProductPolicy: async () => {
      const product = await fact('keyProduct');
      if (product.status === 'unreadable') return product;
      if (product.value === null) return { status: 'read', value: null };
      const got = await reader.get(`${product.value.armId}/policies/policy`, { format: 'rawxml' });
      if (got.status === 'unreadable') return got.reason === 'not-found' ? { status: 'read', value: null } : got;
      return { status: 'read', value: text(got.value.properties.value) };
    },
  };

  function fact<N extends FactName>(name: N): Promise<Reading<Facts[N]>> {
    const known = kept.get(name);
    if (known !== undefined) return known as unknown as Promise<Reading<Facts[N]>>;
    const started = readers[name]();
    kept.set(name, started as unknown as Promise<Reading<Facts[FactName]>>);
    void started.then((reading) => settledFacts.set(name, reading as Reading<Facts[FactName]>));
    return started;
  }

  async function readApi(id: string): Promise<Reading<ApiFact>> {
    const exact = symptom.seen.challenge && symptom.apiPath ? symptom.apiPath.replace(/^\/+|\/+$/g, '') : '';
    // A realm names the base path exactly: one narrow page instead of all APIs. What it does not find is looked for in the whole list.
    const query = exact === '' ? undefined : { $filter: `path eq '${exact.replaceAll("'", "''")}'` };
    if (symptom.apiPath === null && symptom.urlPath === null) {
      return unreadable('not-given', 'The paste does not say which path was called.');
    }
    let listed = await reader.list(`${id}/apis`, query);
    if (query && listed.status === 'read' && !('api' in findApi(listed.value.items.map(toApi), symptom)))
      listed = await reader.list(`${id}/apis`);
    if (listed.status === 'unreadable') return listed;
    const found = findApi(listed.value.items.map(toApi), symptom);
    if ('api' in found) return { status: 'read', value: found.api };
    if ('several' in found) {
      const versions = found.several.map((api) => api.version ?? 'without version').join(', ');
      return unreadable(
        'ambiguous',
        `Several versions have this path (${versions}); the paste does not say which was called.`,
        `${id}/apis`,
      );
    }
    return unreadable('unresolved', 'No API of this service has the called path now.', `${id}/apis`);
  }

  /** The name in the scope of the one subscription that has the key, when it points (or was meant to point) to this kind of thing. */
  async function keyScopeNames(kind: 'api' | 'product'): Promise<Reading<string | null>> {
    const key = await fact('key');
    if (key.status === 'unreadable') return key;
    const [match, ...more] = key.value.matches;
    const target = match?.subscription.target;
    if (target === undefined || more.length > 0) return { status: 'read', value: null };
    if (target.kind === 'malformed') return { status: 'read', value: target.meant?.kind === kind ? target.meant.name : null };
    return { status: 'read', value: target.kind === kind && target.workspace === null ? target.name : null };
  }

  async function readNamedApi(name: string): Promise<Reading<ApiFact | null>> {
    const called = await fact('api');
    if (called.status === 'read' && called.value.name.toLowerCase() === name.toLowerCase()) return called;
    return withService(async (id) => {
      const got = await reader.get(`${id}/apis/${name}`);
      if (got.status === 'unreadable') return got.reason === 'not-found' ? { status: 'read', value: null } : got;
      return { status: 'read', value: toApi(got.value) };
    });
  }

  async function readProduct(name: string): Promise<Reading<ProductFact | null>> {
    const listed = await fact('apiProducts');
    const known = listed.status === 'read' ? listed.value.find((one) => one.name.toLowerCase() === name.toLowerCase()) : undefined;
    if (known !== undefined) return { status: 'read', value: known };
    return withService(async (id) => {
      const got = await reader.get(`${id}/products/${name}`);
      if (got.status === 'unreadable') return got.reason === 'not-found' ? { status: 'read', value: null } : got;
      return { status: 'read', value: toProduct(got.value) };
    });
  }

  function locateKeyIn(id: string): Promise<Reading<KeySearchResult>> {
    const key = question.key;
    return once(`key in ${id}`, async () => {
      if (key === null)
        return unreadable('not-given', 'The paste shows no key; its first four characters are enough to find the subscription.');
      if (key.length < shortestKey) {
        return unreadable('not-given', `Fewer than ${shortestKey} characters fit too many keys: give at least ${shortestKey}.`);
      }
      const onlyOne = symptom.host !== null || question.services.length === 1;
      const [api, products] = onlyOne ? await Promise.all([fact('api'), fact('apiProducts')]) : [null, null];
      return findKey({
        serviceId: id,
        key,
        reader,
        hash,
        api: api?.status === 'read' ? api.value : null,
        products: products?.status === 'read' ? products.value : [],
      });
    });
  }

  async function readKey(id: string): Promise<Reading<KeyFact>> {
    const key = question.key;
    const found = await locateKeyIn(id);
    if (key === null || found.status === 'unreadable') return found as Unreadable;
    const { matches, scanned, of, complete, seen } = found.value;
    const sameAs =
      matches.length > 0 || key.partial ? null : await whatElse({ key, hash, reader, serviceId: id, question, subscriptions: seen, fact });
    return {
      status: 'read',
      value: {
        at: `${id}/subscriptions`,
        shown: key.shown,
        where: key.line === 0 ? 'option' : key.where,
        line: key.line,
        form: key.form,
        matches,
        scanned,
        of,
        complete,
        sameAs,
      },
    };
  }

  return {
    fact,
    async snapshot() {
      const id = await serviceId();
      const facts = Object.fromEntries(settledFacts) as FactReadings;
      return Object.freeze({
        format: 'locksmith-snapshot/1' as const,
        now: reader.now().toISOString(),
        symptom,
        service: id.status === 'read' ? id.value : null,
        facts,
        refusals: refusalsIn([...settledFacts.values(), id]),
        arm: reader.counts(),
      });
    },
  };
}

function refusalsIn(readings: readonly Reading<unknown>[]): readonly Refusal[] {
  const seen = new Map<string, Refusal>();
  for (const reading of readings) {
    if (reading.status === 'unreadable' && reading.reason === 'forbidden') {
      const action = reading.action ?? 'Microsoft.ApiManagement/service/read';
      seen.set(action, { action, at: reading.at });
    }
  }
  return [...seen.values()];
}
