import type { Scenario } from '../contract.ts';
import { aiAccount, aiCall, withKey } from '../sample-ai.ts';

const key = '5a'.repeat(16);
const face = aiAccount('faces', 'Face', 'West Europe', key);

export const scenarios: readonly Scenario[] = [
  {
    name: 'a key of West Europe is sent to West US',
    paste: aiCall('https://westus.api.cognitive.microsoft.com/face/v1.0/detect', [withKey(key)]),
    given: face,
    expect: { confirmed: ['ai-wrong-region'], headline: 'ai-wrong-region' },
    fix: null,
  },
  {
    name: 'a Speech key is sent to the host of another region, in the words of API Management',
    paste: aiCall(
      'https://eastus.stt.speech.microsoft.com/speech/recognition/conversation/cognitiveservices/v1',
      [withKey(key)],
      '{ "statusCode": 401, "message": "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription." }',
    ),
    given: aiAccount('talk', 'SpeechServices', 'westeurope', key),
    expect: { confirmed: ['ai-wrong-region'] },
  },
  {
    name: 'a regional key asks the address without a region for a token',
    paste: aiCall('https://api.cognitive.microsoft.com/sts/v1.0/issueToken', [withKey(key)]),
    given: aiAccount('talk', 'SpeechServices', 'westeurope', key),
    expect: { confirmed: ['ai-wrong-region'] },
  },
  {
    name: 'a Speech client is given another region than that of its key',
    paste: [
      `config = SpeechConfig(subscription="${key}", region="westus")`,
      'CANCELED: ErrorDetails=WebSocket upgrade failed: Authentication error (401). Please check subscription information and region name. SessionId: 8c9bb8ab475a483083382edb6d7f8073',
    ].join('\n'),
    keyPrefix: key.slice(0, 12),
    given: aiAccount('talk', 'SpeechServices', 'westeurope', key),
    expect: { confirmed: ['ai-wrong-region'] },
  },
  {
    name: 'the healthy twin: the key is sent to its own region',
    paste: aiCall('https://westeurope.api.cognitive.microsoft.com/face/v1.0/detect', [withKey(key)]),
    given: face,
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'an AI key that no account has: its region is not guessed',
    paste: aiCall('https://westus.api.cognitive.microsoft.com/face/v1.0/detect', [withKey('6b'.repeat(16))]),
    given: face,
    expect: { confirmed: [], unknown: ['ai-wrong-region', 'ai-key-of-another-kind', 'ai-multi-service-mismatch'], headline: null },
  },
];
