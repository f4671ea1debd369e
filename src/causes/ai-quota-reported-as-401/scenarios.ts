import type { Scenario } from '../contract.ts';
import { aiAccount, aiCall, credentialsMissing, withKey } from '../sample-ai.ts';

const key = '5a'.repeat(16);
const url = 'https://api.cognitive.microsofttranslator.com/translate?api-version=3.0&to=de';
const usedUp = credentialsMissing.replace('401000', '401001');
const words = (sku: string) => aiAccount('words', 'TextTranslation', 'global', key, { sku });

export const scenarios: readonly Scenario[] = [
  {
    name: 'Translator answers 401001 to a key of the free tier',
    paste: aiCall(url, [withKey(key)], usedUp, '401 Unauthorized'),
    given: words('F0'),
    expect: { confirmed: [], suspected: ['ai-quota-reported-as-401'], headline: 'ai-quota-reported-as-401' },
    fix: null,
  },
  {
    name: 'the healthy twin: Translator answers 401001 to a key of a paid tier',
    paste: aiCall(url, [withKey(key)], usedUp, '401 Unauthorized'),
    given: words('S1'),
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'Translator answers 401000 to a key of the free tier, which is another number',
    paste: aiCall(url, [withKey(key)], credentialsMissing, '401 Unauthorized'),
    given: words('F0'),
    expect: { confirmed: [], headline: null },
  },
];
