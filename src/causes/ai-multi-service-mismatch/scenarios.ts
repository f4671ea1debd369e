import type { Scenario } from '../contract.ts';
import { aiAccount, aiCall, withKey } from '../sample-ai.ts';

const [allKey, faceKey] = ['5a'.repeat(16), '6b'.repeat(16)];
const both = {
  ...aiAccount('all', 'CognitiveServices', 'westeurope', allKey, { own: true }),
  ...aiAccount('faces', 'Face', 'westeurope', faceKey, { own: true }),
};

export const scenarios: readonly Scenario[] = [
  {
    name: 'the key of a multi-service resource is sent to the host of a single-service one',
    paste: aiCall('https://faces.cognitiveservices.azure.com/face/v1.0/detect', [withKey(allKey)]),
    given: both,
    expect: { confirmed: ['ai-multi-service-mismatch'], headline: 'ai-multi-service-mismatch' },
    fix: null,
  },
  {
    name: 'the key of a single-service resource is sent to the host of a multi-service one',
    paste: aiCall('https://all.cognitiveservices.azure.com/face/v1.0/detect', [withKey(faceKey)]),
    given: both,
    expect: { confirmed: ['ai-multi-service-mismatch'] },
  },
  {
    name: 'a multi-service key is sent to the host of a single-service resource in another region',
    paste: aiCall('https://faces.cognitiveservices.azure.com/face/v1.0/detect', [withKey(allKey)]),
    given: { ...both, ...aiAccount('faces', 'Face', 'eastus', faceKey, { own: true }) },
    expect: { confirmed: ['ai-multi-service-mismatch'] },
  },
  {
    name: 'the healthy twin: the multi-service key at its own host, for a service that it opens',
    paste: aiCall('https://all.cognitiveservices.azure.com/face/v1.0/detect', [withKey(allKey)]),
    given: both,
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'two single-service resources are mixed up, which is no matter of multi-service',
    paste: aiCall('https://faces.cognitiveservices.azure.com/face/v1.0/detect', [withKey('7c'.repeat(16))]),
    given: { ...both, ...aiAccount('images', 'ComputerVision', 'westeurope', '7c'.repeat(16), { own: true }) },
    expect: { confirmed: ['ai-key-of-another-kind'] },
  },
];
