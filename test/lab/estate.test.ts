import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiManagementClient } from '@azure/arm-apimanagement';
import { startLab } from '../../src/lab/lab.ts';
import { api, arm, call, closeAll, estate, open, service, subscription, subscriptionId } from './lab-client.ts';

const folder = mkdtempSync(join(tmpdir(), 'lab-'));
afterEach(closeAll);
afterAll(() => rmSync(folder, { recursive: true }));
const contoso = join(import.meta.dirname, '../../src/lab/estates/contoso.json');

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

it.each([
  ['none.json', null, /cannot be read/],
  ['broken.json', '{ "format"', /is not JSON/],
  ['other.json', '{ "format": "else" }', /"format"/],
  ['list.json', '[]', /JSON object/],
  ['service.json', '{ "format": "locksmith-estate/1", "now": "2026-01-01T00:00:00Z", "service": "contoso", "resources": [] }', /"service"/],
  ['resources.json', `{ "format": "locksmith-estate/1", "now": "2026-01-01T00:00:00Z", "service": "${service}" }`, /"resources"/],
])('refuses %s with one sentence', async (name, text, words) => {
  const path = text === null ? join(folder, name) : file(name, text);
  await expect(startLab({ estate: path })).rejects.toThrow(words);
});

it('names the port that is taken', async () => {
  const first = await open({ estate: estate([]) });
  const port = Number(new URL(first.gatewayUrl).port);
  await expect(startLab({ estate: estate([]), gatewayPort: port })).rejects.toThrow(`Port ${port} for the lab's gateway is already taken.`);
});

it('exports what loads to the same state again', async () => {
  const first = await open({ estate: contoso });
  const exported = first.exportEstate();
  const second = await open({ estate: file('export.json', JSON.stringify(exported)) });
  expect(second.exportEstate()).toEqual(exported);
});

it('serves what it does not know, and malformed and dangling scopes, as written', async () => {
  const odd = { id: 'gadgets/one', properties: { size: 3 } };
  const lab = await open({ estate: estate([odd, subscription('s', '/nonsense'), subscription('t', '/apis/gone', { state: 'asleep' })]) });
  expect((await arm(lab, 'GET', '/gadgets/one')).json).toMatchObject({
    id: `${service}/gadgets/one`,
    name: 'one',
    properties: { size: 3 },
  });
  expect((await arm(lab, 'GET', '/gadgets')).json.count).toBe(1);
  expect((await arm(lab, 'GET', '/subscriptions/s')).json.properties.scope).toBe('/nonsense');
  expect((await arm(lab, 'GET', '/subscriptions/t')).json.properties).toMatchObject({ scope: `${service}/apis/gone`, state: 'asleep' });
});

it('moves every date along when it starts at another time', async () => {
  const lab = await open({ estate: contoso, now: '2027-01-01T12:00:00Z' });
  const path = lab.services[0] ?? '';
  const { json, headers } = await arm(lab, 'GET', `${path}/subscriptions/loyalty-campaign`);
  expect(json.properties.createdDate).toBe('2027-01-01T11:56:30.120Z');
  expect(headers.date).toBe('Fri, 01 Jan 2027 12:00:00 GMT');
});

it('keeps several services apart', async () => {
  const other = service.replace('fabrikam', 'second');
  const lab = await open({ estate: [estate(api('echo')), { ...estate(api('only')), service: other }] });
  expect(lab.services).toEqual([service, other]);
  expect((await arm(lab, 'GET', `${other}/apis`)).json.value[0].name).toBe('only');
  expect((await call(lab, '/only/things', { headers: { host: 'second.azure-api.net' } })).status).toBe(401);
  expect((await call(lab, '/only/things', { headers: { host: 'fabrikam.azure-api.net' } })).status).toBe(404);
  expect((await call(lab, '/only/things')).status).toBe(404);
});

