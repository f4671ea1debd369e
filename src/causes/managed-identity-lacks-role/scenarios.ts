import type { Scenario } from '../contract.ts';
import { aiAccount } from '../sample-ai.ts';
import {
  aiRoleMissing,
  assignment,
  echoAtOpenAi,
  echoPolicy,
  gatewayIdentity,
  identityForAi,
  openAi,
  openAiUser,
  reader,
  resourceGroup,
  withIdentity,
} from '../sample-backend.ts';

const account = aiAccount('chat-east', 'OpenAI', 'eastus', 'aa11'.repeat(8));
const signedIn = { ...withIdentity, ...echoAtOpenAi, ...echoPolicy(identityForAi), ...account };

export const scenarios: readonly Scenario[] = [
  {
    name: 'the identity has no role at the OpenAI resource',
    paste: aiRoleMissing,
    given: signedIn,
    expect: { confirmed: ['managed-identity-lacks-role'], headline: 'managed-identity-lacks-role' },
    fix: null,
  },
  {
    name: 'the identity is Reader of the resource group, which allows no calls',
    paste: aiRoleMissing,
    given: { ...signedIn, ...assignment(resourceGroup, reader) },
    expect: { confirmed: ['managed-identity-lacks-role'] },
  },
  {
    name: 'the healthy twin: the identity is OpenAI User of the resource group above',
    paste: aiRoleMissing,
    given: { ...signedIn, ...assignment(resourceGroup, openAiUser) },
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'the role comes through a group',
    paste: aiRoleMissing,
    given: {
      ...signedIn,
      [`${openAi('chat-east')}/providers/Microsoft.Authorization/roleAssignments/00000000-0000-4000-8000-000000000009`]: {
        properties: {
          roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${openAiUser}`,
          principalId: '00000000-0000-4000-8000-0000000000a9',
          principalType: 'Group',
        },
        members: [gatewayIdentity],
      },
    },
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'a role of the right name at another account does not help',
    paste: aiRoleMissing,
    given: { ...signedIn, ...assignment(openAi('chat-west'), openAiUser) },
    expect: { confirmed: ['managed-identity-lacks-role'] },
  },
  {
    name: "no policy signs in, so the role that is missing is the caller's own",
    paste: aiRoleMissing,
    given: { ...withIdentity, ...echoAtOpenAi, ...account },
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'the role assignments may not be read: it says so and guesses nothing',
    paste: aiRoleMissing,
    given: signedIn,
    denied: ['Microsoft.Authorization/roleAssignments/read'],
    expect: { confirmed: ['arm-permission-missing'], unknown: ['managed-identity-lacks-role'], headline: 'arm-permission-missing' },
  },
];
