import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Environment, missingForServe, readSettings, SettingsError } from '../../src/settings.ts';
import { configFileJsonSchema } from '../../src/settings-schema.ts';

const service = '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.ApiManagement/service/contoso';
const tenant = '00000000-0000-4000-8000-0000000000AB';
const bot = { MicrosoftAppId: '00000000-0000-4000-8000-000000000010', MicrosoftAppPassword: 'p', MicrosoftAppTenantId: tenant };

const folder = mkdtempSync(join(tmpdir(), 'locksmith-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(text: string): string {
  const path = join(folder, 'config.json');
  writeFileSync(path, text);
  return path;
}

function problemsOf(env: Environment): readonly string[] {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) {
      return error.problems;
    }
    throw error;
  }
  return [];
}

it('has the documented defaults', () => {
  expect(readSettings({})).toMatchObject({
    port: 3978,
    playgroundPort: 56150,
    labPort: 8443,
    labGatewayPort: 8480,
    stateDir: '.locksmith',
    services: [],
    armEndpoint: 'https://management.azure.com',
    armScope: 'https://management.azure.com/.default',
    deadlineMs: 12_000,
    planMinutes: 15,
    undoHours: 24,
    singleOperator: false,
    fixers: [],
    bot: null,
  });
});

const someone = '00000000-0000-4000-8000-0000000000aa';

it('takes lists with blanks and slashes at their ends, and freezes everything', () => {
  const settings = readSettings({
    LOCKSMITH_SERVICES: ` ${service}/ , ${service}2,`,
    LOCKSMITH_FIXERS: ` ${someone.toUpperCase()} ,group:${someone}`,
  });

  expect([settings.services, settings.fixers]).toEqual([
    [service, `${service}2`],
    [someone, `group:${someone}`],
  ]);
  expect(() => (settings.services as string[]).push('x')).toThrow(TypeError);
});

it('counts an empty variable as absent', () => {
  expect(readSettings({ LOCKSMITH_PORT: '', LOCKSMITH_SERVICES: ' ', DATABASE_URL: '', LOCKSMITH_CONFIG: '' }).port).toBe(3978);
});

