// The call through the gateway that somebody agreed to, against the lab: what is called, with whose key, and what is refused.
import { createHmac } from 'node:crypto';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createArmHttp } from '../../src/azure/arm-http.ts';
import { createArmReader } from '../../src/azure/arm-reader.ts';
import { labCredential } from '../../src/azure/credentials.ts';
import { createGatewayCall } from '../../src/azure/gateway-call.ts';
import type { Change, Scenario } from '../../src/causes/contract.ts';
import { makeCertificate } from '../../src/lab/certificate.ts';
import { type Lab, startLab } from '../../src/lab/lab.ts';
import { emptyRecord } from '../../src/remediation/empty-record.ts';
import type { PlanRecord } from '../../src/remediation/plan-record.ts';
import type { CallThrough, SendCall } from '../../src/remediation/ports.ts';
import { createCallThrough } from '../../src/remediation/safe-call.ts';
import { parsePaste } from '../../src/symptom/parse-paste.ts';
import { estateOf, serviceId } from '../harness/healthy-estate.ts';

const hash = (text: string): string => createHmac('sha256', 'test').update(text).digest('hex');
const mobile = { primary: 'a10f'.repeat(8), secondary: 'a15e'.repeat(8) };
const all = 'c30f'.repeat(8);
const inward = '/subscriptions/mobile-app';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function open(given: Scenario['given'] = {}, denied?: Scenario['denied']): Promise<Lab> {
  const lab = await startLab({ estate: estateOf({ given, ...(denied ? { denied } : {}) }) });
  closing.push(() => lab.stop());
  return lab;
}

/** Somebody agreed to what was found: only that is called. */
function asAgreed(calls: CallThrough): CallThrough {
  return {
    find: (plan) => calls.find(plan),
    async call(plan) {
      const found = await calls.find(plan);
      return calls.call('says' in found ? plan : { ...plan, callable: `${found.method} ${found.url}` });
    },
  };
}

/** `send` in place of the real one, or the lab's gateway as the base of calls. */
function through(lab: Lab, send?: SendCall): CallThrough {
  const http = createArmHttp({ endpoint: lab.managementUrl, scope: 'lab/.default', credential: labCredential(), ca: lab.ca });
  return asAgreed(
    createCallThrough({
      reader: () => createArmReader({ http, deadlineMs: 10_000 }),
      hash,
      gatewayBase: send ? null : lab.gatewayUrl,
      send: send ?? createGatewayCall({ timeoutMs: 10_000 }),
    }),
  );
}

function paste(key: string, path = '/echo/resource', host = 'contoso.azure-api.net'): string {
  const refused =
    '{ "statusCode": 401, "message": "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription." }';
  return `> GET ${path} HTTP/1.1\n> Host: ${host}\n> Ocp-Apim-Subscription-Key: ${key}\n>\n< HTTP/1.1 401 Access Denied\n\n${refused}`;
}

function plan(pasted: string, on: string | null = inward, more: Partial<Change> = {}): PlanRecord {
  const ada = { id: 'ada', name: 'Ada', tenant: null };
  const change: Change = { on: `${serviceId}${on}`, field: 'properties.state', before: 'suspended', after: 'active', ...more };
  return {
    ...emptyRecord,
    id: 'plan-1',
    cause: 'subscription-suspended',
    label: 'Activate',
    consequence: '',
    permission: '',
    undo: null,
    secondPerson: false,
    state: 'applied',
    symptom: parsePaste(pasted, hash).symptom,
    service: serviceId,
    shown: on === null ? [] : [change],
    askedBy: ada,
    conversation: null,
    createdAt: '2026-11-20T09:00:00Z',
    expiresAt: '2026-11-20T10:00:00Z',
  };
}

/** Remembers what would be sent; every call counts. */
function recorder(): { readonly sent: Parameters<SendCall>[0][]; readonly send: SendCall } {
  const sent: Parameters<SendCall>[0][] = [];
  return {
    sent,
    async send(call) {
      sent.push(call);
      return 200;
    },
  };
}

const contoso = { properties: { gatewayUrl: 'https://contoso.azure-api.net' } };

