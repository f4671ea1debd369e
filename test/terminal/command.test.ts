// The terminal command as scripts use it: documents on stdout, one clear line on stderr, the exit codes of the contract.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { causes } from '../../src/causes/catalogue.ts';
import { answered } from '../../src/causes/sample-pastes.ts';
import { scenarios as suspended } from '../../src/causes/subscription-suspended/scenarios.ts';
import { locksmith } from '../harness/command.ts';
import { estateOf, pasteOf, serviceId } from '../harness/healthy-estate.ts';

let folder: string;
let estate: string;
const scenario = suspended[0] ?? fail();

function fail(): never {
  throw new Error('the cause has no scenario');
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'locksmith-command-'));
  estate = join(folder, 'estate.json');
  writeFileSync(estate, JSON.stringify(estateOf(scenario)));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function inFolder(args: readonly string[], stdin: string | Buffer = ''): ReturnType<typeof locksmith> {
  return locksmith(args, stdin, {}, folder);
}

it('parses a paste into the document of the contract', async () => {
  const ran = await inFolder(['parse', '--json'], pasteOf(scenario));

  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(ran.stdout)).toMatchObject({
    layer: 'gateway-subscription',
    code: 'key-invalid',
    status: 401,
    host: 'contoso.azure-api.net',
    apiPath: '/echo',
    headerName: 'Ocp-Apim-Subscription-Key',
    method: 'GET',
    keys: [{ shown: 'a10f…', where: 'header' }],
  });
});

it('diagnoses on an estate file with nothing else running, and leaves nothing behind', async () => {
  const before = readFileSync(estate, 'utf8');
  const ran = await inFolder(['diagnose', '--json', '--lab', estate], pasteOf(scenario));

  expect(ran).toMatchObject({ code: 0, stderr: '' });
  const document = JSON.parse(ran.stdout) as Record<string, unknown> & { verdicts: Record<string, unknown>[] };
  expect(document).toMatchObject({
    service: serviceId,
    headline: 'subscription-suspended',
    warnings: [expect.stringMatching(/whole key \(a10f…\): rotate it/)],
    scanned: { subscriptions: expect.any(Number), of: expect.any(Number) },
    partial: false,
    arm: { reads: expect.any(Number), writes: 0, listSecrets: expect.any(Number), throttled: 0 },
    ms: expect.any(Number),
  });
  expect(document.verdicts.map((one) => one.cause)).toEqual(causes.map(({ rule }) => rule.id));
  expect(document.verdicts.find((one) => one.cause === 'subscription-suspended')).toMatchObject({
    outcome: 'confirmed',
    evidence: [{ at: `${serviceId}/subscriptions/mobile-app#/properties/state`, observed: 'suspended', expected: 'active' }],
    fix: {
      label: 'Activate the subscription',
      permission: 'Microsoft.ApiManagement/service/subscriptions/write',
      undo: expect.any(String),
      changes: [{ on: `${serviceId}/subscriptions/mobile-app`, field: 'properties.state', before: 'suspended', after: 'active' }],
    },
  });
  expect(readFileSync(estate, 'utf8')).toBe(before);
});

it('ends with 3 and the whole document when nothing is confirmed or suspected', async () => {
  const ran = await inFolder(['diagnose', '--json', '--lab', estate], answered('invalid'));

  expect(ran.code).toBe(3);
  expect(JSON.parse(ran.stdout)).toMatchObject({
    headline: null,
    answer: { next: expect.arrayContaining([expect.stringContaining('first characters')]) },
  });
});

it('gives one verdict for every cause when the host belongs to no configured service', async () => {
  const ran = await inFolder(['diagnose', '--json', '--lab', estate], answered('invalid').replaceAll('contoso.azure', 'fabrikam.azure'));

  expect(ran.code).toBe(3);
  const document = JSON.parse(ran.stdout) as { service: null; verdicts: { outcome: string }[] };
  expect(document).toMatchObject({ service: null, headline: null, answer: { kind: 'unknown-service' } });
  expect(document.verdicts).toHaveLength(causes.length);
});

it('lets the option go before the key in the request, and the request before prose', async () => {
  const paste = `${pasteOf(scenario)}\nThe key starts with c3`;
  const [byRequest, byOption] = await Promise.all([
    inFolder(['diagnose', '--json', '--lab', estate], paste),
    inFolder(['diagnose', '--json', '--lab', estate, '--key-prefix', 'c30fc3'], paste),
  ]);

  expect(JSON.parse(byRequest.stdout)).toMatchObject({ headline: 'subscription-suspended' });
  expect(JSON.parse(byOption.stdout)).toMatchObject({ headline: null });
});

