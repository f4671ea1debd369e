// Where else a key is, what happened to it, who owns it. Each reader returns at once when the answer is already decided.
import type { PastedKey } from '../../symptom/symptom.ts';
import { readKeyHistory } from '../activity-log.ts';
import { type Collecting, mapReading, orNull, type ReadersOf, read } from '../collecting.ts';
import type { KeyElsewhereFact, KeyEvent, KeyFacts, KeyHistoryFact, LimitedProductFact, WorkspacesFact } from '../facts-keys.ts';
import { covers } from '../find-key.ts';
import { defaultKeyNames, text, toSubscription } from '../from-arm.ts';
import { isDefaultGatewayHost, nameOf } from '../resolve-service.ts';
import type { KeyFact, Reading } from '../snapshot.ts';
import { listWorkspaces, workspaceIdOf } from '../workspaces.ts';

/** Other services than this many are not searched for one key. */
const mostServices = 10;
/** How long a new key is given before it counts as known to the gateway, in milliseconds (seed 000). */
const settlesMs = 10 * 60_000;

export function keyTraceReaders(collecting: Collecting): ReadersOf<keyof KeyFacts> {
  const { question, fact, withService, locateKeyIn } = collecting;
  const { symptom, reader, services, key: asked } = question;
  return {
    consoleKey: () => {
      if (symptom.client !== 'console' || asked !== null) return Promise.resolve(read(null));
      return withService(async (id) =>
        mapReading(orNull(await reader.get(`${id}/subscriptions/master`)), (one) => (one === null ? null : toSubscription(one, id))),
      );
    },
    keyElsewhere: () => readElsewhere(collecting),
    keyHistory: () =>
      withService<KeyHistoryFact | null>(async (id) => {
        const found = await locateKeyIn(id);
        if (found.status === 'unreadable') return found;
        const { matches, complete, seen } = found.value;
        if (asked === null || matches.length > 0 || !complete || !mayBeKey(asked)) return read(null);
        // 32 hex digits are no id or name, so that nothing else has to be known before.
        const key = asked.form === 'hex32' ? null : await fact('key');
        if (key?.status === 'read' && (key.value.sameAs !== null || key.value.matches.length > 0)) return read(null);
        const elsewhere = await fact('keyElsewhere');
        if (elsewhere.status === 'read' && elsewhere.value.matches.length > 0) return read(null);
        // A value that an operation's definition fills in comes from there, not from a former key.
        const operations = await fact('operations');
        const presets = operations.status === 'read' ? operations.value.candidates.flatMap(({ headers }) => headers) : [];
        if (presets.some(({ fingerprint }) => fingerprint === asked.fingerprint)) return read(null);
        return readKeyHistory(reader, id, seen);
      }),
    keyRenewed: () => readRenewal(collecting),
    shadowedKey: () => readShadowedKey(collecting),
    keyOwner: async () => {
      const key = await fact('key');
      if (key.status === 'unreadable') return key;
      const [match, ...more] = key.value.matches;
      const owner = match?.subscription.ownerId ?? null;
      // A subscription that is not active explains itself.
      if (owner === null || more.length > 0 || match?.subscription.state !== 'active') return read(null);
      return withService(async (id) =>
        mapReading(orNull(await reader.get(`${id}/users/${nameOf(owner)}`)), (user) =>
          user === null ? null : { armId: user.id, state: (text(user.properties.state) ?? 'active').toLowerCase() },
        ),
      );
    },
    limitedProducts: () => {
      // A request to ARM names the service in its path.
      const named = services.find((id) => symptom.urlPath?.toLowerCase().startsWith(`${id.toLowerCase()}/`));
      return named === undefined ? withService(readLimits) : readLimits(named);
    },
    workspaces: () =>
      withService<WorkspacesFact | null>(async (id) => {
        const [api, key] = await Promise.all([fact('api'), fact('key')]);
        const at = `${id}/workspaces`;
        const apiHere = api.status === 'read' && workspaceIdOf(api.value.armId) === null;
        const keyHere =
          key.status === 'unreadable' || key.value.matches.some(({ subscription }) => workspaceIdOf(subscription.armId) === null);
        if ((apiHere || api.status === 'unreadable') && keyHere) return read(null);
        return mapReading(await listWorkspaces(collecting, id), (items) => ({ at, names: items.map(({ name }) => name) }));
      }),
  };

  async function readLimits(id: string): Promise<Reading<readonly LimitedProductFact[]>> {
    return mapReading(await reader.list(`${id}/products`), ({ items }) =>
      items.flatMap(({ id: armId, name, properties }) => {
        const limit = properties.subscriptionsLimit;
        return typeof limit === 'number' ? [{ armId, displayName: text(properties.displayName) ?? name, limit }] : [];
      }),
    );
  }

  async function readElsewhere({ question: { key } }: Collecting): Promise<Reading<KeyElsewhereFact>> {
    const nowhere: KeyElsewhereFact = { searched: [], matches: [] };
    const service = await withService(async (id) => read(id));
    if (key === null || symptom.host === null) return read(nowhere);
    if (service.status === 'read') {
      const here = await locateKeyIn(service.value);
      if (here.status === 'unreadable') return here;
      if (here.value.matches.length > 0 || !here.value.complete) return read(nowhere);
    } else if (service.reason !== 'no-service' || !isDefaultGatewayHost(symptom.host)) {
      // Behind a host of its own there may be any service, also one of ours.
      return service;
    }
    const others = services.filter((id) => service.status === 'unreadable' || id.toLowerCase() !== service.value.toLowerCase());
    const answers = await Promise.all(others.slice(0, mostServices).map(async (id) => ({ id, found: await locateKeyIn(id) })));
    return read({
      searched: answers.flatMap(({ id, found }) =>
        found.status === 'read' ? [{ service: id, scanned: found.value.scanned, of: found.value.of, complete: found.value.complete }] : [],
      ),
      matches: answers.flatMap(({ id, found }) =>
        found.status === 'read' ? found.value.matches.map((match) => ({ service: id, match })) : [],
      ),
    });
  }
}

