import type { Scenario } from '../contract.ts';
import { aiAccount, aiCall, withKey } from '../sample-ai.ts';

const key = '5a'.repeat(16);
const authoring = 'https://westus.api.cognitive.microsoft.com/luis/api/v2.0/apps/';
const challenge = [
  'HTTP/1.1 401 Access Denied',
  'WWW-Authenticate: AzureApiManagementKey realm="https://westus.api.cognitive.microsoft.com/luis/api/v2.0",name="Ocp-Apim-Subscription-Key",type="header"',
  'Content-Length: 143',
].join('\n');

export const scenarios: readonly Scenario[] = [
  {
    name: 'a prediction key is sent to the address where LUIS apps are built',
    paste: aiCall(authoring, [withKey(key)]),
    given: aiAccount('ask', 'LUIS', 'westus', key),
    expect: { confirmed: [], suspected: ['luis-key-kind-mismatch'], headline: 'luis-key-kind-mismatch' },
    fix: null,
  },
  {
    name: 'only a challenge of LUIS is shown',
    paste: challenge,
    given: {},
    expect: { confirmed: [], suspected: ['luis-key-kind-mismatch'] },
  },
  {
    name: 'the healthy twin: an authoring key is sent to the authoring address',
    paste: aiCall(authoring, [withKey(key)]),
    given: aiAccount('build', 'LUIS.Authoring', 'westus', key),
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'a LUIS key at Face is of another kind, not of the other LUIS',
    paste: aiCall('https://westus.api.cognitive.microsoft.com/face/v1.0/detect', [withKey(key)]),
    given: aiAccount('ask', 'LUIS', 'westus', key),
    expect: { confirmed: ['ai-key-of-another-kind'] },
  },
];
