import type { Scenario } from '../contract.ts';
import { calledWith } from '../sample-pastes.ts';

const hidden = { 'products/starter': { properties: { state: 'notPublished' } } };
const refused =
  'Subscribing to the Starter product in the developer portal fails: "Operation is not allowed in the current product state."';

export const scenarios: readonly Scenario[] = [
  {
    name: 'subscribing in the developer portal to a product that is not published',
    paste: refused,
    given: hidden,
    expect: { confirmed: [], suspected: ['product-not-published'], headline: 'product-not-published' },
    fix: null,
  },
  {
    name: 'a gateway call with a key of a product that is not published is not blamed on that',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: hidden,
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'the healthy twin: all products are published',
    paste: refused,
    given: {},
    expect: { confirmed: [], headline: null },
  },
];
