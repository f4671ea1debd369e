// From the characters of a key to its subscription. ARM cannot search by key (field guide, section d), so keys are asked for one
// subscription at a time: those whose scope covers the API first, then the rest. Keys are compared by keyed hash and forgotten.
import type { KeyHasher, PastedKey } from '../symptom/symptom.ts';
import { toSubscription } from './from-arm.ts';
import type { ArmReader, ArmResource } from './ports.ts';
import type { ApiFact, KeyMatch, ProductFact, Reading, ScopeTarget, SubscriptionFact, Unreadable } from './snapshot.ts';

/** Above this many characters two keys that start alike are no accident worth the wait. */
const tellingLength = 8;
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

  const compared = new Map<string, KeyMatch | null>();
  const likely = [...known.values()].filter((one) => covers(one.target, covering));
  const refused = await compare(search, likely, compared);
  if (refused !== null) return refused;
  const total = Math.max(first.value.total ?? 0, known.size);
  if (settled(search, compared)) return result(compared, known, total, true);

  const rest = first.value.next === null ? null : await reader.list(first.value.next);
  if (rest?.status === 'read') learn(rest.value.items);
  const refusedLater = await compare(
    search,
    [...known.values()].filter((one) => !compared.has(one.name.toLowerCase())),
    compared,
  );
  if (refusedLater !== null) return refusedLater;
  const listed = rest?.status !== 'unreadable';
  return result(compared, known, Math.max(total, known.size), listed && compared.size >= known.size);
}

// The scopes that would let the key pass, as `$filter` values; relative values match (recordings, `$filter=properties/scope eq '/apis'`).
function coveringScopes({ api, products }: Covering): readonly string[] {
  if (api === null) return [];
  return [`/apis/${api.name}`, '/apis', ...products.map((product) => `/products/${product.name}`)].slice(0, narrowReads);
}

function covers(target: ScopeTarget, { api, products }: Covering): boolean {
  if (api === null || target.kind === 'service' || target.kind === 'all-apis') return true;
  if (target.kind === 'api') return target.name.toLowerCase() === api.name.toLowerCase();
  if (target.kind === 'product') return products.some((product) => product.name.toLowerCase() === target.name.toLowerCase());
  return false;
}

/** Asks for the keys of each; gives up when ARM refuses the first few. A subscription that could not be asked stays uncompared. */
async function compare(
  search: KeySearch,
  subscriptions: readonly SubscriptionFact[],
  compared: Map<string, KeyMatch | null>,
): Promise<Unreadable | null> {
  for (let start = 0; start < subscriptions.length; start += batch) {
    const group = subscriptions.slice(start, start + batch);
    const answers = await Promise.all(group.map(async (one) => ({ one, secrets: await search.reader.listSecrets(one.armId) })));
    let gone: Unreadable | null = null;
    for (const { one, secrets } of answers) {
      if (secrets.status === 'read') {
        compared.set(one.name.toLowerCase(), match(search, one, secrets.value));
      } else if (secrets.reason !== 'not-found') {
        gone = secrets;
      }
    }
    // Where the first ones are all refused, the rest would be too.
    if (gone !== null && compared.size === 0) return gone;
    if (gone !== null && gone.reason !== 'forbidden') return null;
    if (settled(search, compared)) return null;
  }
  return null;
}

function match(
  { key, hash }: KeySearch,
  subscription: SubscriptionFact,
  secrets: { readonly primaryKey: string | null; readonly secondaryKey: string | null },
): KeyMatch | null {
  let found: KeyMatch | null = null;
  for (const slot of ['primary', 'secondary'] as const) {
    const value = secrets[slot === 'primary' ? 'primaryKey' : 'secondaryKey'];
    if (value === null || value.length < key.length || hash(value.slice(0, key.length)) !== key.fingerprint) continue;
    const whole = value.length === key.length;
    if (found === null || whole) found = { subscription, slot, whole };
  }
  return found;
}

// A whole key belongs to one subscription. A long beginning is taken as telling once it has matched; a short one is compared with all.
function settled({ key }: KeySearch, compared: ReadonlyMap<string, KeyMatch | null>): boolean {
  const matches = [...compared.values()].filter((one) => one !== null);
  return matches.some((one) => one.whole) || (matches.length > 0 && compared.size > 200 && key.length >= tellingLength);
}

function result(
  compared: ReadonlyMap<string, KeyMatch | null>,
  known: ReadonlyMap<string, SubscriptionFact>,
  of: number,
  complete: boolean,
): Reading<KeySearchResult> {
  const matches = [...compared.values()].filter((one) => one !== null);
  const whole = matches.filter((one) => one.whole);
  return {
    status: 'read',
    value: { matches: whole.length > 0 ? whole : matches, seen: [...known.values()], scanned: compared.size, of, complete },
  };
}
