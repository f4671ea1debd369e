// Whether an action was run is told by what it leaves behind: another key, or a later time of fetching. Against the lab.
import { createHmac } from 'node:crypto';
import { createArmHttp } from '../../src/azure/arm-http.ts';
import { createArmWriter } from '../../src/azure/arm-writer.ts';
import { labCredential } from '../../src/azure/credentials.ts';
import { type Lab, startLab } from '../../src/lab/lab.ts';
import { wasWritten } from '../../src/remediation/send.ts';
import { estate, service, subscription } from '../lab/lab-client.ts';

const primary = 'canary-primary-0123456789abcdef';
const secondary = 'canary-secondary-0123456789abcdef';
const hash = (text: string) => createHmac('sha256', 'test').update(text).digest('hex').slice(0, 32);
const vault = {
  id: 'namedValues/nv1',
  properties: {
    displayName: 'nv1',
    secret: true,
    keyVault: {
      secretIdentifier: 'https://vault.example/secrets/s',
      lastStatus: { code: 'Success', timeStampUtc: '2026-11-01T00:00:00Z' },
    },
  },
};

let lab: Lab;

beforeEach(async () => {
  lab = await startLab({ estate: estate([subscription('s', '/apis', { primaryKey: primary, secondaryKey: secondary }), vault]) });
});
afterEach(() => lab.stop());

function opened() {
  const http = createArmHttp({ endpoint: lab.managementUrl, scope: 'x/.default', credential: labCredential(), ca: lab.ca });
  return createArmWriter({ http, timeoutMs: 5000, hash });
}

async function looked(on: string, field: string) {
  const look = await opened().look({ on: `${service}/${on}`, field, before: null, after: null });
  if (look.status !== 'read') throw new Error(look.says);
  return look.value;
}

it.each([
  ['subscriptions/s', '!regeneratePrimaryKey'],
  ['subscriptions/s', '!regenerateSecondaryKey'],
  ['namedValues/nv1', '!refreshSecret'],
])('tells of %s whether %s was run', async (on, field) => {
  const before = await looked(on, field);
  const change = { on: `${service}/${on}`, field, before: null, after: null, etag: before.etag };
  expect(wasWritten(change, await looked(on, field))).toBe(false);

  expect(await opened().write(change)).toMatchObject({ kind: 'done', etag: null });

  expect(wasWritten(change, await looked(on, field))).toBe(true);
  expect(JSON.stringify(before)).not.toContain('canary');
});

it('tells the two keys apart', async () => {
  const [first, second] = [
    await looked('subscriptions/s', '!regeneratePrimaryKey'),
    await looked('subscriptions/s', '!regenerateSecondaryKey'),
  ];
  expect([first.etag, second.etag]).toEqual([`key ${hash(primary)}`, `key ${hash(secondary)}`]);

  await opened().write({ on: `${service}/subscriptions/s`, field: '!regenerateSecondaryKey', before: null, after: null, etag: null });
  expect((await looked('subscriptions/s', '!regeneratePrimaryKey')).etag).toBe(first.etag);
});

it('says when there is no such subscription', async () => {
  const look = await opened().look({ on: `${service}/subscriptions/none`, field: '!regeneratePrimaryKey', before: null, after: null });
  expect(look).toMatchObject({ status: 'unreadable', reason: 'not-found' });
});
