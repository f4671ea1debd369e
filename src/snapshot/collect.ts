// Reads the facts that somebody asks for, each once, independent ones in parallel. Nothing here judges.
import type { PastedKey } from '../symptom/symptom.ts';
import { type Collecting, type Question, type ReadersOf, unreadable } from './collecting.ts';
import { type Covering, findKey, type KeySearchResult } from './find-key.ts';
import { aiReaders } from './readers/ai.ts';
import { backendReaders } from './readers/backend.ts';
import { callReaders } from './readers/call.ts';
import { familyReaders } from './readers/family.ts';
import { fixReaders } from './readers/fixes.ts';
import { keyReaders } from './readers/key.ts';
import { keyTraceReaders } from './readers/key-traces.ts';
import { placeReaders } from './readers/place.ts';
import { policyReaders } from './readers/policies.ts';
import { portalReaders } from './readers/portal.ts';
import { resolveService } from './resolve-service.ts';
import type { ApiFact, FactName, FactReadings, Facts, Reading, Refusal, Snapshot } from './snapshot.ts';

export interface Collection {
  fact<N extends FactName>(name: N): Promise<Reading<Facts[N]>>;
  /** What has been read so far. */
  snapshot(): Promise<Snapshot>;
}

/** The fewest characters of a key that are looked for (contract.md, `--key-prefix`). */
export const shortestKey = 4;

export function openCollection(question: Question): Collection {
  const { symptom, reader, hash } = question;
  const facts = new Map<FactName, Promise<Reading<Facts[FactName]>>>();
  const settled = new Map<FactName, Reading<Facts[FactName]>>();
  const shared = new Map<string, Promise<Reading<unknown>>>();
  /** What facts are made of: a part that was refused counts, also where the rest of its fact could be read. */
  const parts: Reading<unknown>[] = [];

  const collecting: Collecting = {
    question,
    fact,
    once,
    locateKeyIn,
    findKeyIn,
    async withService<T>(go: (id: string) => Promise<Reading<T>>) {
      const id = await serviceId();
      return id.status === 'read' ? go(id.value) : id;
    },
    async withApi<T>(go: (api: ApiFact) => Promise<Reading<T>>) {
      const api = await fact('api');
      return api.status === 'read' ? go(api.value) : api;
    },
  };
  const readers: ReadersOf<FactName> = {
    ...aiReaders(collecting),
    ...backendReaders(collecting),
    ...callReaders(collecting),
    ...keyReaders(collecting),
    ...keyTraceReaders(collecting),
    ...familyReaders(collecting),
    ...fixReaders(collecting),
    ...placeReaders(collecting),
    ...policyReaders(collecting),
    ...portalReaders(collecting),
  };

  function fact<N extends FactName>(name: N): Promise<Reading<Facts[N]>> {
    const known = facts.get(name);
    if (known !== undefined) return known as unknown as Promise<Reading<Facts[N]>>;
    // A fault of ours in one reader costs what depends on it, not the whole answer.
    const started = readers[name]().catch((error: unknown) => ownFault(name, error) as Reading<Facts[N]>);
    facts.set(name, started as unknown as Promise<Reading<Facts[FactName]>>);
    void started.then((reading) => settled.set(name, reading as Reading<Facts[FactName]>));
    return started;
  }

  function once<T>(name: string, go: () => Promise<Reading<T>>): Promise<Reading<T>> {
    const known = shared.get(name);
    if (known !== undefined) return known as Promise<Reading<T>>;
    const started = go();
    shared.set(name, started as Promise<Reading<unknown>>);
    void started.then((reading) => parts.push(reading));
    return started;
  }

  const serviceId = (): Promise<Reading<string>> => once('serviceId', () => resolveService(question, locateKeyIn, once));

  function locateKeyIn(id: string): Promise<Reading<KeySearchResult>> {
    const key = question.key;
    return once(`key in ${id}`, async () => {
      if (key === null)
        return unreadable('not-given', 'The paste shows no key; its first four characters are enough to find the subscription.');
      if (key.length < shortestKey) {
        return unreadable('not-given', `Fewer than ${shortestKey} characters fit too many keys: give at least ${shortestKey}.`);
      }
      return findKeyIn(id, key);
    });
  }

  function findKeyIn(id: string, key: PastedKey): Promise<Reading<KeySearchResult>> {
    return findKey({ serviceId: id, key, reader, hash, covering: coveringOf() });
  }

  /** What would let the key pass. Unknown while several services are searched for it: whose API it was is not known then. */
  async function coveringOf(): Promise<Covering> {
    if (symptom.host === null && question.services.length > 1) return { api: null, products: [] };
    const [api, products] = await Promise.all([fact('api'), fact('apiProducts')]);
    return { api: api.status === 'read' ? api.value : null, products: products.status === 'read' ? products.value : [] };
  }

  return {
    fact,
    async snapshot() {
      const id = await serviceId();
      return Object.freeze({
        format: 'locksmith-snapshot/1' as const,
        now: reader.now().toISOString(),
        symptom,
        service: id.status === 'read' ? id.value : null,
        facts: Object.fromEntries(settled) as FactReadings,
        refusals: refusalsIn([...settled.values(), ...parts, id]),
        arm: reader.counts(),
      });
    },
  };
}

function ownFault(name: FactName, error: unknown): Reading<never> {
  return unreadable(
    'unavailable',
    `Reading ${name} failed here (${error instanceof Error ? error.name : 'error'}); that is a fault of Locksmith.`,
  );
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
