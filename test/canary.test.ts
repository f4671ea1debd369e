// Keys are planted everywhere, everything is done with them, and everything that was written or sent is searched for them.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everybody } from '../src/access/everybody.ts';
import { scenarios as presets } from '../src/causes/hard-coded-key-in-operation-header/scenarios.ts';
import { calledMissing, calledWith } from '../src/causes/sample-pastes.ts';
import { scenarios as suspended } from '../src/causes/subscription-suspended/scenarios.ts';
import { createLog } from '../src/log.ts';
import { startService } from '../src/service.ts';
import { readSettings } from '../src/settings.ts';
import { botAccount } from './harness/bot.ts';
import { locksmith } from './harness/command.ts';
import { openConnector } from './harness/connector.ts';
import { estateOf } from './harness/healthy-estate.ts';
import { openLabEngine } from './harness/lab-engine.ts';

/** Made up, one for each place that a secret can come in by. */
const canaries = {
  primaryKey: 'c4a17b2e9d6f4c0ab8d35e7f61029384',
  secondaryKey: 'd5b28c3fae705d1bc9e46f8072130495',
  hardCoded: '0badc0de0badc0de0badc0de0badc0de',
  inQuery: 'e6c39d40bf816e2cdaf5708183241506',
  custom: 'Sup3r-Own_Key.for~the.storefront',
  bearer: 'eyJhbGciOiJub25lIn0.eyJhdWQiOiJhcGk6Ly9jb250b3NvIiwiZXhwIjoxfQ.c2lnbmF0dXJlLW9mLXRoZS1jYW5hcnk',
  inPolicy: 'a9e6c073d2fb4b5ffd18bb3516740839',
  inBasicPolicy: 'Q2FuYXJ5OnAtb2YtdGhlLWJhY2tlbmQtaXM=',
  ofAi: 'b0f7d184e30c5c6aae29cc4627851940',
  ofSomewhereElse: 'f7d4ae51c0927f3debf6819294352617',
} as const;

const [preset] = presets;
const [broken] = suspended;
const estate = estateOf({
  given: {
    ...preset?.given,
    ...broken?.given,
    'subscriptions/mobile-app': {
      properties: { state: 'suspended', primaryKey: canaries.primaryKey, secondaryKey: canaries.secondaryKey },
    },
    'subscriptions/partner-app': { properties: { primaryKey: canaries.custom } },
    'apis/echo/policies/policy': {
      properties: {
        format: 'rawxml',
        value: `<policies><inbound><base /><set-header name="api-key" exists-action="override"><value>${canaries.inPolicy}</value></set-header>
          <set-header name="Authorization"><value>Basic ${canaries.inBasicPolicy}</value></set-header>
          <validate-jwt header-name="Authorization" failed-validation-httpcode="401"><openid-config url="https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration" />
          <audiences><audience>api://other</audience></audiences></validate-jwt></inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>`,
      },
    },
    '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/speech': {
      kind: 'SpeechServices',
      location: 'westeurope',
      properties: { endpoint: 'https://westeurope.api.cognitive.microsoft.com/' },
      keys: { key1: canaries.ofAi, key2: canaries.ofAi.split('').reverse().join('') },
    },
  },
});

const pastes = [
  calledWith(`Ocp-Apim-Subscription-Key: ${canaries.primaryKey}`),
  calledWith(`Ocp-Apim-Subscription-Key: ${canaries.hardCoded}`, '/echo/resource', 'POST'),
  calledWith(`Ocp-Apim-Subscription-Key: ${canaries.custom}`),
  calledWith(`Ocp-Apim-Subscription-Key: ${canaries.ofSomewhereElse}`),
  calledMissing([`Authorization: Bearer ${canaries.bearer}`], `/echo/resource?subscription-key=${canaries.inQuery}`),
  `GET /echo/resource HTTP/1.1\nHost: contoso.azure-api.net\nAuthorization: Bearer ${canaries.bearer}\n\nHTTP/1.1 401 Unauthorized\nContent-Type: application/json\n\n{ "statusCode": 401, "message": "Invalid JWT." }`,
  `curl https://eastus.api.cognitive.microsoft.com/sts/v1.0/issueToken -H 'Ocp-Apim-Subscription-Key: ${canaries.ofAi}'\n{"error":{"code":"401","message":"Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource."}}`,
  `Hi, we get 401 Access denied due to invalid subscription key from https://contoso.azure-api.net/echo/resource?code=${canaries.inQuery} with key ${canaries.secondaryKey}`,
  `curl https://contoso.azure-api.net/echo/resource -H 'api-key: ${canaries.custom}'\n{ "statusCode": 401, "message": "Access denied due to missing subscription key. Make sure to inc`,
];

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'locksmith-canary-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Six characters in a row are more than anything may show.
function found(text: string): string[] {
  return Object.entries(canaries)
    .filter(([, secret]) => text.includes(secret) || text.includes(secret.slice(0, 8)) || text.includes(secret.slice(-8)))
    .map(([name]) => name);
}