describe('through the lab', () => {
  it('finds the pasted operation and calls nothing, then calls it with a key that it keeps nowhere', async () => {
    const lab = await open();
    const calls = through(lab);
    const url = `${lab.gatewayUrl}/echo/resource`;
    const { sent, send } = recorder();
    const find = { method: 'GET', url: 'https://contoso.azure-api.net/echo/resource' };

    expect(await through(lab, send).find(plan(paste(mobile.primary)))).toEqual(find);
    expect(sent).toEqual([]);
    expect(await calls.find(plan(paste(mobile.primary)))).toEqual({ method: 'GET', url });
    const answer = await calls.call(plan(paste(mobile.primary)));
    expect(answer).toEqual({ method: 'GET', url, status: 200 });
    expect(JSON.stringify(answer)).not.toContain(mobile.primary);
    expect(lab.writes).toEqual([]);
  });

  it('says 401 while the key is not good', async () => {
    const lab = await open({ 'subscriptions/mobile-app': { properties: { state: 'suspended' } } });
    expect(await through(lab).call(plan(paste(mobile.primary)))).toMatchObject({ status: 401 });
  });

  it('says that no answer came when nobody listens', async () => {
    const lab = await open();
    const http = createArmHttp({ endpoint: lab.managementUrl, scope: 'lab/.default', credential: labCredential(), ca: lab.ca });
    const calls = asAgreed(
      createCallThrough({
        reader: () => createArmReader({ http, deadlineMs: 10_000 }),
        hash,
        gatewayBase: 'http://localhost:1',
        send: createGatewayCall({ timeoutMs: 10_000 }),
      }),
    );
    expect(await calls.call(plan(paste(mobile.primary)))).toEqual({ method: 'GET', url: 'http://localhost:1/echo/resource', status: null });
  });
});

describe('the key', () => {
  it.each([
    ['of the subscription that was mended', paste('0'.repeat(32)), inward, {}, mobile.primary],
    ['that was pasted, where that subscription has it', paste(mobile.secondary), inward, {}, mobile.secondary],
    ['that was made new', paste(mobile.primary), inward, { field: '!regenerateSecondaryKey' }, mobile.secondary],
    ['of a subscription for everything', paste(all), '/subscriptions/all-apis', {}, all],
    ['that was pasted, where the fix is about something else', paste(all), '/products/starter/apis/echo', { field: '' }, all],
    ['of the mended subscription rather than the pasted one', paste(all), inward, {}, mobile.primary],
  ])('is the one %s', async (_, pasted, on, more, expected) => {
    const { sent, send } = recorder();
    const lab = await open({ '.': contoso });
    expect(await through(lab, send).call(plan(pasted, on, more))).toMatchObject({ status: 200 });
    expect(sent).toEqual([
      { method: 'GET', url: 'https://contoso.azure-api.net/echo/resource', headers: { 'Ocp-Apim-Subscription-Key': expected } },
    ]);
  });

  it('is sent under the name that the API has for it', async () => {
    const { sent, send } = recorder();
    const lab = await open({
      '.': contoso,
      'apis/echo': { properties: { subscriptionKeyParameterNames: { header: 'X-Key', query: 'key' } } },
    });
    await through(lab, send).call(plan(paste(mobile.primary)));
    expect(sent.map(({ headers }) => headers)).toEqual([{ 'X-Key': mobile.primary }]);
  });

  it('is looked for among the subscriptions only by a whole match', async () => {
    const { sent, send } = recorder();
    const calls = through(await open({ '.': contoso }), send);
    const elsewhere = '/products/starter/apis/echo';
    expect(await calls.call(plan(paste('d'.repeat(32)), elsewhere))).toEqual({ says: expect.stringContaining('key') });
    expect(await calls.find(plan('401 from contoso.azure-api.net/echo/resource, my key starts with c30f', elsewhere))).toEqual({
      says: expect.stringContaining('no whole key'),
    });
    expect(sent).toEqual([]);
  });

  it('is not had where Azure does not give it, and the permission is named', async () => {
    const { sent, send } = recorder();
    const lab = await open({ '.': contoso }, ['Microsoft.ApiManagement/service/subscriptions/listSecrets/action']);
    expect(await through(lab, send).call(plan(paste(mobile.primary)))).toMatchObject({ says: expect.stringContaining('listSecrets') });
    expect(sent).toEqual([]);
  });

  it('is not taken from a subscription of another service', async () => {
    const { sent, send } = recorder();
    const foreign = plan(paste('0'.repeat(32)), inward);
    const on = `${serviceId.replace('contoso', 'other')}${inward}`;
    const answer = await through(await open({ '.': contoso }), send).call({ ...foreign, shown: [{ on, field: 'x', before: 1, after: 2 }] });
    expect(answer).toEqual({ says: expect.any(String) });
    expect(sent).toEqual([]);
  });
});

