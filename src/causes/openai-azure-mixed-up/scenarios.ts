import type { Scenario } from '../contract.ts';
import { aiCall } from '../sample-ai.ts';

const refused = (beginning: string) =>
  `{"error":{"message":"Incorrect API key provided: ${beginning}. You can find your API key at https://platform.openai.com/account/api-keys.","type":"invalid_request_error","code":"invalid_api_key"}}`;

export const scenarios: readonly Scenario[] = [
  {
    name: 'a key of Azure is sent to openai.com',
    paste: aiCall(
      'https://api.openai.com/v1/chat/completions',
      [`Authorization: Bearer ${'5a'.repeat(16)}`],
      refused('5a5a5a5a************************5a5a'),
      '401 Unauthorized',
    ),
    given: {},
    expect: { confirmed: ['openai-azure-mixed-up'], headline: 'openai-azure-mixed-up' },
    fix: null,
  },
  {
    name: 'a library quotes a key of 32 hex digits that openai.com refused',
    paste: `openai.AuthenticationError: Error code: 401 - ${refused('5a'.repeat(16))}`,
    given: {},
    expect: { confirmed: ['openai-azure-mixed-up'] },
  },
  {
    name: 'a key of openai.com is sent to Azure',
    paste: aiCall('https://assist.openai.azure.com/openai/deployments/gpt/chat/completions', [`api-key: sk-${'5a'.repeat(24)}`]),
    given: {},
    expect: { confirmed: ['openai-azure-mixed-up'] },
  },
  {
    name: 'the healthy twin: openai.com refuses a key of its own kind',
    paste: `openai.AuthenticationError: Error code: 401 - ${refused('sk-abcde**********wxyz')}`,
    given: {},
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'a key of Azure at Azure is in the right house',
    paste: aiCall('https://assist.openai.azure.com/openai/deployments/gpt/chat/completions', [`api-key: ${'5a'.repeat(16)}`]),
    given: {},
    expect: { confirmed: [], headline: null },
  },
];