it('finds what it looks for', () => {
  expect(found(`x ${canaries.custom} y`)).toEqual(['custom']);
  expect(found(canaries.inQuery.slice(0, 4))).toEqual([]);
});

it('keeps them out of cards, invoke answers, logs, metrics and the database, through all that can be pressed', async () => {
  const room = await openLabEngine({ estate });
  const connector = await openConnector();
  const lines: string[] = [];
  const log = createLog('trace', { write: (line) => lines.push(line) });
  const settings = { ...readSettings({}), port: 0 };
  const bot = await startService({ engine: room.engine, services: room.lab.services, settings, mode: 'local', access: everybody, log });
  const answers: string[] = [];
  let count = 0;
  const post = async (activity: Readonly<Record<string, unknown>>): Promise<void> => {
    count += 1;
    const whole = {
      id: `canary-${count}`,
      channelId: 'msteams',
      serviceUrl: connector.url,
      from: { id: 'user-id-0', name: 'Alex', aadObjectId: '00000000-0000-0000-0000-0000000000020' },
      recipient: botAccount,
      conversation: { id: 'canary', conversationType: 'personal' },
      ...activity,
    };
    const answer = await fetch(`${bot.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(whole),
    });
    answers.push(await answer.text());
  };

  for (const text of pastes) {
    const before = connector.sent.filter(({ how }) => how === 'update').length;
    await post({ type: 'message', text });
    await until(() => connector.sent.filter(({ how }) => how === 'update').length > before);
    for (const action of actionsIn(connector.sent.at(-1)?.card)) {
      await post({ type: 'invoke', name: 'adaptiveCard/action', value: { action } });
      const [confirm] = actionsIn(answers.at(-1)).filter(({ title }) => title === 'Confirm');
      if (confirm) await post({ type: 'invoke', name: 'adaptiveCard/action', value: { action: confirm } });
    }
  }
  const metrics = await (await fetch(`${bot.url}/metrics`)).text();
  await bot.stop();
  await connector.close();
  const files = readdirSync(room.stateDir).map((file) => readFileSync(join(room.stateDir, file), 'latin1'));
  const writes = room.lab.requests.filter(({ method }) => method === 'PATCH').length;
  await room.close();

  expect(writes).toBeGreaterThan(0);
  expect(answers.join('')).toContain('Confirm');
  expect(found(JSON.stringify(connector.sent))).toEqual([]);
  expect(found(answers.join('\n'))).toEqual([]);
  expect(found(lines.join('\n'))).toEqual([]);
  expect(found(metrics)).toEqual([]);
  expect(files.length).toBeGreaterThan(1);
  expect(found(files.join('\n'))).toEqual([]);
}, 60_000);

it('keeps them out of what the terminal prints and saves, also when it fails', async () => {
  const file = join(folder, 'estate.json');
  writeFileSync(file, JSON.stringify(estate));
  const snapshot = join(folder, 'snapshot.json');
  const [first = '', second = ''] = pastes;
  const [third = '', fourth = ''] = pastes.slice(5);
  const ran = await Promise.all([
    locksmith(['parse', '--json'], pastes.join('\n\n')),
    locksmith(['diagnose', '--lab', file, '--save-snapshot', snapshot], first),
    locksmith(['fix', '--cause', 'hard-coded-key-in-operation-header', '--yes', '--json', '--lab', file], second),
    locksmith(['diagnose', '--lab', file, '--key-prefix', canaries.secondaryKey, '--json'], first),
    locksmith(['diagnose', '--lab', file, '--json', '--save-snapshot', `${snapshot}.jwt`], third),
    locksmith(['diagnose', '--lab', file, '--json', '--save-snapshot', `${snapshot}.ai`], fourth),
    locksmith([canaries.primaryKey], first),
    locksmith(['diagnose', canaries.primaryKey], first),
    locksmith(['diagnose', '--lab', join(folder, 'nowhere.json')], first),
  ]);

  expect(ran.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0, 2, 2, 1]);
  expect(found(ran.map(({ stdout, stderr }) => stdout + stderr).join('\n'))).toEqual([]);
  for (const kind of ['', '.jwt', '.ai']) expect(found(readFileSync(`${snapshot}${kind}`, 'utf8'))).toEqual([]);
  expect(readFileSync(`${snapshot}.jwt`, 'utf8')).toContain('validate-jwt');
  expect(readFileSync(`${snapshot}.ai`, 'utf8')).toContain('SpeechServices');
}, 60_000);

async function until(done: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (done()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('The bot did not edit its card.');
}

interface Action {
  readonly type: string;
  readonly title: string;
  readonly verb: string;
  readonly data: unknown;
}

function actionsIn(card: unknown): Action[] {
  const text = typeof card === 'string' ? card : JSON.stringify(card ?? null);
  const actions: Action[] = [];
  JSON.parse(text === '' ? 'null' : text, (_, value) => {
    if (typeof value === 'object' && value !== null && (value as Action).type === 'Action.Execute') actions.push(value as Action);
    return value;
  });
  return actions;
}
