import { ApiManagementClient } from '@azure/arm-apimanagement';
import { type Lab, startLab } from '../../src/lab/lab.ts';
import { arm, estate, service, subscriptionId } from './lab-client.ts';

const [group, name] = ['rg', 'fabrikam'];
const vault = (code: string) => ({ secretIdentifier: 'https://v.vault.example/secrets/s', lastStatus: { code } });
const world = estate([
  { id: 'apis/echo', properties: { displayName: 'Echo', path: 'echo' } },
  {
    id: 'apis/echo/policies/policy',
    properties: { format: 'rawxml', value: '<policies><inbound><include-fragment fragment-id="Shared" /></inbound></policies>' },
  },
  {
    id: 'policies/policy',
    properties: { format: 'rawxml', value: '<policies><inbound><include-fragment fragment-id="Sharedness" /></inbound></policies>' },
  },
  { id: 'policyFragments/shared', properties: { format: 'rawxml', value: '<fragment><trace source="@("a")" /></fragment>' } },
  { id: 'namedValues/plain', properties: { displayName: 'plain', value: 'open', secret: false } },
  { id: 'namedValues/secret', properties: { displayName: 'secret', value: 'hush', secret: true } },
  { id: 'namedValues/late', properties: { displayName: 'late', value: 'hush', secret: true, keyVault: vault('Timeout') } },
  { id: 'namedValues/shut', properties: { displayName: 'shut', value: 'hush', secret: true, keyVault: vault('Forbidden') } },
  { id: 'namedValues/fine', properties: { displayName: 'fine', value: 'hush', secret: true, keyVault: vault('Success') } },
  { id: 'gateways/edge', properties: { locationData: { name: 'shop' } } },
  { id: 'locations/westeurope/networkstatus', properties: { dnsServers: ['10.0.0.4'], connectivityStatus: [] } },
  { id: '.', properties: { additionalLocations: [{ location: 'North Europe' }] } },
  { id: 'workspaces/w', properties: { displayName: 'W' } },
  { id: 'workspaces/w/products/p', properties: { displayName: 'P' } },
  { id: 'workspaces/w/apis/team', properties: { displayName: 'Team', path: 'team' } },
]);

let lab: Lab;
let client: ApiManagementClient;

beforeEach(async () => {
  lab = await startLab({ estate: world });
  const credential = { getToken: async () => ({ token: 't', expiresOnTimestamp: Date.now() + 3_600_000 }) };
  client = new ApiManagementClient(credential, subscriptionId, { endpoint: lab.managementUrl, tlsOptions: { ca: lab.ca } });
});

afterEach(async () => {
  await lab.stop();
});

async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const each of list) found.push(each);
  return found;
}

it('gives fragments in the format asked for, and says which policies use one', async () => {
  const raw = await client.policyFragment.get(group, name, 'shared', { format: 'rawxml' });
  const escaped = await client.policyFragment.get(group, name, 'shared');
  expect([raw.format, raw.value]).toEqual(['rawxml', '<fragment><trace source="@("a")" /></fragment>']);
  expect([escaped.format, escaped.value]).toEqual(['xml', '<fragment><trace source="@(&quot;a&quot;)" /></fragment>']);
  const references = await client.policyFragment.listReferences(group, name, 'shared');
  expect(references.value?.map(({ id }) => id)).toEqual([`${service}/apis/echo/policies/policy`]);
});

it('shows values of named values only where they are asked for', async () => {
  const listed = await all(client.namedValue.listByService(group, name));
  expect(listed.map(({ value }) => value)).toEqual(['open', undefined, undefined, undefined, undefined]);
  expect((await client.namedValue.get(group, name, 'secret')).value).toBeUndefined();
  expect((await client.namedValue.listValue(group, name, 'secret')).value).toBe('hush');
  const failed = await all(client.namedValue.listByService(group, name, { isKeyVaultRefreshFailed: true }));
  expect(failed.map((entry) => entry.name)).toEqual(['late', 'shut']);
});

it.each([
  ['late', 'Success'],
  ['shut', 'Forbidden'],
  ['fine', 'Success'],
])('refreshes %s from its vault: %s', async (id, code) => {
  const done = await client.namedValue.beginRefreshSecretAndWait(group, name, id);
  expect(done.keyVault?.lastStatus?.code).toBe(code);
  expect(done.keyVault?.lastStatus?.timeStampUtc?.toISOString()).toMatch(/^2026-11-20T09:00:/);
});

