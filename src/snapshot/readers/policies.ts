import { type Collecting, type ReadersOf, read, unreadable } from '../collecting.ts';
import type { PoliciesFact, PolicyDocument, PolicyScope } from '../facts-policies.ts';
import { text } from '../from-arm.ts';
import { masked } from '../policies/mask.ts';
import { maskedText } from '../policies/mask-text.ts';
import { scanPolicy } from '../policies/scan.ts';
import { withAllInside } from '../policies/statement.ts';
import type { ArmList } from '../ports.ts';
import { calledOperations } from '../read-operations.ts';
import { seal } from '../sealed.ts';
import type { ApiFact, ProductFact, Reading, Unreadable } from '../snapshot.ts';
import { readNamedValues, refersToNamedValues } from './named-values.ts';

/** Products whose policies are read when it is not known whose key was used. */
const mostProducts = 4;
const mostFragments = 8;

interface Place {
  readonly scope: PolicyScope;
  readonly armId: string;
  readonly of: string;
}

export function policyReaders(collecting: Collecting): ReadersOf<'policies' | 'namedValues' | 'policyTexts'> {
  return {
    policies: () => collecting.withApi((api) => readPolicies(collecting, api)),
    namedValues: async () => {
      const policies = await collecting.fact('policies');
      if (policies.status === 'unreadable') return policies;
      return refersToNamedValues(policies.value) ? readNamedValues(collecting) : read([]);
    },
    policyTexts: async () => {
      const policies = await collecting.fact('policies');
      if (policies.status === 'unreadable') return policies;
      const own = policies.value.documents.filter(({ state }) => state === 'read');
      const texts = await Promise.all(
        own.map(async ({ armId }) => {
          const got = await documentText(collecting, armId);
          return got.status === 'read' && got.value !== null
            ? [{ armId, text: seal(got.value, maskedText(got.value, collecting.question.hash)) }]
            : [];
        }),
      );
      return read(texts.flat());
    },
  };
}