it('gives the same verdicts from a snapshot, which holds no secret and needs no paste', async () => {
  const file = join(folder, 'snapshot.json');
  const live = await inFolder(['diagnose', '--json', '--lab', estate, '--save-snapshot', file], pasteOf(scenario));
  const again = await inFolder(['diagnose', '--json', '--from-snapshot', file]);

  const verdicts = (text: string): unknown => (JSON.parse(text) as { verdicts: unknown }).verdicts;
  expect(again.code).toBe(0);
  expect(verdicts(again.stdout)).toEqual(verdicts(live.stdout));
  const saved = readFileSync(file, 'utf8');
  expect(JSON.parse(saved)).toMatchObject({ format: 'locksmith-snapshot/1' });
  expect(saved).not.toContain('a10fa10f');
});

it('shows a plan without --yes, and applies, verifies and audits with it', async () => {
  const planned = await inFolder(['fix', '--cause', 'subscription-suspended', '--json', '--lab', estate], pasteOf(scenario));
  const applied = await inFolder(['fix', '--cause', 'subscription-suspended', '--yes', '--json', '--lab', estate], pasteOf(scenario));

  expect(planned.code).toBe(0);
  expect(JSON.parse(planned.stdout)).toMatchObject({
    label: 'Activate the subscription',
    changes: [{ before: 'suspended', after: 'active' }],
  });
  expect(JSON.parse(planned.stdout)).not.toHaveProperty('applied');
  expect(applied.code).toBe(0);
  expect(JSON.parse(applied.stdout)).toMatchObject({ applied: true, verified: 'ruled-out', audit: expect.stringMatching(/^\d+$/) });
});

it('does not mend what is not there', async () => {
  const ran = await inFolder(['fix', '--cause', 'key-not-propagated', '--yes', '--json', '--lab', estate], pasteOf(scenario));

  expect(ran.code).toBe(3);
  expect(JSON.parse(ran.stdout)).toMatchObject({ outcome: 'ruled-out', changes: [] });
});

it('names what is wrong with the settings and permissions, and what is right', async () => {
  const ran = await inFolder(['doctor', '--lab', estate]);

  expect(ran.code).toBe(0);
  expect(ran.stdout).toMatch(/^ok +contoso: list keys \(listSecrets\): allowed$/m);
  expect((await inFolder(['doctor'])).code).toBe(1);
});

it.each([
  ['no command', []],
  ['an unknown command', ['mend']],
  ['an unknown option', ['parse', '--colour']],
  ['an option of another command', ['parse', '--cause', 'x']],
  ['a key prefix of three characters', ['diagnose', '--lab', 'x', '--key-prefix', 'abc']],
  ['a fix without a cause', ['fix', '--lab', 'x']],
  ['an unknown cause', ['fix', '--lab', 'x', '--cause', 'gremlins']],
  ['a service that is no ARM id', ['diagnose', '--service', 'contoso']],
  ['two snapshots at once', ['diagnose', '--save-snapshot', 'a', '--from-snapshot', 'b']],
])('ends with 2 and one clear line for %s', async (_, args) => {
  const ran = await inFolder(args, answered('invalid'));

  expect(ran).toMatchObject({ code: 2, stdout: '' });
  expect(ran.stderr).toMatch(/^[^\n]+\n$/);
});

it.each([
  ['an estate that is not there', ['diagnose', '--lab', 'nowhere.json']],
  ['no configured service', ['diagnose']],
  ['a snapshot that is none', ['diagnose', '--from-snapshot', 'estate.json']],
  ['an ARM endpoint where nobody listens', ['diagnose', '--service', serviceId]],
])('ends with 1 and one clear line for %s', async (_, args) => {
  const env = {
    LOCKSMITH_ARM_ENDPOINT: 'https://127.0.0.1:9',
    IDENTITY_ENDPOINT: 'http://127.0.0.1:9/token',
    IDENTITY_HEADER: 'x',
    LOCKSMITH_DEADLINE_MS: '4000',
  };
  const ran = await locksmith(args, answered('invalid'), env, folder);

  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(ran.stderr).toMatch(/^[^\n]+\n$/);
  expect(ran.stderr).not.toMatch(/ at |Error:/);
});