describe('the address', () => {
  const custom = {
    hostnameConfigurations: [
      { type: 'Proxy', hostName: 'api.contoso.example' },
      { type: 'Management', hostName: 'm.contoso.example' },
    ],
  };

  it.each([
    ['its own', {}, 'contoso.azure-api.net', 'contoso.azure-api.net'],
    ['a host of its own that the paste has', custom, 'api.contoso.example', 'api.contoso.example'],
    ['no host that only the paste has', custom, 'evil.example', 'contoso.azure-api.net'],
    ['no host of another face', custom, 'm.contoso.example', 'contoso.azure-api.net'],
  ])('is %s', async (_, more, pasted, expected) => {
    const { send } = recorder();
    const lab = await open({ '.': { properties: { ...contoso.properties, ...more } } });
    const found = await through(lab, send).find(plan(paste(mobile.primary, '/echo/resource', pasted)));
    expect(found).toEqual({ method: 'GET', url: `https://${expected}/echo/resource` });
  });

  it.each([
    'https://127.0.0.1',
    'https://2130706433',
    'https://0x7f.1',
    'https://[::1]',
    'https://[::ffff:10.0.0.1]',
    'https://10.0.0.4',
    'https://169.254.169.254',
    'https://localhost',
    'https://gateway.localhost',
    'https://metadata.internal',
    'https://intranet',
    'http://contoso.azure-api.net',
    'https://contoso.azure-api.net:8443',
    'https://user:secret@contoso.azure-api.net',
    'not an address',
  ])('is never %s', async (gatewayUrl) => {
    const { sent, send } = recorder();
    const lab = await open({ '.': { properties: { gatewayUrl, hostnameConfigurations: [{ type: 'Proxy', hostName: '10.0.0.1' }] } } });
    const calls = through(lab, send);
    expect(await calls.find(plan(paste(mobile.primary)))).toEqual({ says: expect.stringContaining('no public https address') });
    expect(await calls.call(plan(paste(mobile.primary)))).toEqual({ says: expect.any(String) });
    expect(sent).toEqual([]);
  });

  it.each(['https://evil.example', 'http://10.0.0.1:80', 'http://user@localhost:1', 'localhost:1'])(
    'has no base at %s',
    async (gatewayBase) => {
      const reader = (): never => {
        throw new Error('Nothing is to be read.');
      };
      expect(() => createCallThrough({ reader, hash, gatewayBase, send: async () => null })).toThrow('not an address of this machine');
    },
  );

  it.each([
    ['Segment', { versioningScheme: 'Segment' }, '/echo/v2/resource', '/echo/v2/resource', {}],
    ['Query', { versioningScheme: 'Query', versionQueryName: 'v' }, '/echo/resource?v=v2', '/echo/resource?v=v2', {}],
    ['Header', { versioningScheme: 'Header', versionHeaderName: 'X-Version' }, '/echo/resource', '/echo/resource', { 'x-version': 'v2' }],
  ])('has the version of the API where its set has it (%s)', async (_, set, pasted, expected, headers) => {
    const { sent, send } = recorder();
    const apiVersionSetId = `${serviceId}/apiVersionSets/s`;
    const lab = await open({
      '.': contoso,
      'apiVersionSets/s': { properties: { displayName: 's', ...set } },
      'apis/echo': { properties: { apiVersion: 'v2', apiVersionSetId } },
    });
    const answer = await through(lab, send).call(plan(paste(mobile.primary, pasted)));
    expect(sent).toEqual([
      {
        method: 'GET',
        url: `https://contoso.azure-api.net${expected}`,
        headers: { 'Ocp-Apim-Subscription-Key': mobile.primary, ...headers },
      },
    ]);
    expect(answer).toMatchObject({ url: `https://contoso.azure-api.net${expected.split('?')[0]}` });
  });
});

