import type { Scenario } from '../contract.ts';
import { aiAccount, aiCall } from '../sample-ai.ts';

const key = '5a'.repeat(16);
const url = 'https://westeurope.api.cognitive.microsoft.com/language/:analyze-text?api-version=2023-04-01';
const refused =
  '{"error":{"code":"BadRequest","message":"Please provide a custom subdomain for token authentication, otherwise API key is required."}}';

export const scenarios: readonly Scenario[] = [
  {
    name: 'a token is sent to a regional address, and the AI resource has no subdomain',
    paste: aiCall(url, [], refused, '400 Bad Request'),
    given: aiAccount('texts', 'TextAnalytics', 'westeurope', key),
    expect: { confirmed: ['token-on-regional-endpoint'], headline: 'token-on-regional-endpoint' },
    fix: null,
  },
  {
    name: 'a token is sent to a regional address, although the AI resource has a subdomain',
    paste: aiCall(url, [], refused, '400 Bad Request'),
    given: aiAccount('texts', 'TextAnalytics', 'westeurope', key, { own: true }),
    expect: { confirmed: ['token-on-regional-endpoint'] },
  },
  {
    name: 'the words about the subdomain, and no AI account that could be meant',
    paste: refused,
    given: {},
    expect: { confirmed: [], suspected: ['token-on-regional-endpoint'] },
  },
  {
    name: "the healthy twin: the AI resource's own host was called",
    paste: aiCall(
      'https://texts.cognitiveservices.azure.com/language/:analyze-text?api-version=2023-04-01',
      [],
      refused,
      '400 Bad Request',
    ),
    given: aiAccount('texts', 'TextAnalytics', 'westeurope', key, { own: true }),
    expect: { confirmed: [], headline: null },
  },
];
