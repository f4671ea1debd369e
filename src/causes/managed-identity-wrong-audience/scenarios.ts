import type { Scenario } from '../contract.ts';
import { aiAccount } from '../sample-ai.ts';
import { aiTokenRefused, assignment, echoAt, echoAtOpenAi, echoPolicy, openAi, openAiUser, withIdentity } from '../sample-backend.ts';

const account = aiAccount('chat-east', 'OpenAI', 'eastus', 'aa11'.repeat(8));
const allowed = { ...withIdentity, ...account, ...assignment(openAi('chat-east'), openAiUser) };

function tokenFor(resource: string): Readonly<Record<string, unknown>> {
  return echoPolicy(`<authentication-managed-identity resource="${resource}" />`);
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'a token for Resource Manager is sent to Azure OpenAI',
    paste: aiTokenRefused,
    given: { ...allowed, ...echoAtOpenAi, ...tokenFor('https://management.azure.com/') },
    expect: { confirmed: ['managed-identity-wrong-audience'], headline: 'managed-identity-wrong-audience' },
    fix: null,
  },
  {
    name: 'the audience of the public cloud at an account of the government cloud',
    paste: aiTokenRefused,
    given: { ...allowed, ...echoAt('https://chat.openai.azure.us/openai'), ...tokenFor('https://cognitiveservices.azure.com') },
    expect: { confirmed: ['managed-identity-wrong-audience'] },
  },
  {
    name: 'a scope in the place of a resource, taken from a named value',
    paste: aiTokenRefused,
    given: {
      ...allowed,
      ...echoAtOpenAi,
      ...tokenFor('{{ai-resource}}'),
      'namedValues/ai-resource': { properties: { displayName: 'ai-resource', value: 'https://cognitiveservices.azure.com/.default' } },
    },
    expect: { confirmed: ['managed-identity-wrong-audience'] },
  },
  {
    name: 'the healthy twin: the right resource, with a slash at its end',
    paste: aiTokenRefused,
    given: { ...allowed, ...echoAtOpenAi, ...tokenFor('https://cognitiveservices.azure.com/') },
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'the audience of Foundry at a Foundry address',
    paste: aiTokenRefused,
    given: { ...allowed, ...echoAt('https://hub.services.ai.azure.com/api'), ...tokenFor('https://ai.azure.com') },
    expect: { confirmed: [], headline: null },
  },
];
