import type { Scenario } from '../contract.ts';
import { aiAccount } from '../sample-ai.ts';
import { aiRoleMissing, assignment, echoPolicy, emptyRefusal, identityForAi, openAi, openAiUser, withIdentity } from '../sample-backend.ts';

const pool = {
  'backends/chat': {
    properties: {
      type: 'Pool',
      pool: {
        services: [
          { id: '/backends/east', weight: 1 },
          { id: '/backends/west', weight: 1 },
        ],
      },
    },
  },
};

function member(name: string, credentials?: unknown): Readonly<Record<string, unknown>> {
  const url = `https://chat-${name}.openai.azure.com/openai`;
  return { [`backends/${name}`]: { properties: { url, protocol: 'http', ...(credentials === undefined ? {} : { credentials }) } } };
}

const accounts = {
  ...aiAccount('chat-east', 'OpenAI', 'eastus', 'aa11'.repeat(8)),
  ...aiAccount('chat-west', 'OpenAI', 'westus', 'aa22'.repeat(8)),
};
const choose = '<set-backend-service backend-id="chat" />';
const withToken = { ...withIdentity, ...accounts, ...pool, ...member('east'), ...member('west'), ...echoPolicy(choose, identityForAi) };
const key = { header: { 'api-key': ['{{openai-key}}'] } };
const namedValue = { 'namedValues/openai-key': { properties: { displayName: 'openai-key', secret: true, value: 'made-up-value' } } };

export const scenarios: readonly Scenario[] = [
  {
    name: 'the identity has its role at one of the two members only',
    paste: aiRoleMissing,
    given: { ...withToken, ...assignment(openAi('chat-east'), openAiUser) },
    expect: { confirmed: ['backend-pool-member-unauthorized'], headline: 'backend-pool-member-unauthorized' },
    fix: null,
  },
  {
    name: 'some calls over a pool of plain backends fail',
    paste: `It works most of the time, but sometimes we get this:\n${emptyRefusal}`,
    given: {
      'backends/chat': pool['backends/chat'],
      'backends/east': { properties: { url: 'https://east.backend.example/', protocol: 'http' } },
      'backends/west': { properties: { url: 'https://west.backend.example/', protocol: 'http' } },
      ...echoPolicy(choose),
    },
    expect: { confirmed: [], suspected: ['backend-pool-member-unauthorized'] },
  },
  {
    name: 'the healthy twin: the identity has its role at both members',
    paste: aiRoleMissing,
    given: {
      ...withToken,
      ...assignment('/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg', openAiUser),
    },
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'both members bring a key, and every call is refused',
    paste: emptyRefusal,
    given: { ...pool, ...member('east', key), ...member('west', key), ...namedValue, ...echoPolicy(choose) },
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'the identity has a role at no member: that is not one member',
    paste: aiRoleMissing,
    given: withToken,
    expect: { confirmed: ['managed-identity-lacks-role'], headline: 'managed-identity-lacks-role' },
  },
];
