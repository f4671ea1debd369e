import type { Scenario } from '../contract.ts';
import { aiAccount, aiCall } from '../sample-ai.ts';

const key = '5a'.repeat(16);
const url = 'https://assist.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-06-01';
const firewall = '{"error":{"code":"403","message":"Access denied due to Virtual Network/Firewall rules."}}';
const assist = (properties: Readonly<Record<string, unknown>>) => aiAccount('assist', 'OpenAI', 'westeurope', key, { properties });

export const scenarios: readonly Scenario[] = [
  {
    name: 'the called AI resource takes listed networks only',
    paste: aiCall(url, [`api-key: ${key}`], firewall, '403 Forbidden'),
    given: assist({ networkAcls: { defaultAction: 'Deny', ipRules: [], virtualNetworkRules: [] } }),
    expect: { confirmed: ['ai-network-blocked'], headline: 'ai-network-blocked' },
    fix: null,
  },
  {
    name: 'the called AI resource is closed to the internet',
    paste: aiCall(
      url,
      [`api-key: ${key}`],
      '{"error":{"code":"403","message":"Public access is disabled. Please configure private endpoint."}}',
      '403 Forbidden',
    ),
    given: assist({ publicNetworkAccess: 'Disabled' }),
    expect: { confirmed: ['ai-network-blocked'] },
  },
  {
    name: 'an AI resource that cannot be seen speaks of its network rules',
    paste: '(403) Access denied due to Virtual Network/Firewall rules.',
    given: {},
    expect: { confirmed: [], suspected: ['ai-network-blocked'] },
  },
  {
    name: 'the healthy twin: the called AI resource is open by now',
    paste: aiCall(url, [`api-key: ${key}`], firewall, '403 Forbidden'),
    given: assist({}),
    expect: { confirmed: [], headline: null },
  },
];
