import type { Scenario } from '../contract.ts';
import { aiAccount, aiCall, credentialsMissing, withKey } from '../sample-ai.ts';

const key = '5a'.repeat(16);
const url = 'https://api.cognitive.microsofttranslator.com/translate?api-version=3.0&to=de';
const regional = aiAccount('words', 'TextTranslation', 'West Europe', key);

export const scenarios: readonly Scenario[] = [
  {
    name: 'a regional Translator key is sent without its region',
    paste: aiCall(url, [withKey(key)], credentialsMissing, '401 Unauthorized'),
    given: regional,
    expect: { confirmed: ['translator-region-missing'], headline: 'translator-region-missing' },
    fix: null,
  },
  {
    name: 'a multi-service key is sent to Translator without its region',
    paste: aiCall(url, [withKey(key)], credentialsMissing, '401 Unauthorized'),
    given: aiAccount('all', 'CognitiveServices', 'northeurope', key),
    expect: { confirmed: ['translator-region-missing'] },
  },
  {
    name: 'code sets the key of a regional Translator and nowhere its region',
    paste: `fetch("${url}", { headers: { "Ocp-Apim-Subscription-Key": "${key}", "Content-Type": "application/json" } })\n${credentialsMissing}`,
    given: regional,
    expect: { confirmed: ['translator-region-missing'] },
  },
  {
    name: "only Translator's answer is shown",
    paste: credentialsMissing,
    given: regional,
    expect: { confirmed: [], suspected: ['translator-region-missing'] },
  },
  {
    name: 'the healthy twin: the region is sent with the Translator key',
    paste: aiCall(url, [withKey(key), 'Ocp-Apim-Subscription-Region: westeurope'], credentialsMissing, '401 Unauthorized'),
    given: regional,
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'a global Translator key needs no region',
    paste: aiCall(url, [withKey(key)], credentialsMissing, '401 Unauthorized'),
    given: aiAccount('words', 'TextTranslation', 'Global', key),
    expect: { confirmed: [], headline: null },
  },
];
