import type { Scenario } from '../contract.ts';
import { answered, calledMissing } from '../sample-pastes.ts';

const inNoProduct = { 'products/starter/apis/echo': null };

export const scenarios: readonly Scenario[] = [
  {
    name: 'the Test tab sends no key for an API that is in no product',
    paste: `In the Test tab of the portal we get:\n${answered('missing')}`,
    given: inNoProduct,
    expect: { confirmed: ['console-has-no-key'], suspected: ['api-not-in-product', 'key-not-sent'] },
    fix: null,
  },
  {
    name: 'the Test tab sends no key for an API that is in no product, and the service has but one product',
    paste: `In the Test tab of the portal we get:\n${answered('missing')}`,
    given: { ...inNoProduct, 'products/partner': null, 'products/partner/apis/orders': null, 'subscriptions/partner-app': null },
    expect: { confirmed: ['console-has-no-key'], suspected: ['api-not-in-product', 'key-not-sent'] },
    fix: ['products/starter/apis/echo: create'],
  },
  {
    name: 'the key that should be in the Test tab is known by its beginning, so its product is',
    paste: `In the Test tab of the portal we get:\n${answered('missing')}`,
    keyPrefix: 'a10f',
    given: inNoProduct,
    expect: { confirmed: ['api-not-in-product', 'console-has-no-key'], suspected: ['key-not-sent'] },
    fix: ['products/starter/apis/echo: create'],
  },
  {
    name: 'the only product is open, so nothing is added to it by a button',
    paste: `In the Test tab of the portal we get:\n${answered('missing')}`,
    given: {
      ...inNoProduct,
      'products/partner': null,
      'products/partner/apis/orders': null,
      'subscriptions/partner-app': null,
      'products/starter': { properties: { subscriptionRequired: false } },
    },
    expect: { confirmed: ['api-requires-key', 'console-has-no-key'], suspected: ['api-not-in-product', 'key-not-sent'] },
    fix: null,
  },
  {
    name: 'the console of the developer portal sends no key for an API that is in a product',
    paste: `Try it in the developer portal:\n${answered('missing')}`,
    given: {},
    expect: { confirmed: [], suspected: ['console-has-no-key', 'key-not-sent'] },
  },
  {
    name: 'an API without a product is called by a program, not by a console',
    paste: calledMissing(['User-Agent: okhttp/4.12.0']),
    given: inNoProduct,
    expect: { confirmed: ['key-not-sent'], suspected: ['api-not-in-product'] },
  },
  {
    name: 'the healthy twin: the API asks for no key any more, whatever the console has',
    paste: `In the Test tab of the portal:\n${answered('missing')}`,
    given: { 'apis/echo': { properties: { subscriptionRequired: false } } },
    expect: { confirmed: [], headline: null },
  },
];
