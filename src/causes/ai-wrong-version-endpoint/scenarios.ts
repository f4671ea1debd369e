import type { Scenario } from '../contract.ts';
import { aiCall } from '../sample-ai.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'Bing Search is called at the address that it has left',
    paste: aiCall('https://api.cognitive.microsoft.com/bing/v7.0/images/search?q=tea', []),
    given: {},
    expect: { confirmed: [], suspected: ['ai-wrong-version-endpoint'], headline: 'ai-wrong-version-endpoint' },
    fix: null,
  },
  {
    name: 'the healthy twin: an AI address that is in service',
    paste: aiCall('https://api.bing.microsoft.com/v7.0/search?q=tea', []),
    given: {},
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'the gateway has a path named bing, which is no address of Azure AI',
    paste: aiCall('https://contoso.azure-api.net/bing/v7.0/search', []),
    given: {},
    expect: { confirmed: [] },
  },
];
