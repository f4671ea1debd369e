import type { Scenario } from '../contract.ts';
import { aiAccount, aiCall, withKey } from '../sample-ai.ts';

const [speechKey, textKey] = ['5a'.repeat(16), '6b'.repeat(16)];
const both = {
  ...aiAccount('talk', 'SpeechServices', 'westeurope', speechKey),
  ...aiAccount('words', 'TextTranslation', 'global', textKey),
};
const tier =
  '{"error":{"code":"401","message":"The Search Operation under Web Search API - v7 is not supported with the current subscription key and pricing tier Bing.CustomSearch.S1."}}';

export const scenarios: readonly Scenario[] = [
  {
    name: 'the key of a Speech resource is sent to Translator',
    paste: aiCall('https://api.cognitive.microsofttranslator.com/translate?api-version=3.0&to=de', [
      withKey(speechKey),
      'Ocp-Apim-Subscription-Region: westeurope',
    ]),
    given: both,
    expect: { confirmed: ['ai-key-of-another-kind'], headline: 'ai-key-of-another-kind' },
    fix: null,
  },
  {
    name: 'the key of one OpenAI resource is sent to the host of another in the same region',
    paste: aiCall('https://second.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-06-01', [
      `api-key: ${'5a'.repeat(42)}`,
    ]),
    given: {
      ...aiAccount('first', 'OpenAI', 'swedencentral', '5a'.repeat(42)),
      ...aiAccount('second', 'OpenAI', 'swedencentral', '6b'.repeat(42)),
    },
    expect: { confirmed: ['ai-key-of-another-kind'] },
  },
  {
    name: 'the service names a tier that lacks the operation',
    paste: aiCall('https://api.bing.microsoft.com/v7.0/search?q=tea', [], tier),
    given: both,
    expect: { confirmed: [], suspected: ['ai-key-of-another-kind'] },
  },
  {
    name: 'the healthy twin: the key of Translator is sent to Translator',
    paste: aiCall('https://api.cognitive.microsofttranslator.com/translate?api-version=3.0&to=de', [withKey(textKey)]),
    given: both,
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'keys of two kinds begin alike, so nothing is confirmed',
    paste: aiCall('https://westeurope.api.cognitive.microsoft.com/face/v1.0/detect', []),
    keyPrefix: '5a5a',
    given: {
      ...aiAccount('talk', 'SpeechServices', 'westeurope', speechKey),
      ...aiAccount('pages', 'FormRecognizer', 'westeurope', '5a5a6b'.repeat(5)),
    },
    expect: { confirmed: [], suspected: ['ai-key-of-another-kind'] },
  },
];
