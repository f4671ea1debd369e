// From the characters of a key to its subscription. ARM cannot search by key (field guide, section d), so keys are asked for one
// subscription at a time: those whose scope covers the API first, then the rest. Keys are compared by keyed hash and forgotten.
import type { KeyHasher, PastedKey } from '../symptom/symptom.ts';
import { toSubscription } from './from-arm.ts';
import type { ArmReader, ArmResource, SubscriptionSecrets } from './ports.ts';
import type { ApiFact, KeyMatch, NearKey, ProductFact, Reading, ScopeTarget, SubscriptionFact, Unreadable } from './snapshot.ts';

/** Above this many characters two keys that start alike are no accident worth the wait. */
const tellingLength = 8;
/** Above this many subscriptions two keys may share their first four characters by chance. */
const mostToGuessFrom = 500;
/** How many subscriptions are asked for their keys before the answers are looked at. */
const batch = 20;
/** Scopes asked for by `$filter` when there are more subscriptions than ARM puts on a page. */
const narrowReads = 5;

export interface KeySearch {
  readonly serviceId: string;
  readonly key: PastedKey;
  readonly reader: ArmReader;
  readonly hash: KeyHasher;
  /** The API of the call and its products, when they can be read: what a matching key would have to cover. */
  readonly covering: Promise<Covering>;
}

export interface Covering {
  readonly api: ApiFact | null;
  readonly products: readonly ProductFact[];
}

export interface KeySearchResult {
  readonly matches: readonly KeyMatch[];
  readonly seen: readonly SubscriptionFact[];
  readonly scanned: number;
  readonly of: number;
  readonly complete: boolean;
  /** The nearest miss; only when nothing matches. */
  readonly near: NearKey | null;
}

interface Compared {
  /** By the subscription's name in small letters. */
  readonly matches: Map<string, KeyMatch | null>;
  readonly misses: NearKey[];
}

export async function findKey(search: KeySearch): Promise<Reading<KeySearchResult>> {
  const { serviceId, reader } = search;
  const [first, covering] = await Promise.all([reader.list(`${serviceId}/subscriptions`, undefined, 1), search.covering]);
  if (first.status === 'unreadable') return first;

  const known = new Map<string, SubscriptionFact>();
  const learn = (items: readonly ArmResource[]): void => {
    for (const item of items) known.set(item.name.toLowerCase(), toSubscription(item, serviceId));
  };
  learn(first.value.items);
  if (first.value.next !== null) {
    const narrow = await Promise.all(
      coveringScopes(covering).map((scope) =>
        reader.list(`${serviceId}/subscriptions`, { $filter: `scope eq '${scope.replaceAll("'", "''")}'` }),
      ),
    );
    for (const part of narrow) if (part.status === 'read') learn(part.value.items);
  }

  const compared: Compared = { matches: new Map(), misses: [] };
  const likely = [...known.values()].filter((one) => covers(one.target, covering));
  const refused = await compare(search, likely, compared);
  if (refused !== null) return refused;
  const total = Math.max(first.value.total ?? 0, known.size);
  if (settled(search, compared)) return result(compared, known, total, true);

  const rest = first.value.next === null ? null : await reader.list(first.value.next);
  if (rest?.status === 'read') learn(rest.value.items);
  const refusedLater = await compare(
    search,
    [...known.values()].filter((one) => !compared.matches.has(one.name.toLowerCase())),
    compared,
  );
  if (refusedLater !== null) return refusedLater;
  const all = rest?.status !== 'unreadable' && compared.matches.size >= known.size;
  return result(compared, known, Math.max(total, known.size), all || settled(search, compared));
}

// The scopes that would let the key pass, as `$filter` values; relative values match (recordings, `$filter=properties/scope eq '/apis'`).
function coveringScopes({ api, products }: Covering): readonly string[] {
  if (api === null) return [];
  return [`/apis/${api.name}`, '/apis', ...products.map((product) => `/products/${product.name}`)].slice(0, narrowReads);
}

