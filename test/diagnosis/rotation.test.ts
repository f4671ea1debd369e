// A key that was pasted in full: which two steps are offered, in which order, and when none is.
import { fixOf } from '../../src/causes/catalogue.ts';
import type { Scenario } from '../../src/causes/contract.ts';
import { calledWith } from '../../src/causes/sample-pastes.ts';
import { publicDiagnosis } from '../../src/diagnosis/public-form.ts';
import { type AskedLab, openAskedLab } from '../harness/ask-lab.ts';
import { estateOf, pasteOf, serviceId } from '../harness/healthy-estate.ts';

let lab: AskedLab;
const secondary = 'a15e'.repeat(8);

async function open(given: Scenario['given'] = {}): Promise<void> {
  lab = await openAskedLab(estateOf({ given }));
}

function pasted(header: string, given: Scenario['given'] = {}): string {
  return pasteOf({ name: '', paste: calledWith(`Ocp-Apim-Subscription-Key: ${header}`), given, expect: { confirmed: [] } });
}

afterEach(() => lab.close());

it('replaces the key that nobody pasted first, and the pasted one after it', async () => {
  await open();
  const { diagnosis, offers, plans } = await lab.ask(pasted('{key:mobile-app}'));
  const on = `${serviceId}/subscriptions/mobile-app`;

  expect(diagnosis.rotation).toMatchObject({
    first: {
      cause: 'rotate-other-key',
      label: 'Replace the other key first',
      permission: 'Microsoft.ApiManagement/service/subscriptions/regenerateSecondaryKey/action',
      secondPerson: false,
      undo: null,
      changes: [{ on, field: '!regenerateSecondaryKey', before: null, after: null }],
    },
    second: {
      cause: 'rotate-pasted-key',
      label: 'Replace the pasted key',
      permission: 'Microsoft.ApiManagement/service/subscriptions/regeneratePrimaryKey/action',
      changes: [{ on, field: '!regeneratePrimaryKey', before: null, after: null }],
    },
  });
  expect(diagnosis.rotation?.first.consequence).toMatch(/secondary key of Mobile app is made new: .* get a 401 .*"Show\/hide keys"/);
  expect(diagnosis.rotation?.second.consequence).toMatch(/Whoever still sends the pasted key.*only after all callers have the other key/);
  expect([...offers.keys()]).toEqual(['rotate-other-key', 'rotate-pasted-key']);
  expect([...plans.keys()]).toEqual([...offers.keys()]);
  expect(diagnosis.headline).toBeNull();
  expect(publicDiagnosis(diagnosis)).toMatchObject({
    rotation: { first: { id: 'rotate-other-key' }, second: { id: 'rotate-pasted-key' } },
  });
  expect(fixOf('rotate-other-key')).toBeNull();
});

it('turns the order round for a pasted secondary key', async () => {
  await open();
  const { diagnosis } = await lab.ask(pasted(secondary));
  expect(diagnosis.rotation?.first.changes[0]?.field).toBe('!regeneratePrimaryKey');
  expect(diagnosis.rotation?.second.changes[0]?.field).toBe('!regenerateSecondaryKey');
});

it('keeps the pasted key good until its own turn, and has nothing to offer once both are new', async () => {
  await open();
  const paste = pasted('{key:mobile-app}');
  const before = (await lab.ask(paste)).plans.get('rotate-other-key')?.changes[0];
  expect(before).toBeDefined();
  expect(await lab.write(before as NonNullable<typeof before>)).toMatchObject({ kind: 'done' });

  const between = await lab.ask(paste);
  expect(between.diagnosis.rotation?.second.changes[0]?.field).toBe('!regeneratePrimaryKey');
  const last = between.plans.get('rotate-pasted-key')?.changes[0];
  expect(await lab.write(last as NonNullable<typeof last>)).toMatchObject({ kind: 'done' });

  const after = await lab.ask(paste);
  expect(after.diagnosis.rotation).toBeNull();
  expect([...after.offers.keys()]).not.toContain('rotate-other-key');
});

it('names the action of a workspace for a key of a workspace', async () => {
  const key = 'e70f'.repeat(8);
  await open({
    'workspaces/retail': { properties: { displayName: 'Retail' } },
    'workspaces/retail/subscriptions/till': {
      properties: {
        displayName: 'Till',
        scope: '/workspaces/retail/apis',
        state: 'active',
        primaryKey: key,
        secondaryKey: 'e75e'.repeat(8),
      },
    },
  });
  const { diagnosis } = await lab.ask(pasted(key));
  expect(diagnosis.rotation?.first).toMatchObject({
    permission: 'Microsoft.ApiManagement/service/workspaces/subscriptions/regenerateSecondaryKey/action',
    changes: [{ on: `${serviceId}/workspaces/retail/subscriptions/till` }],
  });
});

const same = { properties: { primaryKey: 'beef'.repeat(8) } };
it.each<[string, string, string | undefined, Scenario['given']]>([
  ['the beginning of a key, given beside the paste', 'whatever', 'a10f', {}],
  ['a whole key, given beside the paste', 'whatever', 'a10f'.repeat(8), {}],
  ['a key that nobody has', '0f0f'.repeat(8), undefined, {}],
  ['an id in the place of a key', 'mobile-app', undefined, {}],
  ['a word of a program', 'undefined', undefined, {}],
  ['a key that was cut', 'a10fa10fa10fa10fa10f', undefined, {}],
  ['a key that two subscriptions have', 'beef'.repeat(8), undefined, { 'subscriptions/mobile-app': same, 'subscriptions/all-apis': same }],
])('offers nothing for %s', async (_, header, prefix, given) => {
  await open(given);
  const { diagnosis, offers } = await lab.ask(pasted(header), prefix);
  expect(diagnosis.rotation).toBeNull();
  expect([...offers.keys()].filter((id) => id.startsWith('rotate'))).toEqual([]);
});