it('lists Cognitive Services accounts and their keys', async () => {
  const id = `/subscriptions/${subscriptionId}/resourceGroups/ai/providers/Microsoft.CognitiveServices/accounts/speech`;
  const account = {
    id,
    kind: 'SpeechServices',
    location: 'westeurope',
    properties: { endpoint: 'https://e.example' },
    keys: { key1: 'k1', key2: 'k2' },
  };
  const lab = await open({ estate: estate([account]) });
  const list = await arm(
    lab,
    'GET',
    `/subscriptions/${subscriptionId}/providers/Microsoft.CognitiveServices/accounts?api-version=2023-05-01`,
  );
  expect(list.json.value).toEqual([
    {
      id,
      name: 'speech',
      type: 'Microsoft.CognitiveServices/accounts',
      kind: 'SpeechServices',
      location: 'westeurope',
      properties: account.properties,
    },
  ]);
  expect((await arm(lab, 'POST', `${id}/listKeys?api-version=2023-05-01`)).json).toEqual(account.keys);
});

it('logs each management pair without the token, and lets a test break an answer', async () => {
  const trafficFile = join(folder, 'traffic.jsonl');
  const faults = ({ path }: { path: string }) => (path.endsWith('/products') ? { answer: { status: 500, body: null } } : undefined);
  const lab = await open({ estate: estate(api('echo')), trafficFile, faults });
  await arm(lab, 'GET', '/apis/echo');
  expect((await arm(lab, 'GET', '/products')).status).toBe(500);
  const pairs = readFileSync(trafficFile, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(pairs.map((pair) => [pair.method, pair.status, pair.requestHeaders.authorization])).toEqual([
    ['GET', 200, 'Bearer redacted'],
    ['GET', 500, 'Bearer redacted'],
  ]);
  expect(pairs[0].responseBody.name).toBe('echo');
  expect(lab.requests.map(({ path }) => path)).toEqual([`${service}/apis/echo`, `${service}/products`]);
});

it('serves the real SDK, which mends and puts back to the very same state', async () => {
  const lab = await open({ estate: contoso });
  const [group, name] = ['contoso-apis', 'contoso'];
  const credential = { getToken: async () => ({ token: 't', expiresOnTimestamp: Date.now() + 3_600_000 }) };
  const client = new ApiManagementClient(credential, '00000000-0000-4000-8000-000000000001', {
    endpoint: lab.managementUrl,
    tlsOptions: { ca: lab.ca },
  });
  const before = lab.exportEstate();
  const pay = () =>
    call(lab, '/payments/authorisations', { method: 'POST', headers: { 'Ocp-Apim-Subscription-Key': `7d30${'fa4e'.repeat(7)}` } });

  const suspended = await client.subscription.get(group, name, 'checkout-web');
  const active = await client.subscription.update(group, name, 'checkout-web', suspended.eTag ?? '', { state: 'active' });
  expect((await pay()).status).toBe(200);
  await expect(client.subscription.update(group, name, 'checkout-web', suspended.eTag ?? '', { state: 'expired' })).rejects.toMatchObject({
    statusCode: 412,
    code: 'PreconditionFailed',
  });
  await client.subscription.update(group, name, 'checkout-web', active.eTag ?? '', { state: 'suspended' });
  expect((await pay()).status).toBe(401);

  const operation = await client.apiOperation.get(group, name, 'echo', 'create');
  const clean = {
    ...operation.request,
    headers: (operation.request?.headers ?? []).filter((header) => header.name !== 'Ocp-Apim-Subscription-Key'),
  };
  const mended = await client.apiOperation.update(group, name, 'echo', 'create', operation.eTag ?? '', { request: clean });
  expect(mended.request).toEqual(clean);
  await client.apiOperation.update(group, name, 'echo', 'create', mended.eTag ?? '', { request: operation.request ?? {} });

  expect(lab.exportEstate()).toEqual(before);
  const names: string[] = [];
  for await (const entry of client.subscription.list(group, name, { top: 7 })) names.push(entry.name ?? '');
  expect(new Set(names).size).toBe(18);
});
