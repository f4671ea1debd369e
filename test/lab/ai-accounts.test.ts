// Azure AI accounts of an estate: listed, read, and their keys as Azure hands them out.
import { arm, closeAll, estate, open, subscriptionId } from './lab-client.ts';

afterEach(closeAll);

const accounts = `/subscriptions/${subscriptionId}/resourceGroups/ai/providers/Microsoft.CognitiveServices/accounts`;
const version = 'api-version=2024-10-01';
const world = estate([
  { id: `${accounts}/speech`, kind: 'SpeechServices', location: 'westeurope', properties: {}, keys: { key1: 'one', key2: 'two' } },
  { id: `${accounts}/vision`, kind: 'ComputerVision', location: 'westeurope', properties: {} },
  {
    id: `${accounts}/closed`,
    kind: 'OpenAI',
    location: 'westeurope',
    properties: { disableLocalAuth: true },
    keys: { key1: 'no', key2: 'no' },
  },
]);

it('lists them below the Azure subscription, without keys', async () => {
  const lab = await open({ estate: world });
  const { json, text } = await arm(
    lab,
    'GET',
    `/subscriptions/${subscriptionId}/providers/Microsoft.CognitiveServices/accounts?${version}`,
  );
  expect(json.value.map((one: { name: string }) => one.name)).toEqual(['speech', 'vision', 'closed']);
  expect(text).not.toContain('key1');
});

it('hands out their keys, those of the estate or some that stay the same', async () => {
  const lab = await open({ estate: world });
  expect((await arm(lab, 'POST', `${accounts}/speech/listKeys?${version}`)).json).toEqual({ key1: 'one', key2: 'two' });
  const first = (await arm(lab, 'POST', `${accounts}/vision/listKeys?${version}`)).json;
  expect(first.key1).toMatch(/^[0-9a-f]{32}$/);
  expect(first.key2).not.toBe(first.key1);
  expect((await arm(lab, 'POST', `${accounts}/vision/listKeys?${version}`)).json).toEqual(first);
});

it('lists no keys where they are switched off, and none of an account that does not exist', async () => {
  const lab = await open({ estate: world });
  const refused = await arm(lab, 'POST', `${accounts}/closed/listKeys?${version}`);
  expect([refused.status, refused.json.error.message]).toEqual([400, 'Failed to list key. disableLocalAuth is set to be true']);
  expect((await arm(lab, 'POST', `${accounts}/nobody/listKeys?${version}`)).status).toBe(404);
});
