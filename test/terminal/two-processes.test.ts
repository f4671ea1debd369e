// The engine against an ARM endpoint that it does not own: the lab in a process of its own, TLS trusted by NODE_EXTRA_CA_CERTS,
// a managed identity on loopback as the only credential. Nothing but settings differs from real Azure.
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scenarios } from '../../src/causes/api-not-in-product/scenarios.ts';
import { scenarios as suspendedScenarios } from '../../src/causes/subscription-suspended/scenarios.ts';
import { locksmith, startCommand } from '../harness/command.ts';
import { estateOf, pasteOf, serviceId } from '../harness/healthy-estate.ts';

let folder: string;
let lab: ChildProcess;
let identity: Server;
let env: Record<string, string>;
const tokenRequests: string[] = [];
const scenario = scenarios[0] ?? fail();

function fail(): never {
  throw new Error('the cause has no scenario');
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'locksmith-two-'));
  writeFileSync(join(folder, 'estate.json'), JSON.stringify(estateOf(scenario)));
  identity = createServer((request, response) => {
    tokenRequests.push(`${String(request.headers['x-identity-header'])} ${request.url ?? ''}`);
    const expires = String(Math.floor(Date.now() / 1000) + 3600);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ access_token: 'token-of-the-test', expires_on: expires, resource: 'x', token_type: 'Bearer' }));
  });
  await new Promise<void>((resolve) => identity.listen(0, '127.0.0.1', resolve));

  lab = startCommand(['lab', '--estate', join(folder, 'estate.json')], {
    LOCKSMITH_LAB_PORT: '0',
    LOCKSMITH_LAB_GATEWAY_PORT: '0',
    LOCKSMITH_LAB_CA: join(folder, 'ca.pem'),
    LOCKSMITH_LAB_TRAFFIC: join(folder, 'traffic.jsonl'),
  });
  const [, management = '', gateway = ''] = await readyLine(lab);
  env = {
    LOCKSMITH_ARM_ENDPOINT: management,
    LOCKSMITH_SERVICES: serviceId,
    LOCKSMITH_STATE_DIR: join(folder, 'state'),
    NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    IDENTITY_ENDPOINT: `http://127.0.0.1:${(identity.address() as AddressInfo).port}/token`,
    IDENTITY_HEADER: 'header-of-the-test',
    GATEWAY: gateway,
  };
}, 30_000);

afterAll(async () => {
  lab.kill('SIGTERM');
  await new Promise((resolve) => lab.once('close', resolve));
  identity.closeAllConnections();
  await new Promise((resolve) => identity.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

function readyLine(child: ChildProcess): Promise<string[]> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += String(chunk);
      const line = /^ready .*$/m.exec(text)?.[0];
      if (line !== undefined) resolve(line.split(' '));
    });
    child.once('close', () => reject(new Error(`The lab ended: ${text}`)));
  });
}

async function callGateway(): Promise<number> {
  const key = 'a10f'.repeat(8);
  const answer = await fetch(`${env.GATEWAY}/echo/resource`, { headers: { 'Ocp-Apim-Subscription-Key': key } });
  await answer.text();
  return answer.status;
}

