import type { Scenario } from '../contract.ts';
import { aiAccount, aiCall, withKey } from '../sample-ai.ts';

const vision = aiAccount('images', 'ComputerVision', 'West Europe', '5a'.repeat(16), { own: true });
const url = 'https://images.cognitiveservices.azure.com/vision/v3.2/analyze';

export const scenarios: readonly Scenario[] = [
  {
    name: 'the id of the Azure subscription is sent to an AI service as the key',
    paste: aiCall(url, [withKey('00000000-0000-4000-8000-000000000001')]),
    given: vision,
    expect: { confirmed: ['azure-subscription-id-used-as-key'], headline: 'azure-subscription-id-used-as-key' },
    fix: null,
  },
  {
    name: 'some other GUID is sent to an AI service as the key',
    paste: aiCall(url, [withKey('7c9e6679-7425-40de-944b-e07fc1f90ae7')]),
    given: vision,
    expect: { confirmed: [], suspected: ['azure-subscription-id-used-as-key'] },
  },
  {
    name: 'the healthy twin: the key of the called AI resource itself',
    paste: aiCall(url, [withKey('5a'.repeat(16))]),
    given: vision,
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'the id of the Azure subscription at the gateway is not called an AI key',
    paste: aiCall('https://contoso.azure-api.net/echo/resource', [withKey('00000000-0000-4000-8000-000000000001')]),
    given: vision,
    expect: { confirmed: [] },
  },
  {
    name: 'the AI accounts may not be listed, and the permission is named',
    paste: aiCall(url, [withKey('5a'.repeat(16))]),
    given: vision,
    denied: ['Microsoft.CognitiveServices/accounts/read'],
    expect: {
      confirmed: ['arm-permission-missing'],
      unknown: ['ai-wrong-region', 'ai-key-of-another-kind'],
      headline: 'arm-permission-missing',
    },
  },
  {
    name: 'the keys of the AI accounts may not be listed, and the permission is named',
    paste: aiCall(url, [withKey('5a'.repeat(16))]),
    given: vision,
    denied: ['Microsoft.CognitiveServices/accounts/listKeys/action'],
    expect: { confirmed: ['arm-permission-missing'], unknown: ['ai-wrong-region', 'ai-multi-service-mismatch'] },
  },
];
