import type { Scenario } from '../contract.ts';
import { calledWith } from '../sample-pastes.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'the scope of the subscription names a revision of the API',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: { 'subscriptions/mobile-app': { properties: { scope: '/apis/echo;rev=2' } } },
    expect: { confirmed: ['subscription-scope-malformed'], headline: 'subscription-scope-malformed' },
    fix: ['subscriptions/mobile-app properties.scope: /apis/echo;rev=2 -> /apis/echo'],
  },
  {
    name: 'the scope of the subscription holds a whole resource id after its own',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: {
      'subscriptions/mobile-app': {
        properties: {
          scope:
            '/apis//subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.ApiManagement/service/contoso/apis/echo',
        },
      },
    },
    expect: { confirmed: ['subscription-scope-malformed'] },
  },
  {
    name: 'the malformed scope means an API that does not exist, so no button is offered',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: { 'subscriptions/mobile-app': { properties: { scope: '/apis/removed;rev=2' } } },
    expect: { confirmed: ['subscription-scope-malformed'] },
    fix: null,
  },
  {
    name: 'the healthy twin: the scope names the API',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: { 'subscriptions/mobile-app': { properties: { scope: '/apis/echo' } } },
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'a well formed scope of another API is not malformed',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: { 'subscriptions/mobile-app': { properties: { scope: '/apis/orders' } } },
    expect: { confirmed: ['key-for-another-api'] },
  },
];
