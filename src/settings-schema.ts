// What each setting may be, its default, and the sentence when it is something else.
// docs/config.schema.json is generated from configFileSchema (a test compares them).
import { z } from 'zod';

const SERVICE = /^\/subscriptions\/[^/\s]+\/resourceGroups\/[^/\s]+\/providers\/Microsoft\.ApiManagement\/service\/([^/\s]+)$/i;

/** The ARM id without a slash at its end, or null when it is not the id of an API Management service. */
export function armIdOfService(text: string): string | null {
  const id = text.trim().replace(/\/+$/, '');
  return SERVICE.test(id) ? id : null;
}

const port = (standard: number) =>
  number(0, 65535, 'must be a port, 0 to 65535.').default(standard).describe(`A TCP port; 0 takes any free one. Default ${standard}.`);

// Variables are text; the file may have numbers, booleans and arrays.
function number(least: number, most: number, says: string) {
  return z
    .union([z.number(), z.string().regex(/^\d+$/, says)], { error: says })
    .transform(Number)
    .pipe(z.number({ error: says }).int(says).min(least, says).max(most, says));
}

function list(each: z.ZodType<string, string>, says: string) {
  return z
    .union([z.array(z.string()), z.string()], { error: says })
    .transform((given) =>
      (typeof given === 'string' ? given.split(',') : given).map((entry) => entry.trim()).filter((entry) => entry !== ''),
    )
    .pipe(z.array(each))
    .default([]);
}

const service = z.string().transform((text, context) => {
  const id = armIdOfService(text);
  if (id === null) {
    context.addIssue({
      code: 'custom',
      message: `"${text.slice(0, 80)}" is not the ARM id of an API Management service (/subscriptions/S/resourceGroups/G/providers/Microsoft.ApiManagement/service/NAME).`,
    });
    return z.NEVER;
  }
  return id;
});

const httpsUrl = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.search !== '' || url.hash !== '') {
    context.addIssue({ code: 'custom', message: 'must be an https:// address without a user, a query or a fragment.' });
    return z.NEVER;
  }
  return url.href.replace(/\/+$/, '');
});

const tenant = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(z.guid('each entry must be a tenant id, a GUID.'));

const member = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(
    z.string().regex(/^(?:group:)?[0-9a-f-]{30,40}$/, 'each entry must be an Entra object id, or group: and the object id of a group.'),
  );

const memberOrAll = z.union([z.literal('*'), member], {
  error: 'each entry must be an Entra object id, group: and the object id of a group, or * for everybody of the allowed tenants.',
});

const role = z.strictObject({
  role: z.enum(['viewer', 'fixer', 'approver'], { error: 'role must be viewer, fixer or approver.' }),
  who: list(memberOrAll, 'who must be Entra object ids.'),
  services: z.union([z.null(), list(service, 'services must be ARM ids.')]).default(null),
});

const path = z.string({ error: 'must be a path.' }).min(1);

function rolesIn(text: string, context: z.RefinementCtx): unknown[] {
  try {
    const json: unknown = JSON.parse(text);
    if (Array.isArray(json)) return json;
  } catch {
    // Said below.
  }
  context.addIssue({ code: 'custom', message: 'must be a JSON list of { "role": ..., "who": [...], "services": [...] }.' });
  return z.NEVER;
}

