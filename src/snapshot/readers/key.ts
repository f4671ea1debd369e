// The key: its subscription, and what that points to.
import { redact } from '../../symptom/redact.ts';
import { type Collecting, mapReading, type ReadersOf, read } from '../collecting.ts';
import { toApi, toProduct } from '../from-arm.ts';
import type { ApiFact, KeyFact, ProductFact, Reading, Unreadable } from '../snapshot.ts';
import { whatElse } from '../what-else.ts';
import { documentText } from './policies.ts';

export function keyReaders(collecting: Collecting): ReadersOf<'key' | 'keyProduct' | 'keyApi' | 'keyProductPolicy'> {
  const { fact, withService } = collecting;
  return {
    key: () => withService((id) => readKey(collecting, id)),
    keyProduct: async () => {
      const named = await keyScopeNames(collecting, 'product');
      if (named.status === 'unreadable') return named;
      return named.value === null ? read(null) : readProduct(collecting, named.value);
    },
    keyApi: async () => {
      const named = await keyScopeNames(collecting, 'api');
      if (named.status === 'unreadable') return named;
      return named.value === null ? read(null) : readNamedApi(collecting, named.value);
    },
    keyProductPolicy: async () => {
      const product = await fact('keyProduct');
      if (product.status === 'unreadable') return product;
      if (product.value === null) return read(null);
      return mapReading(await documentText(collecting, `${product.value.armId}/policies/policy`), (policy) => policy && redact(policy));
    },
  };
}

/** The name in the scope of the one subscription that has the key, when it points (or was meant to point) to this kind of thing. */
async function keyScopeNames({ fact }: Collecting, kind: 'api' | 'product'): Promise<Reading<string | null>> {
  const key = await fact('key');
  if (key.status === 'unreadable') return key;
  const [match, ...more] = key.value.matches;
  const target = match?.subscription.target;
  if (target === undefined || more.length > 0) return { status: 'read', value: null };
  if (target.kind === 'malformed') return { status: 'read', value: target.meant?.kind === kind ? target.meant.name : null };
  return { status: 'read', value: target.kind === kind && target.workspace === null ? target.name : null };
}

async function readNamedApi({ question: { reader }, fact, withService }: Collecting, name: string): Promise<Reading<ApiFact | null>> {
  const called = await fact('api');
  if (called.status === 'read' && called.value.name.toLowerCase() === name.toLowerCase()) return called;
  return withService(async (id) => {
    const got = await reader.get(`${id}/apis/${name}`);
    if (got.status === 'unreadable') return got.reason === 'not-found' ? { status: 'read', value: null } : got;
    return { status: 'read', value: toApi(got.value) };
  });
}

async function readProduct({ question: { reader }, fact, withService }: Collecting, name: string): Promise<Reading<ProductFact | null>> {
  const listed = await fact('apiProducts');
  const known = listed.status === 'read' ? listed.value.find((one) => one.name.toLowerCase() === name.toLowerCase()) : undefined;
  if (known !== undefined) return { status: 'read', value: known };
  return withService(async (id) => {
    const got = await reader.get(`${id}/products/${name}`);
    if (got.status === 'unreadable') return got.reason === 'not-found' ? { status: 'read', value: null } : got;
    return { status: 'read', value: toProduct(got.value) };
  });
}

async function readKey({ question, fact, locateKeyIn }: Collecting, id: string): Promise<Reading<KeyFact>> {
  const { hash, reader } = question;
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