it.each([
  ['LOCKSMITH_PORT', '39x8'],
  ['LOCKSMITH_PORT', '70000'],
  ['LOCKSMITH_LAB_PORT', '-1'],
  ['LOCKSMITH_SERVICES', 'contoso'],
  ['LOCKSMITH_SERVICES', `${service}/apis/echo`],
  ['LOCKSMITH_ARM_ENDPOINT', 'http://management.azure.com'],
  ['LOCKSMITH_ARM_ENDPOINT', 'https://user@management.azure.com'],
  ['LOCKSMITH_ARM_ENDPOINT', 'management.azure.com'],
  ['LOCKSMITH_DEADLINE_MS', 'soon'],
  ['LOCKSMITH_PLAN_MINUTES', '0'],
  ['LOCKSMITH_UNDO_HOURS', '1.5'],
  ['LOCKSMITH_SINGLE_OPERATOR', 'perhaps'],
  ['LOCKSMITH_ALLOWED_TENANTS', 'contoso.example'],
  ['LOCKSMITH_LOG_LEVEL', 'loud'],
  ['LOCKSMITH_CONFIG', '/nowhere/at-all.json'],
  ['DATABASE_URL', 'postgres://db/locksmith'],
  ['MicrosoftAppId', 'the bot'],
  ['MicrosoftAppType', 'MultiTenant'],
])('says what is wrong with %s=%s, in one line that names it', (name, value) => {
  expect(problemsOf({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name}: .*\\.$`))]);
});

it('names everything that is wrong at once', () => {
  expect(problemsOf({ LOCKSMITH_PORT: 'x', LOCKSMITH_LOG_LEVEL: 'x', LOCKSMITH_SERVICES: 'a,b' })).toHaveLength(4);
});

it('never repeats a password, however wrong the rest is', () => {
  const said = problemsOf({ MicrosoftAppPassword: 'planted-password', MicrosoftAppId: 'x', DATABASE_URL: 'postgres://u:planted@db/x' });

  expect(said.length).toBeGreaterThan(0);
  expect(said.join()).not.toContain('planted');
});

it('reads the config file, and lets the environment win', () => {
  const path = fileWith(
    JSON.stringify({ $schema: './config.schema.json', services: [service], planMinutes: 5, undoHours: '12', singleOperator: true }),
  );

  const settings = readSettings({ LOCKSMITH_CONFIG: path, LOCKSMITH_PLAN_MINUTES: '7' });

  expect(settings).toMatchObject({ services: [service], planMinutes: 7, undoHours: 12, singleOperator: true });
});

it.each([
  ['is not JSON', '{ services:'],
  ['is no object', '[]'],
  ['misspells a name', '{ "service": [] }'],
  ['has a value of the wrong kind', '{ "planMinutes": true }'],
  ['holds a list of numbers', '{ "services": [1] }'],
])('says so when the config file %s', (_name, text) => {
  const path = fileWith(text);

  expect(problemsOf({ LOCKSMITH_CONFIG: path })).toEqual([expect.stringContaining(path)]);
});

it('publishes the schema of the config file (else: write configFileJsonSchema() to docs/config.schema.json)', () => {
  const published: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/config.schema.json'), 'utf8'));

  expect(published).toEqual(JSON.parse(JSON.stringify(configFileJsonSchema())));
});

it('names what serve cannot start without, and is content when all is there', () => {
  const names = (env: Environment): readonly string[] => missingForServe(readSettings(env)).map((line) => line.split(' ')[0] ?? '');

  expect(names({})).toEqual([
    'MicrosoftAppId',
    'MicrosoftAppPassword',
    'MicrosoftAppTenantId',
    'LOCKSMITH_ALLOWED_TENANTS',
    'LOCKSMITH_SERVICES',
  ]);
  expect(names({ ...bot })).toEqual(['LOCKSMITH_SERVICES']);
  expect(names({ ...bot, LOCKSMITH_SERVICES: service })).toEqual([]);
  expect(names({ ...bot, LOCKSMITH_SERVICES: service, MicrosoftAppPassword: '', MicrosoftAppType: 'UserAssignedMSI' })).toEqual([]);
});

it("allows the bot's own tenant, or those that are named instead", () => {
  const other = '00000000-0000-4000-8000-0000000000CD';

  expect(readSettings(bot).allowedTenants).toEqual([tenant.toLowerCase()]);
  expect(readSettings({ ...bot, LOCKSMITH_ALLOWED_TENANTS: other }).allowedTenants).toEqual([other.toLowerCase()]);
});

it.each<[string, Environment, string | null]>([
  ['nothing', {}, null],
  ['a client secret', { AZURE_CLIENT_ID: 'x', AZURE_CLIENT_SECRET: 'not-a-real-one' }, 'AZURE_CLIENT_SECRET'],
  ['a certificate', { AZURE_CLIENT_ID: 'x', AZURE_CLIENT_CERTIFICATE_PATH: '/x' }, 'AZURE_CLIENT_CERTIFICATE_PATH'],
  ['a federated token', { AZURE_CLIENT_ID: 'x', AZURE_FEDERATED_TOKEN_FILE: '/x' }, 'AZURE_FEDERATED_TOKEN_FILE'],
  ['a client id alone', { AZURE_CLIENT_ID: 'x' }, null],
  ['a managed identity', { IDENTITY_ENDPOINT: 'http://127.0.0.1:9' }, 'IDENTITY_ENDPOINT'],
  ['an old managed identity', { MSI_ENDPOINT: 'http://127.0.0.1:9', MSI_SECRET: 'x' }, 'MSI_ENDPOINT'],
  ['Cloud Shell, where the token is that of the person', { MSI_ENDPOINT: 'http://127.0.0.1:9' }, null],
  ["a pod's identity", { AZURE_POD_IDENTITY_AUTHORITY_HOST: 'http://127.0.0.1:9' }, 'AZURE_POD_IDENTITY_AUTHORITY_HOST'],
  ['an empty variable', { IDENTITY_ENDPOINT: ' ' }, null],
  ['a sign-in chosen before the managed identity', { IDENTITY_ENDPOINT: 'x', AZURE_TOKEN_CREDENTIALS: 'Dev' }, null],
  ['the Azure CLI chosen', { IDENTITY_ENDPOINT: 'x', AZURE_TOKEN_CREDENTIALS: 'AzureCliCredential' }, null],
  ['only identities of machines chosen', { AZURE_TOKEN_CREDENTIALS: 'prod' }, 'AZURE_TOKEN_CREDENTIALS'],
  ['the managed identity chosen', { AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential' }, 'AZURE_TOKEN_CREDENTIALS'],
])('knows whether the machine has an identity of its own in Azure: %s', (_, env, variable) => {
  expect(readSettings(env).machineIdentity).toBe(variable);
});
