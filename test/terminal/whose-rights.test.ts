// Where only people may change Azure, a terminal on the bot's own host does not do it with the bot's rights.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scenarios } from '../../src/causes/subscription-suspended/scenarios.ts';
import { locksmith, type Ran } from '../harness/command.ts';
import { first } from '../harness/first.ts';
import { estateOf, pasteOf, serviceId } from '../harness/healthy-estate.ts';

const scenario = first(scenarios);
const machine = { IDENTITY_ENDPOINT: 'http://127.0.0.1:9/token', IDENTITY_HEADER: 'x' };
const fix = ['fix', '--cause', 'subscription-suspended'];
const undo = ['undo', '--plan', 'some-plan'];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'locksmith-rights-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran> {
  const nowhere = { LOCKSMITH_ARM_ENDPOINT: 'https://127.0.0.1:9', LOCKSMITH_SERVICES: serviceId, LOCKSMITH_DEADLINE_MS: '2000' };
  return locksmith(args, pasteOf(scenario), { ...nowhere, ...env }, folder);
}

it.each([
  ['fix', fix],
  ['undo', undo],
])("%s --yes is refused with the machine's rights, before anything is read or kept", async (_, args) => {
  const ran = await run([...args, '--yes'], { ...machine, LOCKSMITH_ACT_AS: 'person' });

  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(ran.stderr).toMatch(/^LOCKSMITH_ACT_AS is "person", .*IDENTITY_ENDPOINT is set.* nothing was changed\. .*az login.*\n$/);
  expect(readdirSync(folder)).toEqual([]);
});

it.each<[string, readonly string[], Readonly<Record<string, string>>]>([
  ['without --yes', undo, { ...machine, LOCKSMITH_ACT_AS: 'person' }],
  ["with the bot's rights agreed to", [...undo, '--yes'], { ...machine, LOCKSMITH_ACT_AS: 'bot' }],
  ['where nothing is said', [...undo, '--yes'], machine],
  ['where the person is signed in', [...undo, '--yes'], { ...machine, LOCKSMITH_ACT_AS: 'person', AZURE_TOKEN_CREDENTIALS: 'dev' }],
])('is not refused %s', async (_, args, env) => {
  const ran = await run(args, env);

  expect(ran.stderr).toMatch(/does not belong to anything that is known here/);
});

it('is not refused on a practice estate', async () => {
  const estate = join(folder, 'estate.json');
  writeFileSync(estate, JSON.stringify(estateOf(scenario)));
  const ran = await run([...fix, '--yes', '--json', '--lab', estate], { ...machine, LOCKSMITH_ACT_AS: 'person' });

  expect(ran).toMatchObject({ code: 0 });
  expect(JSON.parse(ran.stdout)).toMatchObject({ applied: true });
});
