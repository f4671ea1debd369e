import type { Scenario } from '../contract.ts';
import { answered, calledWith } from '../sample-pastes.ts';

const fresh = { 'subscriptions/mobile-app': { properties: { createdDate: '2026-11-20T08:57:00Z', displayName: 'Mobile app' } } };

export const scenarios: readonly Scenario[] = [
  {
    name: 'a key made three minutes before the call, with everything else right',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: fresh,
    notYetPropagated: ['subscriptions/mobile-app'],
    expect: { confirmed: [], suspected: ['key-not-propagated'], headline: 'key-not-propagated' },
    fix: ['subscriptions/mobile-app properties.displayName: Mobile app -> Mobile app'],
  },
  {
    name: 'an old subscription one of whose keys was regenerated four minutes before the call',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: {},
    activityLog: [
      {
        eventTimestamp: '2026-11-20T08:56:00Z',
        operationName: 'Microsoft.ApiManagement/service/subscriptions/regeneratePrimaryKey/action',
        resourceId: 'subscriptions/mobile-app',
        caller: 'operator@contoso.example',
      },
    ],
    expect: { confirmed: [], suspected: ['key-not-propagated'], headline: 'key-not-propagated' },
    fix: ['subscriptions/mobile-app properties.displayName: Mobile app -> Mobile app'],
  },
  {
    name: 'an old subscription one of whose keys was regenerated yesterday',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: {},
    activityLog: [
      {
        eventTimestamp: '2026-11-19T08:56:00Z',
        operationName: 'Microsoft.ApiManagement/service/subscriptions/regeneratePrimaryKey/action',
        resourceId: 'subscriptions/mobile-app',
        caller: 'operator@contoso.example',
      },
    ],
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'the healthy twin: the same key, a year old',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: {},
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'a new key of a suspended subscription is explained by that alone',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: { 'subscriptions/mobile-app': { properties: { createdDate: '2026-11-20T08:57:00Z', state: 'suspended' } } },
    expect: { confirmed: ['subscription-suspended'] },
  },
  {
    name: 'a new key of another product is explained by that alone',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:partner-app}'),
    given: { 'subscriptions/partner-app': { properties: { createdDate: '2026-11-20T08:57:00Z' } } },
    expect: { confirmed: ['key-for-another-product'] },
  },
  {
    name: 'the age counts at the time of the call, not of the question',
    paste: `${answered('invalid', '/echo', 'Ocp-Apim-Subscription-Key', 'Fri, 20 Nov 2026 06:05:00 GMT')}\nThe key is {key:mobile-app}`,
    given: { 'subscriptions/mobile-app': { properties: { createdDate: '2026-11-20T06:00:00Z' } } },
    expect: { confirmed: [], suspected: ['key-not-propagated'] },
  },
];