/** Whether a key of this scope opens the API; true while the API is not known. */
export function covers(target: ScopeTarget, { api, products }: Covering): boolean {
  if (api === null || target.kind === 'service' || target.kind === 'all-apis') return true;
  if (target.kind === 'api') return target.name.toLowerCase() === api.name.toLowerCase();
  if (target.kind === 'product') return products.some((product) => product.name.toLowerCase() === target.name.toLowerCase());
  return false;
}

/** Asks for the keys of each; gives up when ARM refuses the first few. A subscription that could not be asked stays uncompared. */
async function compare(search: KeySearch, subscriptions: readonly SubscriptionFact[], compared: Compared): Promise<Unreadable | null> {
  for (let start = 0; start < subscriptions.length; start += batch) {
    const group = subscriptions.slice(start, start + batch);
    const answers = await Promise.all(group.map(async (one) => ({ one, secrets: await search.reader.listSecrets(one.armId) })));
    let gone: Unreadable | null = null;
    for (const { one, secrets } of answers) {
      if (secrets.status === 'read') {
        const found = match(search, one, secrets.value);
        compared.matches.set(one.name.toLowerCase(), found);
        const miss = found === null ? nearMiss(search, one, secrets.value) : null;
        if (miss !== null) compared.misses.push(miss);
      } else if (secrets.reason !== 'not-found') {
        gone = secrets;
      }
    }
    // Where the first ones are all refused, the rest would be too.
    if (gone !== null && compared.matches.size === 0) return gone;
    if (gone !== null && gone.reason !== 'forbidden') return null;
    if (settled(search, compared)) return null;
  }
  return null;
}

function match({ key, hash }: KeySearch, subscription: SubscriptionFact, secrets: SubscriptionSecrets): KeyMatch | null {
  let found: KeyMatch | null = null;
  for (const slot of ['primary', 'secondary'] as const) {
    const value = secrets[`${slot}Key`];
    if (value === null || value.length < key.length || hash(value.slice(0, key.length)) !== key.fingerprint) continue;
    const whole = value.length === key.length;
    if (found === null || whole) found = { subscription, slot, whole };
  }
  return found;
}

/** A key that the value was perhaps made from: only its letter case or the blanks around it differ, or it begins alike. */
function nearMiss({ key, hash }: KeySearch, subscription: SubscriptionFact, secrets: SubscriptionSecrets): NearKey | null {
  if (key.partial || key.line === 0) return null;
  for (const slot of ['primary', 'secondary'] as const) {
    const value = secrets[`${slot}Key`];
    if (value === null) continue;
    if (hash(value.trim().toLowerCase()) === key.folded) return { subscription, slot, how: 'folded' };
    if (value.length > 8 && key.shown === `${value.slice(0, 4)}…`) return { subscription, slot, how: 'beginning' };
  }
  return null;
}

// A whole key belongs to one subscription. A long beginning is taken as telling once it has matched; a short one is compared with all.
function settled({ key }: KeySearch, compared: Compared): boolean {
  const matches = [...compared.matches.values()].filter((one) => one !== null);
  return matches.some((one) => one.whole) || (matches.length > 0 && compared.matches.size > 200 && key.length >= tellingLength);
}

function result(compared: Compared, known: ReadonlyMap<string, SubscriptionFact>, of: number, complete: boolean): Reading<KeySearchResult> {
  const matches = [...compared.matches.values()].filter((one) => one !== null);
  const whole = matches.filter((one) => one.whole);
  return {
    status: 'read',
    value: {
      matches: whole.length > 0 ? whole : matches,
      seen: [...known.values()],
      scanned: compared.matches.size,
      of,
      complete,
      near: matches.length > 0 ? null : nearest(compared),
    },
  };
}

// Among many keys some begin alike by chance, so that a common beginning says something only where there are few.
function nearest({ matches, misses }: Compared): NearKey | null {
  const few = matches.size <= mostToGuessFrom ? misses : misses.filter(({ how }) => how === 'folded');
  return few.find(({ how }) => how === 'folded') ?? few[0] ?? null;
}
