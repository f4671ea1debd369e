// The environment and the config file, read once into one frozen object. Nothing else reads process.env.
// The environment wins over the file, value by value. Passwords come from the environment only.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type ConfigFile, configFileSchema, type Values, valuesSchema } from './settings-schema.ts';

/** How the bot proves who it is; null in local mode, where there is nobody to prove it to. */
export interface BotCredentials {
  readonly appId: string;
  /** Null for a managed identity. */
  readonly password: string | null;
  readonly tenant: string;
  readonly type: 'SingleTenant' | 'UserAssignedMSI';
}

export interface Settings extends Values {
  /** Lower-case tenant ids whose activities are accepted under `serve`. */
  readonly allowedTenants: readonly string[];
  /** Null when any part is missing; `missingCredentials` names the parts. */
  readonly bot: BotCredentials | null;
  readonly missingCredentials: readonly string[];
  /** The variable that gives this machine an identity of its own in Azure, which a terminal on it would use; null when there is none. */
  readonly machineIdentity: string | null;
}

/** Variables with their raw text, as in process.env. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that is wrong with the settings, one sentence each. `message` has them all, a line each. */
export class SettingsError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'SettingsError';
    this.problems = problems;
  }
}

// Where each setting comes from. The file uses the name on the left.
const VARIABLES = {
  port: 'LOCKSMITH_PORT',
  host: 'LOCKSMITH_HOST',
  playgroundPort: 'LOCKSMITH_PLAYGROUND_PORT',
  labPort: 'LOCKSMITH_LAB_PORT',
  labGatewayPort: 'LOCKSMITH_LAB_GATEWAY_PORT',
  labCa: 'LOCKSMITH_LAB_CA',
  labTraffic: 'LOCKSMITH_LAB_TRAFFIC',
  labEstate: 'LOCKSMITH_LAB_ESTATE',
  stateDir: 'LOCKSMITH_STATE_DIR',
  services: 'LOCKSMITH_SERVICES',
  armEndpoint: 'LOCKSMITH_ARM_ENDPOINT',
  armScope: 'LOCKSMITH_ARM_SCOPE',
  deadlineMs: 'LOCKSMITH_DEADLINE_MS',
  planMinutes: 'LOCKSMITH_PLAN_MINUTES',
  undoHours: 'LOCKSMITH_UNDO_HOURS',
  singleOperator: 'LOCKSMITH_SINGLE_OPERATOR',
  approvalMinutes: 'LOCKSMITH_APPROVAL_MINUTES',
  verifyMinutes: 'LOCKSMITH_VERIFY_MINUTES',
  twoToWiden: 'LOCKSMITH_TWO_TO_WIDEN',
  viewers: 'LOCKSMITH_VIEWERS',
  fixers: 'LOCKSMITH_FIXERS',
  approvers: 'LOCKSMITH_APPROVERS',
  roles: 'LOCKSMITH_ROLES',
  graphEndpoint: 'LOCKSMITH_GRAPH_ENDPOINT',
  actAs: 'LOCKSMITH_ACT_AS',
  authority: 'LOCKSMITH_AUTHORITY',
  signOnResource: 'LOCKSMITH_SIGN_ON_RESOURCE',
  lookOnly: 'LOCKSMITH_LOOK_ONLY',
  managedAsCode: 'LOCKSMITH_MANAGED_AS_CODE',
  tenants: 'LOCKSMITH_ALLOWED_TENANTS',
  logLevel: 'LOCKSMITH_LOG_LEVEL',
} as const satisfies Record<keyof Values, string>;

/**
 * Reads and checks every setting.
 * @throws SettingsError naming everything that is wrong, at once
 */
export function readSettings(env: Environment = process.env): Settings {
  const problems: string[] = [];
  const file = readConfigFile(env, problems);
  const raw: Record<string, unknown> = {};
  const names: Record<string, string> = {};
  for (const [key, variable] of Object.entries(VARIABLES)) {
    const text = env[variable]?.trim();
    const given = text === undefined || text === '' ? file[key as keyof ConfigFile] : text;
    names[key] = text === undefined || text === '' ? `${key} in ${env.LOCKSMITH_CONFIG}` : variable;
    if (given !== undefined) {
      raw[key] = given;
    }
  }
  const values = valuesSchema.safeParse(raw);
  for (const issue of values.error?.issues ?? []) {
    problems.push(`${names[String(issue.path[0])] ?? 'settings'}: ${issue.message}`);
  }
  if (env.DATABASE_URL?.trim()) {
    problems.push(
      'DATABASE_URL: PostgreSQL is not supported yet. Remove the variable; the state is kept in SQLite under LOCKSMITH_STATE_DIR.',
    );
  }
  const { bot, missing, wrong } = readCredentials(env);
  problems.push(...wrong);
  if (values.data === undefined || problems.length > 0) {
    throw new SettingsError(problems);
  }
  const tenants = values.data.tenants.length > 0 ? values.data.tenants : bot === null ? [] : [bot.tenant.toLowerCase()];
  return deepFreeze({
    ...values.data,
    allowedTenants: tenants,
    bot,
    missingCredentials: missing,
    machineIdentity: machineIdentityIn(env),
  });
}

