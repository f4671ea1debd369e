// The engine against an ARM that is not our lab: pages of two, relative links, other casing, no counts, no Date, PATCH answered 204.
// Nothing in it is known to the lab; it is strict where ARM is: exact If-Match, no body on a link's PUT, no second try of a write.

import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { everybody } from '../../src/access/everybody.ts';
import { labCredential } from '../../src/azure/credentials.ts';
import { calledWith } from '../../src/causes/sample-pastes.ts';
import { createEngine, type Engine } from '../../src/wiring.ts';
import { takeBack, mend as throughPreview } from '../harness/press-through.ts';

const configured =
  '/subscriptions/00000000-0000-4000-8000-00000000000a/resourceGroups/Prod-RG/providers/Microsoft.ApiManagement/service/contoso';
const root = configured.replace('resourceGroups/Prod-RG', 'resourcegroups/prod-rg');
const key = '5eed5eed5eed5eed5eed5eed5eed5eed';
const press = { who: { id: 'x', name: 'X', tenant: null }, conversation: null };

interface Kept {
  properties: Record<string, unknown>;
  version: number;
}

let store: Map<string, Kept>;
let links: Set<string>;
let calls: string[];
let server: Server;
let engine: Engine;
let folder: string;

beforeEach(async () => {
  calls = [];
  links = new Set();
  store = new Map<string, Kept>([
    ['', entity({ gatewayUrl: 'https://contoso.azure-api.net', provisioningState: 'Succeeded' })],
    ...Array.from({ length: 5 }, (_, n): [string, Kept] => [
      `/apis/filler${n}`,
      entity({ path: `filler${n}`, displayName: `Filler ${n}` }),
    ]),
    ['/apis/Echo', entity({ path: 'echo', displayName: 'Echo', subscriptionKeyParameterNames: null })],
    ['/apis/Echo/operations/get', entity({ displayName: 'Get', method: 'GET', urlTemplate: '/resource' })],
    ['/products/starter', entity({ displayName: 'Starter', state: 'published' })],
    ...Array.from({ length: 5 }, (_, n): [string, Kept] => [
      `/subscriptions/other${n}`,
      entity({ scope: `${root}/products/else`, state: 'active', displayName: null }),
    ]),
    [
      '/subscriptions/app',
      entity({ scope: `${root}/products/starter`, state: 'active', displayName: null, createdDate: '2020-01-01T00:00:00.0000000Z' }),
    ],
  ]);
  const pem = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  server = createServer({ key: pem.private, cert: pem.cert }, (request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  folder = mkdtempSync(join(tmpdir(), 'locksmith-arm-'));
  const endpoint = `https://localhost:${(server.address() as AddressInfo).port}`;
  engine = createEngine({
    arm: { endpoint, scope: `${endpoint}/.default`, credential: labCredential(), ca: pem.cert },
    services: [configured],
    stateDir: folder,
    localHosts: false,
    singleOperator: true,
    access: everybody,
    actAs: 'bot',
    lookOnly: [],
    managedAsCode: [],
    gatewayBase: null,
    deadlineMs: 10_000,
    planMinutes: 15,
    approvalMinutes: 60,
    undoHours: 24,
    verifyMinutes: 10,
  });
});

afterEach(async () => {
  engine.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

function entity(properties: Record<string, unknown>): Kept {
  return { properties, version: 1 };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'https://localhost');
  const path = decodeURIComponent(url.pathname).replace(/^.*?\/service\/contoso/i, '');
  const method = request.method ?? '';
  calls.push(`${method} ${path}`);
  let text = '';
  for await (const chunk of request) text += String(chunk);
  const send = (status: number, body?: unknown, headers: Record<string, string> = {}): void => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.sendDate = false;
    response.statusCode = status;
    response.end(body === undefined ? '' : JSON.stringify(body));
  };
  const missing = (): void => send(404, { error: { code: 'ResourceNotFound', message: 'nothing here' } });
  if (!request.headers.authorization?.startsWith('Bearer ') || url.searchParams.get('api-version') === null)
    return send(400, { error: { code: 'Bad', message: 'x' } });
  if (!/\/service\/contoso/i.test(url.pathname)) return missing();

  if (/^\/subscriptions\/[^/]+\/listSecrets$/.test(path)) {
    const name = path.split('/')[2] ?? '';
    return send(
      200,
      name === 'app' ? { primaryKey: key, secondaryKey: '0'.repeat(32) } : { primaryKey: `${name}-key-1`, secondaryKey: `${name}-key-2` },
    );
  }
  const link = /^\/products\/[^/]+\/apis\/[^/]+$/.test(path);
  if (link && method === 'HEAD') return links.has(path.toLowerCase()) ? send(204) : missing();
  if (link && method === 'PUT') {
    if (text !== '') return send(400, { error: { code: 'BodyNotExpected', message: 'x' } });
    links.add(path.toLowerCase());
    return send(201, { id: `${root}${path}`, name: 'Echo', properties: {} });
  }
  if (link && method === 'DELETE') {
    links.delete(path.toLowerCase());
    return send(200);
  }
  if (path.toLowerCase() === '/apis/echo/products') {
    return send(200, { value: [...links].map((one) => resource(one.replace(/\/apis\/.*/, ''))) });
  }
  const one = [...store].find(([name]) => name.toLowerCase() === path.toLowerCase());
  if (one !== undefined) {
    const [name, kept] = one;
    if (method === 'PATCH') {
      if (request.headers['if-match'] !== `"v${kept.version}"`)
        return send(412, { error: { code: 'PreconditionFailed', message: 'Resource was modified since last retrieval.' } });
      kept.properties = { ...kept.properties, ...(JSON.parse(text) as { properties: Record<string, unknown> }).properties };
      kept.version += 1;
      return send(204, undefined, { etag: `"v${kept.version}"` });
    }
    return send(200, resource(name), { etag: `"v${kept.version}"` });
  }
  const items = [...store.keys()].filter((name) => name.startsWith(`${path}/`) && !name.slice(path.length + 1).includes('/'));
  if (items.length === 0) return missing();
  const from = Number(url.searchParams.get('skip') ?? 0);
  const next = from + 2 < items.length ? { nextLink: `${url.pathname}?api-version=2024-05-01&skip=${from + 2}` } : {};
  return send(200, { value: items.slice(from, from + 2).map(resource), ...next });
}

function resource(name: string): unknown {
  return { id: `${root}${name}`, name: name.split('/').at(-1), properties: store.get(name)?.properties ?? {} };
}

function writes(): string[] {
  return calls.filter((call) => !/^(GET|HEAD) /.test(call) && !call.endsWith('/listSecrets'));
}

async function mend(cause: string): Promise<{ kind: string; planId: string }> {
  const { diagnosis } = await engine.ask({ paste: calledWith(`Ocp-Apim-Subscription-Key: ${key}`) });
  expect(diagnosis.headline).toBe(cause);
  const fix = diagnosis.verdicts.find((one) => one.cause === cause)?.fix;
  if (!fix || diagnosis.service === null) throw new Error(`${cause} offers nothing`);
  const plan = await engine.remediation.offer({
    ...press,
    ...fix,
    shown: fix.changes,
    symptom: diagnosis.symptom,
    service: diagnosis.service,
  });
  const applied = await throughPreview(engine.remediation, plan.id, press);
  expect(applied).toMatchObject({ kind: 'applied', plan: { verified: 'ruled-out' } });
  return { kind: applied.kind, planId: plan.id };
}

it('adds an API to a product through a bare PUT, once, and takes it out again', async () => {
  const { planId } = await mend('api-not-in-product');

  expect(writes()).toEqual(['PUT /products/starter/apis/Echo']);
  expect(await takeBack(engine.remediation, planId, press)).toMatchObject({ kind: 'undone' });
  expect(links.size).toBe(0);
});

it('activates a subscription with the exact ETag, and suspends it again', async () => {
  links.add('/products/starter/apis/echo');
  const app = store.get('/subscriptions/app');
  if (app) app.properties.state = 'suspended';

  const { planId } = await mend('subscription-suspended');

  expect(app?.properties.state).toBe('active');
  expect(await takeBack(engine.remediation, planId, press)).toMatchObject({ kind: 'undone' });
  expect(app?.properties.state).toBe('suspended');
  expect(writes()).toEqual(['PATCH /subscriptions/app', 'PATCH /subscriptions/app']);
});

it('corrects a scope to one that this ARM takes', async () => {
  links.add('/products/starter/apis/echo');
  const app = store.get('/subscriptions/app');
  if (app) app.properties.scope = `${root}/apis/Echo;rev=3`;

  await mend('subscription-scope-malformed');

  expect(app?.properties.scope).toBe('/apis/Echo');
});
