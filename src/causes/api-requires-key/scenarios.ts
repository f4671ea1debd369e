import type { Scenario } from '../contract.ts';
import { answered, calledMissing } from '../sample-pastes.ts';

const openElsewhere = {
  'products/public': { properties: { displayName: 'Public', state: 'published', subscriptionRequired: false } },
  'products/public/apis/orders': {},
};

export const scenarios: readonly Scenario[] = [
  {
    name: 'an open product exists, and the called API is not in it',
    paste: answered('missing'),
    given: openElsewhere,
    expect: { confirmed: ['api-requires-key'], suspected: ['key-not-sent'] },
    fix: null,
  },
  {
    name: 'the paste says that no subscription is required',
    paste: `The product says "no subscription required", but:\n${calledMissing([])}`,
    given: {},
    expect: { confirmed: ['api-requires-key', 'key-not-sent'] },
  },
  {
    name: 'a caller who sends a key elsewhere does not take the API for open',
    paste: calledMissing(['api-key: {key:mobile-app}']),
    given: openElsewhere,
    expect: { confirmed: ['sdk-sends-other-header'] },
  },
  {
    name: 'the healthy twin: the open product contains the called API',
    paste: answered('missing'),
    given: { ...openElsewhere, 'products/public/apis/echo': {} },
    expect: { confirmed: [], headline: null },
  },
];
