// What `doctor` says of roles, rights and permissions, each line as a person reads it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createArmHttp } from '../../src/azure/arm-http.ts';
import { createArmReader } from '../../src/azure/arm-reader.ts';
import { labCredential } from '../../src/azure/credentials.ts';
import { startLab } from '../../src/lab/lab.ts';
import { readSettings } from '../../src/settings.ts';
import type { Line } from '../../src/terminal/doctor-line.ts';
import { permissionLines } from '../../src/terminal/doctor-permissions.ts';
import { roleLines } from '../../src/terminal/doctor-roles.ts';
import { terminalLine } from '../../src/terminal/whose-rights.ts';
import { locksmith } from '../harness/command.ts';
import { estateOf, serviceId } from '../harness/healthy-estate.ts';

const [one, two, three] = [1, 2, 3].map((n) => `00000000-0000-4000-8000-00000000000${n}`);
const other = serviceId.replace(/contoso$/, 'fabrikam');
const bot = { MicrosoftAppId: two, MicrosoftAppPassword: 'not-a-real-one', MicrosoftAppTenantId: three };

function lines(env: Readonly<Record<string, string | undefined>>): readonly Line[] {
  return roleLines(readSettings(env), [serviceId]);
}

function line(name: string, env: Readonly<Record<string, string | undefined>>): string {
  return lines(env)
    .filter((each) => each.name === name)
    .map(({ state, says }) => `${state}: ${says}`)
    .join('\n');
}

describe('roles', () => {
  it('says that nobody may look, fix or agree, when nobody is named', () => {
    expect(line('LOCKSMITH_VIEWERS', {})).toMatch(/^note: Nobody may ask under serve/);
    expect(line('LOCKSMITH_FIXERS', {})).toMatch(/^note: Nobody may press fix buttons under serve/);
    expect(line('LOCKSMITH_APPROVERS', {})).toMatch(/^note: Nobody may agree .*widen access are not applied/);
  });

  it('counts people and groups, and names none of them', () => {
    const env = {
      LOCKSMITH_VIEWERS: `${one},${two}`,
      LOCKSMITH_FIXERS: `${one},group:${two},group:${three}`,
      LOCKSMITH_APPROVERS: `${three}`,
    };

    expect(line('LOCKSMITH_VIEWERS', env)).toBe('ok: 2 people may ask, fixers and approvers as well.');
    expect(line('LOCKSMITH_FIXERS', env)).toBe('ok: 1 person and 2 groups may press fix buttons.');
    expect(line('LOCKSMITH_APPROVERS', env)).toBe('ok: 1 person may agree as the second person.');
    expect(line('LOCKSMITH_GRAPH_ENDPOINT', env)).toMatch(/^note: .*User\.Read\.All and GroupMember\.Read\.All/);
    expect(JSON.stringify(lines(env))).not.toMatch(/00000000000[123]/);
  });

  it('counts roles for single services, each person once', () => {
    const roles = [
      { role: 'fixer', who: [one, two], services: [serviceId] },
      { role: 'viewer', who: ['*'], services: [serviceId] },
    ];
    const env = { LOCKSMITH_FIXERS: one, LOCKSMITH_ROLES: JSON.stringify(roles) };

    expect(line('LOCKSMITH_FIXERS', env)).toBe('ok: 2 people may press fix buttons.');
    expect(line('LOCKSMITH_VIEWERS', env)).toBe('ok: Everybody of the allowed tenants may ask, fixers and approvers as well.');
    expect(line('LOCKSMITH_ROLES', env)).toBe('ok: contoso: with roles of their own.');
    expect(line('LOCKSMITH_GRAPH_ENDPOINT', env)).toBe('');
  });

  it('says that fixers may ask where there are no viewers', () => {
    expect(line('LOCKSMITH_VIEWERS', { LOCKSMITH_FIXERS: one })).toBe('ok: Nobody besides fixers and approvers may ask.');
  });

  it('says that * makes nobody a fixer', () => {
    const env = { LOCKSMITH_ROLES: JSON.stringify([{ role: 'fixer', who: ['*'] }]) };

    expect(line('LOCKSMITH_FIXERS', env)).toMatch(/^note: Nobody may press/);
    expect(line('LOCKSMITH_ROLES', env)).toMatch(/^note: \* counts for viewers only/);
  });

  it('says when the one who presses is the only one who could agree', () => {
    expect(line('LOCKSMITH_APPROVERS', { LOCKSMITH_FIXERS: one, LOCKSMITH_APPROVERS: one })).toMatch(/^note: .*name one more person/);
    expect(line('LOCKSMITH_APPROVERS', { LOCKSMITH_FIXERS: `${one},${two}`, LOCKSMITH_APPROVERS: one })).toMatch(/^ok/);
  });
});

