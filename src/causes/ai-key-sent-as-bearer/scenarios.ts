import type { Scenario } from '../contract.ts';
import { aiAccount, aiCall, tokenRefused } from '../sample-ai.ts';

const key = '5a'.repeat(16);
const url = 'https://assist.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-06-01';
const assist = aiAccount('assist', 'OpenAI', 'westeurope', key);

export const scenarios: readonly Scenario[] = [
  {
    name: 'the key of an OpenAI resource is sent as a bearer token',
    paste: aiCall(url, [`Authorization: Bearer ${key}`], tokenRefused, '401 Unauthorized'),
    given: assist,
    expect: { confirmed: ['ai-key-sent-as-bearer'], headline: 'ai-key-sent-as-bearer' },
    fix: null,
  },
  {
    name: 'only the words about the token are shown',
    paste: tokenRefused,
    given: {},
    expect: { confirmed: [], suspected: ['ai-key-sent-as-bearer'] },
  },
  {
    name: 'the healthy twin: a token of Entra ID is sent as one',
    paste: aiCall(
      url,
      ['Authorization: Bearer eyJhbGciOiJub25lIn0.eyJhdWQiOiJodHRwczovL2dyYXBoLm1pY3Jvc29mdC5jb20iLCJleHAiOjE3OTU0MjgwMDB9.x'],
      tokenRefused,
      '401 Unauthorized',
    ),
    given: assist,
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'the words about the token, with a request that shows no Authorization header',
    paste: aiCall(url, [`api-key: ${key}`], tokenRefused, '401 Unauthorized'),
    given: assist,
    expect: { confirmed: [], headline: null },
  },
];