async function readPolicies(collecting: Collecting, api: ApiFact): Promise<Reading<PoliciesFact>> {
  const [service = ''] = api.armId.split(/\/(?:workspaces|apis)\//i);
  const workspace = /^(.*\/workspaces\/([^/]+))\/apis\//i.exec(api.armId);
  const fixed: Place[] = [
    { scope: 'service', armId: `${service}/policies/policy`, of: 'all APIs' },
    ...(workspace === null
      ? []
      : [{ scope: 'workspace' as const, armId: `${workspace[1]}/policies/policy`, of: `the workspace ${workspace[2]}` }]),
    { scope: 'api', armId: `${api.armId}/policies/policy`, of: `the API ${api.displayName}` },
  ];
  const [known, products, operation] = await Promise.all([
    Promise.all(fixed.map((place) => readDocument(collecting, place))),
    readProducts(collecting, api),
    readOperation(collecting, api),
  ]);
  const found = [...known, ...products.documents, ...operation.documents];
  const order: readonly PolicyScope[] = ['service', 'workspace', 'product', 'api', 'operation'];
  const documents = order.flatMap((scope) => found.filter(({ document }) => document.scope === scope));
  const fragments = await readFragments(
    collecting,
    workspace?.[1] ?? service,
    documents.map(({ document }) => document),
  );
  const unread = [...documents, ...fragments].flatMap(({ failed }) => (failed === null ? [] : [failed]));
  const first = unread[0];
  // Where nothing at all could be read, the fact is what is missing.
  if (first !== undefined && documents.every(({ document }) => document.state === 'unreadable')) return first;
  return read({
    documents: documents.map(({ document }) => document),
    fragments: fragments.map(({ document }) => document),
    bypassed: products.bypassed.map(({ document }) => document),
    productKnown: products.known,
    operationKnown: operation.known,
    unread: [...unread, ...products.unread, ...operation.unread],
  });
}

interface Found {
  readonly document: PolicyDocument;
  readonly failed: Unreadable | null;
}

interface Some {
  readonly documents: readonly Found[];
  readonly known: boolean;
  readonly unread: readonly Unreadable[];
}

interface OfProducts extends Some {
  /** Of products whose policy does not run for this key. */
  readonly bypassed: readonly Found[];
}

/** The policies of the product that the call was made in: the key's, else the open one; all that it can be when nobody knows. */
async function readProducts(collecting: Collecting, api: ApiFact): Promise<OfProducts> {
  const listed = await collecting.fact('apiProducts');
  if (listed.status === 'unreadable') return { documents: [], bypassed: [], known: false, unread: [listed] };
  const chosen = await callProducts(collecting, api, listed.value);
  const readAll = (products: readonly ProductFact[]): Promise<readonly Found[]> =>
    Promise.all(
      products
        .slice(0, mostProducts)
        .map(({ armId, displayName }) =>
          readDocument(collecting, { scope: 'product', armId: `${armId}/policies/policy`, of: `the product ${displayName}` }),
        ),
    );
  const [documents, bypassed] = await Promise.all([readAll(chosen.products), readAll(chosen.bypassed)]);
  const left = chosen.products.length - documents.length;
  const unread = left > 0 ? [unreadable('ambiguous', `The policies of ${left} more products were not read: say which key was used.`)] : [];
  return { documents, bypassed, known: chosen.known, unread };
}

async function callProducts(
  { question, fact }: Collecting,
  api: ApiFact,
  all: readonly ProductFact[],
): Promise<{ readonly products: readonly ProductFact[]; readonly bypassed: readonly ProductFact[]; readonly known: boolean }> {
  if (all.length === 0) return { products: [], bypassed: [], known: true };
  const { key, symptom } = question;
  if (key !== null && key.form !== 'jwt' && key.where !== 'bearer') {
    const found = await fact('key');
    const [match, ...more] = found.status === 'read' ? found.value.matches : [];
    if (match !== undefined && more.length === 0) {
      const { target } = match.subscription;
      const own = target.kind === 'product' ? all.filter((product) => product.name.toLowerCase() === target.name.toLowerCase()) : [];
      return { products: own, bypassed: own.length > 0 ? [] : all, known: true };
    }
  }
  const open = all.filter((product) => !product.subscriptionRequired);
  // No key was sent: only an open product can be the one. Where the API needs a key and none is open, the paste leaves the key out.
  const keyless = symptom.requestSeen && symptom.keys.every((sent) => sent.where === 'bearer' || sent.form === 'jwt');
  if (keyless && (open.length > 0 || !api.subscriptionRequired)) {
    return { products: open, bypassed: [], known: true };
  }
  return { products: all, bypassed: [], known: false };
}

async function readOperation(collecting: Collecting, api: ApiFact): Promise<Some> {
  const { question } = collecting;
  const { symptom } = question;
  if (symptom.urlPath === null) return { documents: [], known: false, unread: [] };
  const listed = await operationList(collecting, api);
  if (listed.status === 'unreadable') return { documents: [], known: false, unread: [listed] };
  const [called, ...more] = calledOperations(listed.value.items, api, symptom);
  if (called === undefined || more.length > 0) return { documents: [], known: false, unread: [] };
  const of = `the operation ${text(called.properties.displayName) ?? called.name}`;
  return {
    documents: [await readDocument(collecting, { scope: 'operation', armId: `${called.id}/policies/policy`, of })],
    known: true,
    unread: [],
  };
}

/** The operations of the API as the list has them, read once. */
export function operationList({ question, once }: Collecting, api: ApiFact): Promise<Reading<ArmList>> {
  return once(`operations of ${api.armId}`, () => question.reader.list(`${api.armId}/operations`));
}

async function readFragments(collecting: Collecting, home: string, documents: readonly PolicyDocument[]): Promise<readonly Found[]> {
  const found = new Map<string, Found>();
  let wanted = includedBy(documents);
  while (wanted.length > 0 && found.size < mostFragments) {
    const batch = wanted.filter((id) => !found.has(id.toLowerCase())).slice(0, mostFragments - found.size);
    const got = await Promise.all(
      batch.map((id) =>
        readDocument(collecting, { scope: 'fragment', armId: `${home}/policyFragments/${encodeURIComponent(id)}`, of: id }),
      ),
    );
    for (const [index, one] of got.entries()) found.set((batch[index] ?? '').toLowerCase(), one);
    wanted = includedBy(got.map(({ document }) => document)).filter((id) => !found.has(id.toLowerCase()));
  }
  return [...found.values()];
}

function includedBy(documents: readonly PolicyDocument[]): readonly string[] {
  const ids = documents
    .flatMap(({ root }) => (root === null ? [] : withAllInside(root)))
    .flatMap(({ name, attributes }) => (name === 'include-fragment' ? [attributes['fragment-id'] ?? ''] : []))
    .filter((id) => /^[\w.-]{1,256}$/.test(id));
  return [...new Map(ids.map((id) => [id.toLowerCase(), id])).values()];
}

async function readDocument(collecting: Collecting, place: Place): Promise<Found> {
  const got = await documentText(collecting, place.armId);
  const none = { ...place, root: null };
  if (got.status === 'unreadable') return { document: { ...none, state: 'unreadable', says: got.says }, failed: got };
  if (got.value === null || got.value.trim() === '') return { document: { ...none, state: 'none', says: null }, failed: null };
  const scanned = scanPolicy(got.value);
  if (scanned.kind === 'document') {
    return { document: { ...place, state: 'read', says: null, root: masked(scanned.root, collecting.question.hash) }, failed: null };
  }
  const subject = place.scope === 'fragment' ? 'The fragment' : 'The policy of';
  const says = `${subject} ${place.of} could not be used. ${scanned.says}`;
  return { document: { ...none, state: scanned.kind, says }, failed: unreadable('unavailable', says, place.armId) };
}

/** The text of a policy or fragment as rawxml, secrets inside; null where there is none. Read once. */
export function documentText({ question, once }: Collecting, armId: string): Promise<Reading<string | null>> {
  return once(`policy ${armId.toLowerCase()}`, async () => {
    const got = await question.reader.get(armId, { format: 'rawxml' });
    if (got.status === 'unreadable') return got.reason === 'not-found' ? read(null) : got;
    return read(typeof got.value.properties.value === 'string' ? got.value.properties.value : null);
  });
}