/** What `serve` cannot start without, one sentence for each thing that is missing; empty when it can. */
export function missingForServe(settings: Settings): string[] {
  const missing = settings.missingCredentials.map((name) => `${name} is missing: it is part of the bot's registration in Azure.`);
  if (settings.allowedTenants.length === 0) {
    missing.push(
      'LOCKSMITH_ALLOWED_TENANTS is missing: name the tenants whose people may talk to the bot (default: MicrosoftAppTenantId).',
    );
  }
  if (settings.services.length === 0) {
    missing.push('LOCKSMITH_SERVICES is missing: name at least one API Management service by its ARM id.');
  }
  return missing;
}

function readConfigFile(env: Environment, problems: string[]): ConfigFile {
  const path = env.LOCKSMITH_CONFIG?.trim();
  if (!path) {
    return {};
  }
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    problems.push(`LOCKSMITH_CONFIG: ${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}).`);
    return {};
  }
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    problems.push(`LOCKSMITH_CONFIG: ${path} is not JSON.`);
    return {};
  }
  const parsed = configFileSchema.safeParse(json);
  for (const issue of parsed.error?.issues ?? []) {
    problems.push(`LOCKSMITH_CONFIG: ${path}: ${[...issue.path.map(String), issue.message].join(': ')}`);
  }
  return parsed.data ?? {};
}

function readCredentials(env: Environment): { bot: BotCredentials | null; missing: string[]; wrong: string[] } {
  const appId = env.MicrosoftAppId?.trim() ?? '';
  const password = env.MicrosoftAppPassword?.trim() ?? '';
  const tenant = env.MicrosoftAppTenantId?.trim() ?? '';
  const type = env.MicrosoftAppType?.trim() || 'SingleTenant';
  const wrong: string[] = [];
  if (type !== 'SingleTenant' && type !== 'UserAssignedMSI') {
    wrong.push('MicrosoftAppType: must be SingleTenant or UserAssignedMSI; new multi-tenant bots cannot be registered any more.');
  }
  for (const [name, value] of [
    ['MicrosoftAppId', appId],
    ['MicrosoftAppTenantId', tenant],
  ] as const) {
    if (value !== '' && !z.guid().safeParse(value).success) {
      wrong.push(`${name}: must be a GUID.`);
    }
  }
  const missing: string[] = [];
  if (appId === '') missing.push('MicrosoftAppId');
  if (password === '' && type !== 'UserAssignedMSI') missing.push('MicrosoftAppPassword');
  if (tenant === '') missing.push('MicrosoftAppTenantId');
  if (missing.length > 0 || wrong.length > 0) {
    return { bot: null, missing, wrong };
  }
  const known = type === 'UserAssignedMSI' ? 'UserAssignedMSI' : 'SingleTenant';
  return { bot: { appId, password: password === '' ? null : password, tenant, type: known }, missing, wrong };
}

// What DefaultAzureCredential tries before a person's sign-in (@azure/identity 4.13, defaultAzureCredential.js; msal-node for the managed
// ones). MSI_ENDPOINT alone is Cloud Shell, whose token is that of the person. A virtual machine's identity leaves no variable.
function machineIdentityIn(env: Environment): string | null {
  const chosen = env.AZURE_TOKEN_CREDENTIALS?.trim().toLowerCase() ?? '';
  if (/^(?:prod|workloadidentitycredential|managedidentitycredential)$/.test(chosen)) return 'AZURE_TOKEN_CREDENTIALS';
  if (chosen !== '' && chosen !== 'environmentcredential') return null;
  const given = (name: string): boolean => (env[name]?.trim() ?? '') !== '';
  const application = ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH', 'AZURE_FEDERATED_TOKEN_FILE'].find(given);
  if (given('AZURE_CLIENT_ID') && application !== undefined) return application;
  if (given('MSI_ENDPOINT') && given('MSI_SECRET')) return 'MSI_ENDPOINT';
  return ['IDENTITY_ENDPOINT', 'AZURE_POD_IDENTITY_AUTHORITY_HOST'].find(given) ?? null;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