export const valuesSchema = z.object({
  port: port(3978).describe('Port of the bot.'),
  host: z.string().min(1).default('0.0.0.0').describe('Address the bot listens on under serve; local mode always uses loopback.'),
  playgroundPort: port(56150).describe('Port of the Agents Playground in local mode.'),
  labPort: port(8443).describe("Port of the lab's management endpoint (TLS)."),
  labGatewayPort: port(8480).describe("Port of the lab's gateway."),
  labCa: path.nullable().default(null).describe("File that receives the lab's certificate authority."),
  labTraffic: path.nullable().default(null).describe('File that receives every management request and response of the lab.'),
  labEstate: path.nullable().default(null).describe('Estate file that local mode serves instead of the built-in one.'),
  stateDir: path.default('.locksmith').describe('Folder of the state (SQLite).'),
  services: list(service, 'must be ARM ids, separated by commas.').describe('ARM ids of the API Management services to look at.'),
  armEndpoint: httpsUrl
    .default('https://management.azure.com')
    .describe('Azure Resource Manager; another one for sovereign clouds and emulators.'),
  armScope: z.string().min(1).default('https://management.azure.com/.default').describe('Token scope for Azure Resource Manager.'),
  // 300 subscriptions can be asked for their keys in it: 200 writes at once, then 10 a second (field guide, section d).
  deadlineMs: number(100, 600_000, 'must be milliseconds, 100 to 600000.')
    .default(12_000)
    .describe('How long one diagnosis may take, in milliseconds.'),
  planMinutes: number(1, 1440, 'must be minutes, 1 to 1440.').default(15).describe('After how many minutes an unconfirmed plan expires.'),
  undoHours: number(1, 720, 'must be hours, 1 to 720.').default(24).describe('For how many hours a fix can be undone.'),
  singleOperator: z
    .union([z.boolean(), z.enum(['true', 'false', '1', '0'])], { error: 'must be true or false.' })
    .transform((given) => given === true || given === 'true' || given === '1')
    .default(false)
    .describe('One person may confirm, in the terminal, what otherwise needs a second one.'),
  approvalMinutes: number(1, 1440, 'must be minutes, 1 to 1440.')
    .default(60)
    .describe('After how many minutes a request for a second person counts as a no.'),
  verifyMinutes: number(1, 1440, 'must be minutes, 1 to 1440.')
    .default(10)
    .describe('For how many minutes after a fix the rule is asked again in the background.'),
  twoToWiden: z
    .union([z.boolean(), z.enum(['true', 'false', '1', '0'])], { error: 'must be true or false.' })
    .transform((given) => given === true || given === 'true' || given === '1')
    .default(false)
    .describe('Every change that widens access needs two people, also those that the product lets one person make.'),
  viewers: list(memberOrAll, 'must be Entra object ids, separated by commas.').describe(
    'Who may ask under serve: Entra object ids, group:ID, or * for everybody of the allowed tenants. Fixers and approvers may ask as well.',
  ),
  fixers: list(member, 'must be Entra object ids, separated by commas.').describe(
    'Who may press fix buttons under serve: Entra object ids, or group:ID; empty: nobody, the bot only looks.',
  ),
  approvers: list(member, 'must be Entra object ids, separated by commas.').describe(
    'Who may agree as the second person under serve: Entra object ids, or group:ID.',
  ),
  roles: z
    .union([z.array(role), z.string().transform((text, context) => rolesIn(text, context))], { error: 'must be a list of roles.' })
    .pipe(z.array(role))
    .default([])
    .describe('Roles for single services: { role, who, services }, beside viewers, fixers and approvers, which hold for all services.'),
  graphEndpoint: httpsUrl
    .default('https://graph.microsoft.com')
    .describe('Microsoft Graph, asked for group memberships; another one for sovereign clouds and emulators.'),
  actAs: z
    .enum(['person', 'bot'], { error: 'must be person or bot.' })
    .nullable()
    .default(null)
    .describe(
      'Whose rights a fix uses under serve. person: of whoever pressed, through Teams single sign-on. bot: the own identity of the bot. Not set: no fix is applied.',
    ),
  authority: httpsUrl
    .default('https://login.microsoftonline.com')
    .describe('Entra ID, for single sign-on; another one for sovereign clouds and emulators.'),
  signOnResource: z
    .string()
    .regex(/^api:\/\/\S+$/, 'must be an application id URI, api://...')
    .nullable()
    .default(null)
    .describe("Application id URI of the bot's single sign-on; api://botid-APPID when not set."),
  lookOnly: z
    .union([z.literal('*'), list(service, 'must be ARM ids, separated by commas, or * for all.')])
    .default([])
    .describe('Services that are never changed: everything works up to Confirm, which says so. ARM ids, or * for all.'),
  managedAsCode: list(service, 'must be ARM ids, separated by commas.').describe(
    'Services that a pipeline publishes: previews warn that the next run takes the change back.',
  ),
  tenants: list(tenant, 'must be tenant ids, separated by commas.').describe(
    "Tenants whose people may talk to the bot; empty: the bot's own tenant.",
  ),
  logLevel: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be fatal, error, warn, info, debug, trace or silent.',
    })
    .default('info')
    .describe('How much is logged to stderr.'),
});

/** Checked values, defaults filled in. */
export type Values = Readonly<z.output<typeof valuesSchema>>;

const names = Object.keys(valuesSchema.shape);

/** The config file: the same names, all optional. An unknown name is an error, since it is most likely a misspelt one. */
export const configFileSchema = z.strictObject(Object.fromEntries(['$schema', ...names].map((name) => [name, z.unknown().optional()])));

export type ConfigFile = Readonly<Partial<Record<keyof Values, unknown>>>;

/** The JSON schema of the config file, published as docs/config.schema.json. */
export function configFileJsonSchema(): unknown {
  return z.toJSONSchema(z.strictObject({ $schema: z.string().optional(), ...valuesSchema.shape }), { io: 'input' });
}
