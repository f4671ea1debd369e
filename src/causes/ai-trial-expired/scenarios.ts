import type { Scenario } from '../contract.ts';
import { aiAccount, aiCall, withKey } from '../sample-ai.ts';

const key = '5a'.repeat(16);
const url = 'https://westcentralus.api.cognitive.microsoft.com/face/v1.0/detect';

export const scenarios: readonly Scenario[] = [
  {
    name: 'a key that no account has is sent to the region of trial keys',
    paste: aiCall(url, [withKey(key)]),
    given: {},
    expect: { confirmed: [], suspected: ['ai-trial-expired'], headline: 'ai-trial-expired' },
    fix: null,
  },
  {
    name: 'the paste speaks of a free trial key',
    paste: `I used the free trial key until last week.\n${aiCall('https://westeurope.api.cognitive.microsoft.com/face/v1.0/detect', [])}`,
    given: {},
    expect: { confirmed: [], suspected: ['ai-trial-expired'] },
  },
  {
    name: 'the healthy twin: the key is of an account in West Central US',
    paste: aiCall(url, [withKey(key)]),
    given: aiAccount('faces', 'Face', 'westcentralus', key),
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'a key that no account has is sent to another region than that of trials',
    paste: aiCall('https://northeurope.api.cognitive.microsoft.com/face/v1.0/detect', [withKey(key)]),
    given: {},
    expect: { confirmed: [], headline: null },
  },
];