it('accepts a refresh, says that it runs, and then that it has succeeded', async () => {
  const accepted = await arm(lab, 'POST', '/namedValues/late/refreshSecret');
  expect([accepted.status, accepted.text]).toEqual([202, '']);
  const at = String(accepted.headers['azure-asyncoperation']).replace(lab.managementUrl, '');
  const states = [await arm(lab, 'GET', at), await arm(lab, 'GET', at)].map(({ json }) => json.status);
  expect(states).toEqual(['InProgress', 'Succeeded']);
  const result = await arm(lab, 'GET', String(accepted.headers.location).replace(lab.managementUrl, ''));
  expect([result.status, result.json.name]).toEqual([200, 'late']);
  expect((await arm(lab, 'POST', '/namedValues/plain/refreshSecret')).status).toBe(400);
});

it('hands out keys and tokens of a gateway, and shows neither in reads', async () => {
  const { primary } = await client.gateway.listKeys(group, name, 'edge');
  expect(primary).toMatch(/^[0-9a-f]{32}$/);
  const token = (day: string) =>
    client.gateway.generateToken(group, name, 'edge', { keyType: 'primary', expiry: new Date(`2026-${day}T00:00:00Z`) });
  const first = await token('12-01');
  expect(first.value).toMatch(/^edge&202612010000&.+==$/);
  await expect(token('12-31')).rejects.toMatchObject({ statusCode: 400 });
  await client.gateway.regenerateKey(group, name, 'edge', { keyType: 'primary' });
  expect((await token('12-01')).value).not.toBe(first.value);
  expect((await arm(lab, 'GET', '/gateways/edge')).text).not.toContain('Key');
});

it('assigns an API to a gateway and takes it back', async () => {
  await client.gatewayApi.createOrUpdate(group, name, 'edge', 'echo');
  expect((await all(client.gatewayApi.listByService(group, name, 'edge'))).map((entry) => entry.name)).toEqual(['echo']);
  expect((await client.gatewayApi.getEntityTag(group, name, 'edge', 'echo')).eTag).toMatch(/^"/);
  await client.gatewayApi.delete(group, name, 'edge', 'echo');
  await expect(client.gatewayApi.getEntityTag(group, name, 'edge', 'echo')).rejects.toMatchObject({ statusCode: 404 });
});

it('links APIs to products of a workspace without conditions', async () => {
  const apiId = `${service}/workspaces/w/apis/team`;
  await client.workspaceProductApiLink.createOrUpdate(group, name, 'w', 'p', 'l', { apiId });
  expect((await all(client.workspaceProductApiLink.listByProduct(group, name, 'w', 'p')))[0]?.apiId).toBe(apiId);
  await client.workspaceProductApiLink.delete(group, name, 'w', 'p', 'l');
  expect(await all(client.workspaceProductApiLink.listByProduct(group, name, 'w', 'p'))).toEqual([]);
});

it('tells the network status of every location, and of one', async () => {
  const everywhere = await client.networkStatus.listByService(group, name);
  expect(everywhere.map(({ location }) => location)).toEqual(['West Europe', 'North Europe']);
  expect(everywhere[1]?.networkStatus?.connectivityStatus.every(({ status }) => status === 'success')).toBe(true);
  expect((await client.networkStatus.listByLocation(group, name, 'West Europe')).dnsServers).toEqual(['10.0.0.4']);
  await expect(client.networkStatus.listByLocation(group, name, 'Mars')).rejects.toMatchObject({ statusCode: 404 });
});

it('lists every policy there is, and counts only where the spec does', async () => {
  const policies = await all(client.allPolicies.listByService(group, name));
  expect(policies.map(({ referencePolicyId }) => referencePolicyId)).toEqual([
    `${service}/apis/echo/policies/policy`,
    `${service}/policies/policy`,
  ]);
  expect((await arm(lab, 'GET', '/portalRevisions')).json).toEqual({ value: [] });
  expect((await arm(lab, 'GET', '/backends')).json).toEqual({ value: [], count: 0 });
});
