// Publishing changes who sees a product in the developer portal, not who may call (field guide G03, b.7: the two pages of the documentation
// disagree, and the explicit one says so). Only subscribing in the portal fails for an unpublished product.

import type { ProductFact } from '../../snapshot/snapshot.ts';
import { type Cause, defineRule, type Evidence, factOrNull, ruledOut, suspected, unknown } from '../contract.ts';
import { fromKeyCheck, fromPaste } from '../key-check.ts';
import { lineOf, toldOf } from '../on-the-way.ts';
import { remedy } from './remedy.ts';

export const rule = defineRule({
  id: 'product-not-published',
  code: 'G03',
  stage: 'configuration',
  title: 'The product is not published',
  best: 'suspected',
  needs: [],
  wants: ['apiProducts', 'portalProducts'],
  applies: (symptom) => fromKeyCheck(symptom) || symptom.client === 'portal' || toldOf(symptom, 'product-state') !== null,

  check({ symptom, apiProducts, portalProducts }) {
    const state = toldOf(symptom, 'product-state');
    if (symptom.client !== 'portal' && state === null) {
      const products = factOrNull(apiProducts);
      if (products === null)
        return unknown(apiProducts.status === 'unreadable' ? apiProducts.says : 'The products of the API are not known.');
      const [first, ...rest] = products.map((product) => stateOf(product, 'any state: calls do not depend on it'));
      const words = 'Whether a product is published decides who sees it in the developer portal, not who may call with a key of it';
      if (first === undefined) {
        return ruledOut(
          `${words}; besides, the API is in no product.`,
          lineOf(symptom, 'a call to the gateway', 'subscribing in the developer portal'),
        );
      }
      return ruledOut(
        `${words}. The two pages of Microsoft's documentation disagree here; the one about subscriptions says so in so many words.`,
        first,
        ...rest,
      );
    }

    const said: Evidence =
      state === null
        ? lineOf(symptom, 'subscribing in the developer portal', 'a published product')
        : fromPaste(state, 'a published product');
    if (portalProducts.status === 'unreadable') return unknown(portalProducts.says, said);
    const named = portalProducts.value.filter(({ name }) =>
      `${symptom.url ?? ''} ${symptom.urlPath ?? ''}`.toLowerCase().includes(`/products/${name.toLowerCase()}`),
    );
    const meant = named.length > 0 ? named : portalProducts.value;
    const hidden = meant.filter(({ state: now }) => (now ?? '').toLowerCase() === 'notpublished');
    const [first, ...rest] = hidden;
    if (first === undefined) {
      const [one, ...more] = meant.map((product) => stateOf(product, 'published'));
      return one === undefined
        ? ruledOut('The service has no product.', said)
        : ruledOut('The products that can be meant are published.', one, ...more);
    }
    const names = hidden.map(({ displayName }) => displayName).join(', ');
    return suspected(
      `${names} ${rest.length === 0 ? 'is' : 'are'} not published, and the developer portal lets nobody subscribe to such a product. Publish it (Products, Publish) if people are meant to subscribe; that shows it to the groups of the product and changes nothing for those who call with a key.`,
      stateOf(first, 'published'),
      ...rest.map((product) => stateOf(product, 'published')),
      said,
    );
  },
});

function stateOf(product: ProductFact, expected: string): Evidence {
  return { at: `${product.armId}#/properties/state`, observed: `${product.state ?? 'no state'} (${product.displayName})`, expected };
}

export const cause: Cause = { rule, fix: null, remedy };