describe('the operation', () => {
  const get = (name: string, method: string, urlTemplate: string, request: object = {}) => ({
    [`apis/echo/operations/${name}`]: { properties: { displayName: name, method, urlTemplate, request } },
  });
  const head = get('head', 'HEAD', '/alive');

  it.each([
    ['the pasted one before a HEAD', { ...head }, 'GET', '/resource'],
    ['HEAD where the pasted one has a parameter', { ...head, ...get('get', 'GET', '/{id}') }, 'HEAD', '/alive'],
    ['another GET where nothing else is plain', { ...get('get', 'POST', '/resource'), ...get('list', 'GET', '/list') }, 'GET', '/list'],
    [
      'one whose optional query stays out',
      get('get', 'GET', '/resource', { queryParameters: [{ name: 'page', type: 'string' }] }),
      'GET',
      '/resource',
    ],
  ])('is %s', async (_, operations, method, path) => {
    const { send } = recorder();
    const lab = await open({ '.': contoso, ...operations });
    expect(await through(lab, send).find(plan(paste(mobile.primary)))).toEqual({
      method,
      url: `https://contoso.azure-api.net/echo${path}`,
    });
  });

  it.each([
    ['a write', get('get', 'POST', '/resource')],
    ['one with a parameter in its path', get('get', 'GET', '/resource/{id}')],
    ['a wildcard', get('get', 'GET', '/*')],
    ['one with a query in its template', get('get', 'GET', '/resource?id={id}')],
    ['one that climbs out', get('get', 'GET', '/../../admin')],
    [
      'one that needs a query parameter',
      get('get', 'GET', '/resource', { queryParameters: [{ name: 'q', type: 'string', required: true }] }),
    ],
    ['one that needs a header', get('get', 'GET', '/resource', { headers: [{ name: 'X-Tenant', type: 'string', required: true }] })],
  ])('is never %s', async (_, operation) => {
    const { sent, send } = recorder();
    const lab = await open({ '.': contoso, ...operation });
    expect(await through(lab, send).call(plan(paste(mobile.primary)))).toEqual({ says: expect.stringContaining('no GET or HEAD') });
    expect(sent).toEqual([]);
  });

  it.each([
    ['a policy asks for a token', { 'apis/echo/policies/policy': jwt() }, 'validate-jwt'],
    ['it is a WebSocket', { 'apis/echo': { properties: { type: 'websocket' } } }, 'websocket'],
    ['it answers over http only', { 'apis/echo': { properties: { protocols: ['http'] } } }, 'plain http'],
  ])('is none where %s', async (_, given, word) => {
    const { sent, send } = recorder();
    const lab = await open({ '.': contoso, ...given });
    expect(await through(lab, send).find(plan(paste(mobile.primary)))).toEqual({ says: expect.stringContaining(word) });
    expect(sent).toEqual([]);
  });

  it('is none on a self-hosted gateway', async () => {
    const { send } = recorder();
    const calls = through(await open({ '.': contoso }), send);
    expect(await calls.find(plan(paste(mobile.primary), '/gateways/berlin/apis/echo', { field: '' }))).toEqual({
      says: expect.stringContaining('self-hosted'),
    });
  });
});

function jwt() {
  const value =
    '<policies><inbound><base /><validate-jwt header-name="Authorization"><audiences><audience>a</audience></audiences></validate-jwt></inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>';
  return { properties: { format: 'rawxml', value } };
}

describe('sending', () => {
  async function serve(listener: RequestListener, certificate?: { readonly key: string; readonly cert: string }): Promise<string> {
    const server = certificate ? createHttpsServer(certificate, listener) : createHttpServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return `http${certificate ? 's' : ''}://localhost:${(server.address() as AddressInfo).port}`;
  }
  const headers = { 'X-Key': mobile.primary };
  const send = createGatewayCall({ timeoutMs: 10_000 });

  it('follows no redirect, and the key goes nowhere else', async () => {
    let asked = 0;
    const other = await serve((_request, response) => {
      asked += 1;
      response.end();
    });
    const base = await serve((_request, response) => {
      // Not chained: restify, where a worker has loaded it, changes what Node's own writeHead returns.
      response.writeHead(302, { location: other });
      response.end();
    });
    expect(await send({ method: 'GET', url: base, headers })).toBe(302);
    expect(asked).toBe(0);
  });

  it('hangs up on an answer without an end', async () => {
    const gone = Promise.withResolvers<void>();
    const base = await serve((_request, response) => {
      response.on('close', gone.resolve);
      response.writeHead(200);
      const more = (): void => void (response.destroyed || response.write('x'.repeat(10_000), () => setImmediate(more)));
      more();
    });
    expect(await send({ method: 'GET', url: base, headers })).toBe(200);
    await gone.promise;
  });

  it.each<[string, RequestListener]>([
    ['the connection is cut', (request) => request.socket.destroy()],
    ['nobody answers in time', () => undefined],
    ['something else than HTTP comes back', (request) => request.socket.end('hello')],
  ])('has no status when %s', async (_, listener) => {
    const base = await serve(listener);
    expect(await createGatewayCall({ timeoutMs: 200 })({ method: 'GET', url: base, headers })).toBeNull();
  });

  it.each([
    ['a key that no header can hold', { 'X-Key': 'a\r\nb: c' }, 'http://localhost:1'],
    ['no URL', headers, 'nowhere'],
  ])('has no status for %s', async (_, given, url) => {
    expect(await send({ method: 'GET', url, headers: given })).toBeNull();
  });

  it('trusts a certificate only by its authority', async () => {
    const certificate = await makeCertificate();
    const base = await serve((_request, response) => response.end(), certificate);
    expect(await send({ method: 'HEAD', url: base, headers })).toBeNull();
    expect(await createGatewayCall({ timeoutMs: 10_000, ca: certificate.cert })({ method: 'HEAD', url: base, headers })).toBe(200);
  });
});
