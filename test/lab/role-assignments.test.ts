// Role assignments as Microsoft.Authorization lists them: at a scope, inherited, through groups.
import type { EstateResource } from '../../src/lab/estate.ts';
import { type Lab, startLab } from '../../src/lab/lab.ts';
import { arm, estate, subscriptionId } from './lab-client.ts';

const group = `/subscriptions/${subscriptionId}/resourceGroups/ai`;
const account = `${group}/providers/Microsoft.CognitiveServices/accounts/openai`;
const gateway = '00000000-0000-4000-8000-0000000000d1';

function assignment(scope: string, name: string, principalId: string, more: object = {}): EstateResource {
  const properties = { roleDefinitionId: '/providers/Microsoft.Authorization/roleDefinitions/r', principalId };
  return { id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`, properties, ...more };
}

let lab: Lab;

afterEach(() => lab.stop());

async function names(scope: string, filter: string): Promise<string[]> {
  const query = filter === '' ? '' : `&$filter=${filter}`;
  const answer = await arm(lab, 'GET', `${scope}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01${query}`);
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.json.value.map((one: { name: string }) => one.name);
}

it('lists what is at the scope, above it and below it, for a principal and its groups', async () => {
  lab = await startLab({
    estate: estate([
      { id: account, kind: 'OpenAI', location: 'westeurope', properties: {} },
      assignment(account, 'own', gateway),
      assignment(group, 'inherited', gateway),
      assignment(`/subscriptions/${subscriptionId}`, 'team', 'group-1', { members: [gateway] }),
      assignment(account, 'somebody', 'other'),
      assignment(`${group}/providers/Microsoft.CognitiveServices/accounts/another`, 'elsewhere', gateway),
    ]),
  });

  expect(await names(account, `assignedTo('${gateway}')`)).toEqual(['own', 'inherited', 'team']);
  expect(await names(account, `principalId eq '${gateway}'`)).toEqual(['own', 'inherited']);
  expect(await names(account, 'atScope()')).toEqual(['own', 'inherited', 'team', 'somebody']);
  expect(await names(group, `assignedTo('${gateway}')`)).toEqual(['own', 'inherited', 'team', 'elsewhere']);
  expect(await names(group, 'atScope()')).toEqual(['inherited', 'team']);
});

it('shows the scope, keeps the members of groups to itself, and refuses filters that it does not know', async () => {
  lab = await startLab({ estate: estate([assignment(group, 'team', 'group-1', { members: [gateway] })]) });
  const list = `${group}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01`;

  const { json } = await arm(lab, 'GET', list);
  expect(json.value).toEqual([
    {
      id: `${group}/providers/Microsoft.Authorization/roleAssignments/team`,
      name: 'team',
      type: 'Microsoft.Authorization/roleAssignments',
      properties: { roleDefinitionId: '/providers/Microsoft.Authorization/roleDefinitions/r', principalId: 'group-1', scope: group },
    },
  ]);
  expect((await arm(lab, 'GET', `${list}&$filter=${"roleName eq 'x'"}`)).status).toBe(400);
});

it('refuses the list where the estate denies it', async () => {
  lab = await startLab({ estate: estate([], { denied: ['Microsoft.Authorization/roleAssignments/read'] }) });

  const answer = await arm(lab, 'GET', `${group}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01`);

  expect(answer.status).toBe(403);
  expect(answer.json.error.message).toContain('Microsoft.Authorization/roleAssignments/read');
});
