// What a fix needs beyond what its rule read: a free id for what it makes, the product that can only be meant.
import { type Collecting, mapReading, orNull, type ReadersOf, read, unreadable } from '../collecting.ts';
import type { FixFacts, FreeSubscriptionFact } from '../facts-fixes.ts';
import { maskedText } from '../policies/mask-text.ts';
import type { Reading } from '../snapshot.ts';
import { documentText } from './policies.ts';

export function fixReaders(collecting: Collecting): ReadersOf<keyof FixFacts> {
  const { question, fact, withService, withApi, locateKeyIn } = collecting;
  return {
    freeSubscription: () =>
      withApi((api) =>
        withService(async (id) => {
          const key = await fact('key');
          const from = key.status === 'read' ? key.value.matches[0]?.subscription : undefined;
          const displayName = `${(from?.displayName ?? from?.name ?? 'Caller').slice(0, 45)} for ${api.displayName.slice(0, 45)}`;
          const place = /^(.*\/service\/[^/]+(?:\/workspaces\/[^/]+)?)\/apis\//i.exec(api.armId)?.[1] ?? id;
          return freeId(id, `${place}/subscriptions/${(from?.name ?? 'caller').slice(0, 40)}-${api.name.slice(0, 30)}`, displayName);
        }),
      ),
    successor: () =>
      withService(async (id) => {
        const key = await fact('key');
        if (key.status === 'unreadable') return key;
        const [match, ...more] = key.value.matches;
        if (match === undefined || more.length > 0) return unreadable('ambiguous', 'Whose key it is is not certain.', key.value.at);
        const { armId, name, displayName } = match.subscription;
        const place = armId.slice(0, armId.lastIndexOf('/'));
        return freeId(id, `${place}/${name.slice(0, 60)}-new`, `${(displayName ?? name).slice(0, 90)} (new)`);
      }),
    onlyProduct: async () => {
      const known = await fact('keyProduct');
      if (known.status === 'read' && known.value !== null) return read(null);
      return mapReading(await fact('products'), ([first, ...more]) => (first === undefined || more.length > 0 ? null : first));
    },
    onlyProductPolicy: async () => {
      const product = await fact('onlyProduct');
      if (product.status === 'unreadable') return product;
      if (product.value === null) return read(null);
      const text = await documentText(collecting, `${product.value.armId}/policies/policy`);
      return mapReading(text, (policy) => policy && maskedText(policy, question.hash));
    },
  };

  /** The id itself, or with a number behind it. */
  async function freeId(service: string, base: string, displayName: string): Promise<Reading<FreeSubscriptionFact>> {
    const found = await locateKeyIn(service);
    const taken = new Set(found.status === 'read' ? found.value.seen.map(({ armId }) => armId.toLowerCase()) : []);
    for (let number = 1; number <= 5; number += 1) {
      const armId = number === 1 ? base : `${base}-${number}`;
      if (taken.has(armId.toLowerCase())) continue;
      const got = orNull(await question.reader.get(armId));
      if (got.status === 'unreadable') return got;
      if (got.value === null) return read({ armId, displayName });
    }
    return read({ armId: `${base}-${question.reader.now().getTime().toString(36)}`, displayName });
  }
}