it('diagnoses, mends and verifies from another process, with the gateway to prove it', async () => {
  expect(await callGateway()).toBe(401);

  const asked = await locksmith(['diagnose', '--json'], pasteOf(scenario), env);
  expect(asked).toMatchObject({ code: 0, stderr: '' });
  const document = JSON.parse(asked.stdout) as { headline: string; service: string; arm: { reads: number; writes: number } };
  expect(document).toMatchObject({ headline: 'api-not-in-product', service: serviceId, arm: { writes: 0 } });
  expect(document.arm.reads).toBeLessThanOrEqual(12);

  const planned = await locksmith(['fix', '--cause', 'api-not-in-product', '--json'], pasteOf(scenario), env);
  expect(planned.code).toBe(0);
  expect(JSON.parse(planned.stdout)).toMatchObject({
    changes: [{ on: `${serviceId}/products/starter/apis/echo`, field: '', before: null }],
  });
  expect(await callGateway()).toBe(401);

  const fixed = await locksmith(['fix', '--cause', 'api-not-in-product', '--yes', '--json'], pasteOf(scenario), env);
  expect(fixed).toMatchObject({ code: 0, stderr: '' });
  const done = JSON.parse(fixed.stdout) as { plan: string };
  expect(done).toMatchObject({
    applied: true,
    verified: 'ruled-out',
    audit: expect.stringMatching(/./),
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(await callGateway()).toBe(200);

  const shown = await locksmith(['undo', '--plan', done.plan], '', env);
  expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining('Undo: Add the API to the product') });
  expect(await callGateway()).toBe(200);
  const undone = await locksmith(['undo', '--plan', done.plan, '--yes', '--json'], '', env);
  expect(JSON.parse(undone.stdout)).toMatchObject({ undone: true, permission: 'Microsoft.ApiManagement/service/products/apis/delete' });
  expect(await callGateway()).toBe(401);
  expect(await locksmith(['undo', '--plan', done.plan, '--yes'], '', env)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('undone before'),
  });
  expect(await locksmith(['audit', 'verify'], '', env)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+ lines, each as it was written/),
  });

  expect(tokenRequests.length).toBeGreaterThan(0);
  expect(tokenRequests.every((one) => one.startsWith('header-of-the-test ') && one.includes('management.azure.com'))).toBe(true);
  const writes = readFileSync(join(folder, 'traffic.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { method: string }).method)
    .filter((method) => !['GET', 'HEAD', 'POST'].includes(method));
  expect(writes).toEqual(['PUT', 'DELETE']);
}, 60_000);

it('shows the plan of a look-only service, and changes nothing', async () => {
  const lookOnly = { ...env, LOCKSMITH_LOOK_ONLY: serviceId };

  expect(await locksmith(['fix', '--cause', 'api-not-in-product', '--json'], pasteOf(scenario), lookOnly)).toMatchObject({ code: 0 });
  const refused = await locksmith(['fix', '--cause', 'api-not-in-product', '--yes'], pasteOf(scenario), lookOnly);

  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('look-only') });
  expect(await callGateway()).toBe(401);
}, 60_000);

it('says in one line that the authority of the endpoint is not trusted', async () => {
  const { NODE_EXTRA_CA_CERTS: _, ...untrusting } = env;
  const asked = await locksmith(['diagnose', '--json'], pasteOf(scenario), untrusting);

  expect(asked).toMatchObject({ code: 1, stdout: '' });
  expect(asked.stderr).toMatch(/^[^\n]*NODE_EXTRA_CA_CERTS[^\n]*\n$/);
}, 30_000);

it('gives what is missing as data, and one line of why', async () => {
  const suspended = suspendedScenarios[0] ?? fail();
  const estate = join(folder, 'suspended.json');
  writeFileSync(estate, JSON.stringify(estateOf({ ...suspended, denied: ['Microsoft.ApiManagement/service/subscriptions/write'] })));

  const denied = await locksmith(['fix', '--cause', 'subscription-suspended', '--yes', '--json', '--lab', estate], pasteOf(suspended));

  expect(denied).toMatchObject({ code: 1, stderr: expect.stringMatching(/^[^\n]*subscriptions\/write[^\n]*\n$/) });
  expect(JSON.parse(denied.stdout)).toMatchObject({
    applied: false,
    changes: [{ field: 'properties.state' }],
    missing: {
      action: 'Microsoft.ApiManagement/service/subscriptions/write',
      role: expect.stringContaining('API Management Service Contributor'),
      azRest: expect.stringContaining('az rest --method patch'),
      portal: expect.stringMatching(/^https:\/\/portal\.azure\.com\//),
    },
  });
}, 60_000);
