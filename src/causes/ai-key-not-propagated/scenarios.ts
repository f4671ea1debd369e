import type { Scenario } from '../contract.ts';
import { aiAccount, aiCall, withKey } from '../sample-ai.ts';

const key = '5a'.repeat(16);
const url = 'https://westeurope.api.cognitive.microsoft.com/face/v1.0/detect';
const faces = (dateCreated: string) => aiAccount('faces', 'Face', 'westeurope', key, { properties: { dateCreated } });

export const scenarios: readonly Scenario[] = [
  {
    name: 'the AI account was created three minutes before the call',
    paste: aiCall(url, [withKey(key)]),
    given: faces('2026-11-20T08:57:00Z'),
    expect: { confirmed: [], suspected: ['ai-key-not-propagated'], headline: 'ai-key-not-propagated' },
    fix: null,
  },
  {
    name: 'the key of an old AI account was regenerated two minutes before the call',
    paste: aiCall(url, [withKey(key)]),
    given: faces('2025-11-01T00:00:00Z'),
    activityLog: [
      {
        eventTimestamp: '2026-11-20T08:58:00Z',
        operationName: 'Microsoft.CognitiveServices/accounts/regenerateKey/action',
        resourceId:
          '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/faces',
      },
    ],
    expect: { confirmed: [], suspected: ['ai-key-not-propagated'] },
  },
  {
    name: 'the healthy twin: the AI account is an hour old',
    paste: aiCall(url, [withKey(key)]),
    given: faces('2026-11-20T08:00:00Z'),
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'the AI account is new, but the call went to another region, so waiting would not help',
    paste: aiCall('https://westus.api.cognitive.microsoft.com/face/v1.0/detect', [withKey(key)]),
    given: faces('2026-11-20T08:57:00Z'),
    expect: { confirmed: ['ai-wrong-region'] },
  },
];
