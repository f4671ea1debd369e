import type { Scenario } from '../contract.ts';
import { calledWith } from '../sample-pastes.ts';

const ofOrders = { 'subscriptions/mobile-app': { properties: { scope: '/apis/orders' } } };
const call = calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}');

export const scenarios: readonly Scenario[] = [
  {
    name: 'a key of the orders API calls the echo API',
    paste: call,
    given: ofOrders,
    expect: { confirmed: ['key-for-another-api'], headline: 'key-for-another-api' },
    fix: ['subscriptions/mobile-app-echo: create'],
  },
  {
    name: 'the id that a new subscription would get is taken, so another is found',
    paste: call,
    given: { ...ofOrders, 'subscriptions/mobile-app-echo': { properties: { displayName: 'Another one', scope: '/apis/orders' } } },
    expect: { confirmed: ['key-for-another-api'] },
    fix: ['subscriptions/mobile-app-echo-2: create'],
  },
  {
    name: 'a key of the first version calls the second, which is an API of its own',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}', '/echo/v2/resource'),
    given: {
      'apiVersionSets/echo': { properties: { displayName: 'Echo', versioningScheme: 'Segment' } },
      'apis/echo-v2': {
        properties: {
          displayName: 'Echo API',
          path: 'echo',
          apiVersion: 'v2',
          apiVersionSetId: '/apiVersionSets/echo',
          protocols: ['https'],
          subscriptionRequired: true,
        },
      },
      'apis/echo-v2/operations/get': { properties: { displayName: 'Get a resource', method: 'GET', urlTemplate: '/resource' } },
      'products/starter/apis/echo-v2': {},
      'subscriptions/mobile-app': { properties: { scope: '/apis/echo' } },
    },
    expect: { confirmed: ['key-for-another-api'] },
  },
  {
    name: 'the healthy twin: the key is for the API that was called',
    paste: call,
    given: { 'subscriptions/mobile-app': { properties: { scope: '/apis/echo' } } },
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'two subscriptions share the beginning of the key, so the one for another API is only suspected',
    paste: calledWith('Accept-Language: en'),
    keyPrefix: 'beef',
    given: {
      'subscriptions/mobile-app': { properties: { scope: '/apis/orders', primaryKey: 'beef0000000000000000000000000001' } },
      'subscriptions/all-apis': { properties: { primaryKey: 'beef0000000000000000000000000002' } },
    },
    expect: { confirmed: [], suspected: ['key-for-another-api'] },
    fix: null,
  },
];
