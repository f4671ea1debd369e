import type { Scenario } from '../contract.ts';
import { aiAccount, aiCall } from '../sample-ai.ts';

const key = '5a'.repeat(16);
const url = 'https://assist.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-06-01';
const disabled = '{"error":{"code":"AuthenticationTypeDisabled","message":"Key based authentication is disabled for this resource."}}';
const assist = (disableLocalAuth: boolean) => aiAccount('assist', 'OpenAI', 'westeurope', key, { properties: { disableLocalAuth } });

export const scenarios: readonly Scenario[] = [
  {
    name: 'keys are switched off for the called AI resource',
    paste: aiCall(url, [`api-key: ${key}`], disabled, '403 Forbidden'),
    given: assist(true),
    expect: { confirmed: ['ai-local-auth-disabled'], headline: 'ai-local-auth-disabled' },
    fix: null,
  },
  {
    name: 'keys are switched off for the called AI resource, reported as a 401',
    paste: aiCall(url, [`api-key: ${key}`]),
    given: assist(true),
    expect: { confirmed: ['ai-local-auth-disabled'] },
  },
  {
    name: 'an AI resource that cannot be seen says that keys are switched off',
    paste: aiCall('https://elsewhere.openai.azure.com/openai/deployments/gpt/chat/completions', [], disabled, '403 Forbidden'),
    given: assist(true),
    expect: { confirmed: [], suspected: ['ai-local-auth-disabled'] },
  },
  {
    name: 'the healthy twin: the called AI resource accepts keys by now',
    paste: aiCall(url, [`api-key: ${key}`], disabled, '403 Forbidden'),
    given: assist(false),
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'a storage account says nearly the same, and is no AI account',
    paste:
      'Status: 403 (Key based authentication is not permitted on this storage account.)\nErrorCode: KeyBasedAuthenticationNotPermitted',
    given: assist(true),
    expect: { confirmed: [], headline: null },
  },
];
