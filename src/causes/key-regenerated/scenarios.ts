import type { Scenario } from '../contract.ts';
import { calledWith } from '../sample-pastes.ts';

const oldKey = calledWith('Ocp-Apim-Subscription-Key: 0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f');

function regenerated(subscription: string, eventTimestamp: string): Record<string, string> {
  const operationName = 'Microsoft.ApiManagement/service/subscriptions/regeneratePrimaryKey/action';
  return { eventTimestamp, operationName, resourceId: `subscriptions/${subscription}` };
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'nobody has the key, and a key that opens this API was regenerated the day before',
    paste: oldKey,
    given: {},
    activityLog: [regenerated('mobile-app', '2026-11-19T16:20:00Z')],
    expect: { confirmed: [], suspected: ['key-regenerated'], headline: 'key-regenerated' },
    fix: null,
  },
  {
    name: 'the healthy twin: a key was regenerated, and the call was made with the new one',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: {},
    activityLog: [regenerated('mobile-app', '2026-11-19T16:20:00Z')],
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'only a key that never opened this API was regenerated',
    paste: oldKey,
    given: {},
    activityLog: [regenerated('partner-app', '2026-11-19T16:20:00Z')],
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'the key was regenerated after the call',
    paste: oldKey.replace('09:00:00 GMT', '07:00:00 GMT'),
    given: {},
    activityLog: [regenerated('mobile-app', '2026-11-20T08:00:00Z')],
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'the activity log may not be read, so nothing is guessed',
    paste: oldKey,
    given: {},
    activityLog: [regenerated('mobile-app', '2026-11-19T16:20:00Z')],
    denied: ['Microsoft.Insights/eventtypes/*'],
    expect: { confirmed: ['arm-permission-missing'], unknown: ['key-regenerated', 'subscription-deleted'] },
  },
];