describe('whose rights a fix uses', () => {
  it.each<[string, Readonly<Record<string, string | undefined>>, RegExp]>([
    ['not set', {}, /^note: Not set: no fix is applied under serve/],
    ['bot', { LOCKSMITH_ACT_AS: 'bot' }, /^ok: Fixes use the bot's own rights/],
    ['person, without a registration', { LOCKSMITH_ACT_AS: 'person' }, /^note: .*MicrosoftAppId/],
    ['person', { ...bot, LOCKSMITH_ACT_AS: 'person' }, /^ok: .*whoever presses, .* api:\/\/botid-00000000-0000-4000-8000-000000000002\.$/],
    [
      'person, with a resource of its own',
      { ...bot, LOCKSMITH_ACT_AS: 'person', LOCKSMITH_SIGN_ON_RESOURCE: 'api://locksmith.example/x' },
      /^ok: .* api:\/\/locksmith\.example\/x\.$/,
    ],
  ])('is said for %s', (_, env, says) => {
    expect(line('LOCKSMITH_ACT_AS', env)).toMatch(says);
  });
});

describe('whose rights the terminal uses', () => {
  const machine = { IDENTITY_ENDPOINT: 'http://127.0.0.1:9/token' };

  it.each<[string, Readonly<Record<string, string>>, string | null, RegExp]>([
    ["the person's", { LOCKSMITH_ACT_AS: 'person' }, null, /^ok: .*signed in here \(az login\)/],
    [
      "the machine's",
      machine,
      null,
      /^ok: fix --yes and undo --yes use the rights of the machine's own identity \(IDENTITY_ENDPOINT is set\)/,
    ],
    ["the machine's, for the bot", { ...machine, LOCKSMITH_ACT_AS: 'bot' }, null, /^ok: .*IDENTITY_ENDPOINT/],
    ["the machine's, which may not", { ...machine, LOCKSMITH_ACT_AS: 'person' }, null, /^note: .*are refused: LOCKSMITH_ACT_AS is person/],
    ["nobody's, on a practice estate", { ...machine, LOCKSMITH_ACT_AS: 'person' }, 'estate.json', /^ok: With --lab/],
  ])('is said: %s', (_, env, lab, says) => {
    const { state, says: said } = terminalLine(readSettings(env), lab);

    expect(`${state}: ${said}`).toMatch(says);
  });
});

describe('lists of services', () => {
  it.each(['LOCKSMITH_LOOK_ONLY', 'LOCKSMITH_MANAGED_AS_CODE'])('%s: known ones by name, whatever their case', (name) => {
    expect(line(name, { [name]: serviceId.toUpperCase() })).toMatch(/^ok: CONTOSO: /);
    expect(line(name, { [name]: `${serviceId},${other}` })).toBe(
      `note: ${other}: not among LOCKSMITH_SERVICES, so this entry has no effect.`,
    );
    expect(line(name, {})).toBe('');
  });

  it('says which service of a role is not looked at', () => {
    const env = { LOCKSMITH_ROLES: JSON.stringify([{ role: 'viewer', who: [one], services: [other] }]) };

    expect(line('LOCKSMITH_ROLES', env)).toMatch(/^note: .*fabrikam: not among LOCKSMITH_SERVICES/);
  });

  it('says that nothing is ever changed', () => {
    expect(line('LOCKSMITH_LOOK_ONLY', { LOCKSMITH_LOOK_ONLY: '*' })).toBe('ok: No service is ever changed.');
  });
});

describe('permissions', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'locksmith-doctor-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function estate(denied: readonly string[]): string {
    const file = join(folder, 'estate.json');
    writeFileSync(file, JSON.stringify(estateOf({ given: {}, denied })));
    return file;
  }

  async function tried(denied: readonly string[]): Promise<readonly Line[]> {
    const lab = await startLab({ estate: estate(denied), managementPort: 0, gatewayPort: 0 });
    try {
      const arm = { endpoint: lab.managementUrl, scope: `${lab.managementUrl}/.default`, credential: labCredential(), ca: lab.ca };
      return await permissionLines(serviceId, createArmReader({ http: createArmHttp(arm), deadlineMs: 10_000 }));
    } finally {
      await lab.stop();
    }
  }

  it('are all there where nothing is denied', async () => {
    const all = await tried([]);

    expect(all.filter(({ state }) => state === 'wrong')).toEqual([]);
    for (const what of ['read workspaces', 'read users', 'read the activity log', 'list keys (listSecrets)']) {
      expect(all).toContainEqual({ state: 'ok', name: `contoso: ${what}`, says: 'allowed' });
    }
  });

  it.each([
    ['read workspaces', 'Microsoft.ApiManagement/service/workspaces/read', 'are not found'],
    ['read users', 'Microsoft.ApiManagement/service/users/read', 'blocked owner'],
    ['read the activity log', 'Microsoft.Insights/eventtypes/values/*', 'regenerated or deleted'],
  ])('%s: says what is missing without it', async (what, action, without) => {
    const found = (await tried([action])).filter(({ name }) => name === `contoso: ${what}`);

    expect(found).toEqual([
      { state: 'note', name: `contoso: ${what}`, says: expect.stringMatching(`Azure refused the read: .*${without}`) },
    ]);
  });

  it('that every question needs are wrong when missing', async () => {
    const found = await tried(['Microsoft.ApiManagement/service/apis/read']);

    expect(found).toContainEqual({ state: 'wrong', name: 'contoso: read APIs', says: expect.stringContaining('service/apis/read') });
  });

  it('stand beside the roles in what the command prints', async () => {
    const ran = await locksmith(['doctor', '--json', '--lab', estate([])], '', { LOCKSMITH_FIXERS: one ?? '' }, folder);
    const { ok, checks } = JSON.parse(ran.stdout) as { readonly ok: boolean; readonly checks: readonly Line[] };

    expect({ ok, code: ran.code }).toEqual({ ok: true, code: 0 });
    expect(checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'LOCKSMITH_VIEWERS',
        'LOCKSMITH_FIXERS',
        'LOCKSMITH_APPROVERS',
        'LOCKSMITH_ACT_AS',
        'Terminal',
        'contoso: read users',
      ]),
    );
  });
});
