// What lies behind the gateway, beyond the scenarios: secrets that must not leave ARM, roles of one's own making, reads that must not happen.

import { aiAccount } from '../../src/causes/sample-ai.ts';
import {
  aiRoleMissing,
  assignment,
  echoAtOpenAi,
  echoPolicy,
  emptyRefusal,
  identityForAi,
  resourceGroup,
  withIdentity,
} from '../../src/causes/sample-backend.ts';
import { answered } from '../../src/causes/sample-pastes.ts';
import { estateOf, pasteOf } from '../harness/healthy-estate.ts';
import { type LabEngine, openLabEngine } from '../harness/lab-engine.ts';

let room: LabEngine;

afterEach(() => room.close());

async function ask(paste: string, given: Readonly<Record<string, unknown>>, denied: readonly string[] = []) {
  room = await openLabEngine({ estate: estateOf({ given, denied }) });
  return room.engine.ask({ paste: pasteOf({ name: '', paste, given, expect: { confirmed: [] } }) });
}

function outcomeOf({ diagnosis }: Awaited<ReturnType<typeof ask>>, cause: string): string | undefined {
  return diagnosis.verdicts.find((one) => one.cause === cause)?.outcome;
}

it('keeps no secret of a backend, wherever it stands', async () => {
  const secrets = ['q8Zt5mPv2LxK7rWd', 'Hn4sYb9TfQ3cJe6G', 'Ru1oXa8VzMk5pCw2', 'Bd7gLi0SnEy4vHq9'];
  const [header = '', query = '', parameter = '', code = ''] = secrets;

  const answer = await ask(emptyRefusal, {
    ...echoPolicy('<set-backend-service backend-id="orders" />'),
    'backends/orders': {
      properties: {
        url: `https://orders.example/api?code=${code}`,
        protocol: 'http',
        credentials: { header: { 'x-api-key': [header] }, query: { token: [query] }, authorization: { scheme: 'Basic', parameter } },
      },
    },
  });

  const backends = answer.snapshot.facts.backends;
  expect(backends).toMatchObject({ status: 'read', value: [{ name: 'orders', headers: [{ name: 'x-api-key' }] }] });
  for (const secret of secrets) expect(JSON.stringify(answer.snapshot) + JSON.stringify(answer.diagnosis)).not.toContain(secret);
});

describe('a role that somebody made themselves', () => {
  const own = '00000000-0000-4000-8000-00000000a0a0';
  const definition = `/subscriptions/00000000-0000-4000-8000-000000000001/providers/Microsoft.Authorization/roleDefinitions/${own}`;
  const signedIn = {
    ...withIdentity,
    ...echoAtOpenAi,
    ...echoPolicy(identityForAi),
    ...aiAccount('chat-east', 'OpenAI', 'eastus', 'aa11'.repeat(8)),
    ...assignment(resourceGroup, own),
  };

  function role(dataActions: readonly string[]): Readonly<Record<string, unknown>> {
    return { [definition]: { properties: { roleName: 'Chat caller', permissions: [{ actions: ['*'], dataActions }] } } };
  }

  it.each([
    ['allows the call', ['Microsoft.CognitiveServices/accounts/OpenAI/deployments/*/action'], 'ruled-out'],
    ['allows to read only', ['Microsoft.CognitiveServices/accounts/OpenAI/*/read'], 'confirmed'],
    ['allows to manage only', [], 'confirmed'],
  ])('%s', async (_, dataActions, outcome) => {
    expect(outcomeOf(await ask(aiRoleMissing, { ...signedIn, ...role(dataActions) }), 'managed-identity-lacks-role')).toBe(outcome);
  });

  it('and whose definition is not there leaves it unknown', async () => {
    expect(outcomeOf(await ask(aiRoleMissing, signedIn), 'managed-identity-lacks-role')).toBe('unknown');
  });
});

describe('the key before Azure AI', () => {
  const removal = '<set-header name="ocp-apim-subscription-key" exists-action="delete" />';
  const either = (first: string, second: string): string =>
    `<choose><when condition="@(context.Request.Method == &quot;POST&quot;)">${first}</when><otherwise>${second}</otherwise></choose>`;
  const refused = aiRoleMissing
    .replace('PermissionDenied', '401')
    .replace('Principal does not have access to API/Operation.', 'Access denied due to invalid subscription key or wrong API endpoint.');

  it.each([
    ['removed in both branches of a choice', [either(removal, removal)], 'ruled-out'],
    ['removed in one branch', [either(removal, '<set-header name="x-a" exists-action="delete" />')], 'suspected'],
    [
      'sent in both branches to Azure AI',
      [
        either(
          '<set-backend-service base-url="https://a.openai.azure.com" />',
          '<set-backend-service base-url="https://b.openai.azure.com" />',
        ),
      ],
      'confirmed',
    ],
    [
      'skipped because there is one',
      ['<set-header name="Ocp-Apim-Subscription-Key" exists-action="skip"><value>x</value></set-header>'],
      'confirmed',
    ],
    ['replaced with an account key', ['<set-header name="API-KEY"><value>{{ai}}</value></set-header>'], 'ruled-out'],
  ])('is %s', async (_, statements, outcome) => {
    expect(outcomeOf(await ask(refused, { ...echoAtOpenAi, ...echoPolicy(...statements) }), 'key-forwarded-to-backend')).toBe(outcome);
  });
});

it('reads nothing behind the gateway for an answer of the key check', async () => {
  await ask(answered('invalid'), { ...withIdentity, ...echoPolicy('<set-backend-service backend-id="b" />', identityForAi) });

  const paths = room.lab.requests
    .map(({ path }) => path)
    .filter((path) => /backends|namedValues|certificates|CognitiveServices|roleAssignments/i.test(path));
  expect(paths).toEqual([]);
});

it('reads no more than it needs for a 401 that says nothing', async () => {
  await ask(emptyRefusal, {});

  const reads = room.lab.requests.filter(({ method }) => method === 'GET').map(({ path }) => path);
  expect(reads.filter((path) => /backends|namedValues|certificates|CognitiveServices|roleAssignments/i.test(path))).toEqual([]);
  expect(reads.length).toBeLessThanOrEqual(12);
});
