// The key: its subscription, and what that points to.
import { type Collecting, mapReading, orNull, type ReadersOf, read } from '../collecting.ts';
import { toApi, toProduct } from '../from-arm.ts';
import { maskedText } from '../policies/mask-text.ts';
import type { ArmResource } from '../ports.ts';
import type { KeyFact, Reading, Unreadable } from '../snapshot.ts';
import { whatElse } from '../what-else.ts';
import { findKeyInWorkspaces } from '../workspaces.ts';
import { documentText } from './policies.ts';

export function keyReaders(collecting: Collecting): ReadersOf<'key' | 'keyProduct' | 'keyApi' | 'keyProductPolicy'> {
  const { question, fact, withService } = collecting;
  return {
    key: () => withService((id) => readKey(collecting, id)),
    keyProduct: async () => {
      const path = await keyScopePath(collecting, 'product');
      if (path.status === 'unreadable') return path;
      if (path.value === null) return read(null);
      const listed = await fact('apiProducts');
      return readNamed(collecting, path.value, listed.status === 'read' ? listed.value : [], toProduct);
    },
    keyApi: async () => {
      const path = await keyScopePath(collecting, 'api');
      if (path.status === 'unreadable') return path;
      if (path.value === null) return read(null);
      const called = await fact('api');
      return readNamed(collecting, path.value, called.status === 'read' ? [called.value] : [], toApi);
    },
    keyProductPolicy: async () => {
      const product = await fact('keyProduct');
      if (product.status === 'unreadable') return product;
      if (product.value === null) return read(null);
      return mapReading(
        await documentText(collecting, `${product.value.armId}/policies/policy`),
        (policy) => policy && maskedText(policy, question.hash),
      );
    },
  };
}

/** Path below the service of what the scope of the one subscription that has the key points to (or was meant to), when it is of this kind. */
async function keyScopePath({ fact }: Collecting, kind: 'api' | 'product'): Promise<Reading<string | null>> {
  const key = await fact('key');
  if (key.status === 'unreadable') return key;
  const [match, ...more] = key.value.matches;
  const target = match?.subscription.target;
  if (target === undefined || more.length > 0) return read(null);
  const named = target.kind === 'malformed' ? target.meant : target;
  if (named === null || named.kind !== kind) return read(null);
  const inside = target.kind === kind && target.workspace !== null ? `workspaces/${target.workspace}/` : '';
  return read(`${inside}${kind}s/${named.name}`);
}

/** What is known already is not read again; what ARM has not is null. */
async function readNamed<T extends { readonly armId: string }>(
  { question: { reader }, withService }: Collecting,
  path: string,
  known: readonly T[],
  map: (resource: ArmResource) => T,
): Promise<Reading<T | null>> {
  return withService(async (id) => {
    const wanted = `${id}/${path}`.toLowerCase();
    const found = known.find((one) => one.armId.toLowerCase().replace(/;rev=\d+$/, '') === wanted);
    if (found !== undefined) return read(found);
    return mapReading(orNull(await reader.get(`${id}/${path}`)), (resource) => (resource === null ? null : map(resource)));
  });
}

async function readKey(collecting: Collecting, id: string): Promise<Reading<KeyFact>> {
  const { question, fact, locateKeyIn } = collecting;
  const { hash, reader } = question;
  const key = question.key;
  const here = await locateKeyIn(id);
  if (key === null || here.status === 'unreadable') return here as Unreadable;
  const inside = here.value.matches.length === 0 && here.value.complete ? await findKeyInWorkspaces(collecting, id) : null;
  const matches = inside === null ? here.value.matches : inside.matches;
  const near = matches.length > 0 ? null : (here.value.near ?? inside?.near ?? null);
  const seen = [...here.value.seen, ...(inside?.seen ?? [])];
  const sameAs =
    matches.length > 0 || key.partial || key.flaw !== undefined
      ? null
      : await whatElse({ key, hash, reader, serviceId: id, question, subscriptions: seen, fact });
  return {
    status: 'read',
    value: {
      at: `${id}/subscriptions`,
      shown: key.shown,
      where: key.line === 0 ? 'option' : key.where,
      line: key.line,
      form: key.form,
      matches,
      scanned: here.value.scanned + (inside?.scanned ?? 0),
      of: here.value.of + (inside?.of ?? 0),
      complete: here.value.complete && (inside?.complete ?? true),
      sameAs,
      near,
    },
  };
}