/** A value of another form, or a damaged one, is explained by that. */
function mayBeKey({ form, flaw }: PastedKey): boolean {
  return (form === 'hex32' || form === 'other') && flaw === undefined;
}

/** The gateway reads the header before the query (field guide, b.5): the query's key is looked up when the header has another. */
async function readShadowedKey({ question, fact, withService, findKeyIn }: Collecting): Promise<Reading<KeyFact | null>> {
  const { symptom, key: asked } = question;
  const api = await fact('api');
  const names = api.status === 'read' ? api.value.keyNames : { ...defaultKeyNames, header: symptom.headerName ?? defaultKeyNames.header };
  const header = symptom.keys.find((key) => key.where === 'header' && key.name?.toLowerCase() === names.header.toLowerCase());
  const query = symptom.keys.find((key) => key.where === 'query' && key.name?.toLowerCase() === names.query.toLowerCase());
  if (header === undefined || query === undefined || header.fingerprint === query.fingerprint) return read(null);
  if (asked?.fingerprint !== header.fingerprint || query.length < 4) return read(null);
  return withService(async (id) =>
    mapReading(await findKeyIn(id, query), ({ matches, scanned, of, complete, near }) => ({
      at: `${id}/subscriptions`,
      shown: query.shown,
      where: 'query' as const,
      line: query.line,
      form: query.form,
      matches,
      scanned,
      of,
      complete,
      sameAs: null,
      near,
    })),
  );
}

/** Looked up only for an active subscription that is not new itself: its age settles it otherwise. */
async function readRenewal({
  question: { symptom, reader },
  fact,
  withService,
  locateKeyIn,
}: Collecting): Promise<Reading<KeyEvent | null>> {
  const key = await fact('key');
  if (key.status === 'unreadable') return key;
  const [match, ...more] = key.value.matches;
  if (match === undefined || more.length > 0 || match.subscription.state !== 'active') return read(null);
  const called = symptom.date === null ? reader.now() : new Date(symptom.date);
  const age = called.getTime() - Date.parse(match.subscription.createdDate ?? '');
  if (!(age > settlesMs)) return read(null);
  const [api, products] = await Promise.all([fact('api'), fact('apiProducts')]);
  if (api.status === 'unreadable' || products.status === 'unreadable') return read(null);
  if (!covers(match.subscription.target, { api: api.value, products: products.value })) return read(null);
  return withService(async (id) => {
    const found = await locateKeyIn(id);
    const history = orNull(await readKeyHistory(reader, id, found.status === 'read' ? found.value.seen : []));
    return mapReading(history, (log) => {
      const own = (log?.events ?? []).filter(
        ({ kind, armId }) => kind === 'regenerated' && nameOf(armId).toLowerCase() === match.subscription.name.toLowerCase(),
      );
      return own.find(({ at }) => Date.parse(at) <= called.getTime()) ?? null;
    });
  });
}
