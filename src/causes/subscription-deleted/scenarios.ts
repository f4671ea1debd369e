import type { Scenario } from '../contract.ts';
import { calledWith } from '../sample-pastes.ts';

const oldKey = calledWith('Ocp-Apim-Subscription-Key: 0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f');

function deleted(resourceId: string): Record<string, string> {
  const type = resourceId.startsWith('products/') ? 'products' : 'subscriptions';
  return { eventTimestamp: '2026-11-18T10:00:00Z', operationName: `Microsoft.ApiManagement/service/${type}/delete`, resourceId };
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'nobody has the key, and a subscription was deleted two days before',
    paste: oldKey,
    given: {},
    activityLog: [deleted('subscriptions/old-app')],
    expect: { confirmed: [], suspected: ['subscription-deleted'], headline: 'subscription-deleted' },
    fix: null,
  },
  {
    name: 'nobody has the key, and a product was deleted two days before',
    paste: oldKey,
    given: {},
    activityLog: [deleted('products/old')],
    expect: { confirmed: [], suspected: ['subscription-deleted'] },
  },
  {
    name: 'what was sent is the fixed value of the operation, so a deleted subscription explains nothing',
    paste: oldKey,
    given: {
      'apis/echo/operations/get': {
        properties: {
          request: { headers: [{ name: 'Ocp-Apim-Subscription-Key', type: 'string', defaultValue: '0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f' }] },
        },
      },
    },
    activityLog: [deleted('subscriptions/old-app')],
    expect: { confirmed: ['hard-coded-key-in-operation-header'], headline: 'hard-coded-key-in-operation-header' },
  },
  {
    name: 'the healthy twin: a subscription was deleted, and the call was made with the key of another',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: {},
    activityLog: [deleted('subscriptions/old-app')],
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'the subscription that was deleted is there again, with other keys',
    paste: oldKey,
    given: {},
    activityLog: [deleted('subscriptions/mobile-app')],
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'what was sent is an id, so a deleted subscription explains nothing',
    paste: calledWith('Ocp-Apim-Subscription-Key: 00000000-0000-4000-8000-000000000001'),
    given: {},
    activityLog: [deleted('subscriptions/old-app')],
    expect: { confirmed: ['not-a-subscription-key'] },
  },
];
