import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { api, arm, call, closeAll, estate, open, service, subscription } from './lab-client.ts';

afterEach(closeAll);

const key = (value: string): { headers: Record<string, string> } => ({ headers: { 'Ocp-Apim-Subscription-Key': value } });
const inProduct = [
  ...api('echo'),
  { id: 'products/starter', properties: { displayName: 'Starter' } },
  { id: 'products/starter/apis/echo' },
];

it('refuses a call without a key in exactly the words and headers of the real gateway', async () => {
  const lab = await open({ estate: estate(api('echo')) });

  const answer = await call(lab, '/echo/things', { headers: { host: 'fabrikam.azure-api.net' } });

  expect([answer.status, answer.reason]).toEqual([401, 'Access Denied']);
  expect(answer.text).toBe(
    '{ "statusCode": 401, "message": "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API." }',
  );
  expect(answer.headers).toMatchObject({
    'content-length': '152',
    'content-type': 'application/json',
    date: 'Fri, 20 Nov 2026 09:00:00 GMT',
    'www-authenticate': 'AzureApiManagementKey realm="https://fabrikam.azure-api.net/echo",name="Ocp-Apim-Subscription-Key",type="header"',
  });
});

it('refuses a wrong key in the other words, and keeps the port of the host in the realm', async () => {
  const lab = await open({ estate: estate(api('echo')) });

  const answer = await call(lab, '/echo/things', key('nobody-has-this'));

  expect(answer.headers['content-length']).toBe('143');
  expect(answer.json.message).toBe(
    'Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.',
  );
  expect(answer.headers['www-authenticate']).toContain(`realm="${lab.gatewayUrl.replace('http', 'https')}/echo"`);
});

describe('the scope of a key', () => {
  const other = [...inProduct, ...api('other'), { id: 'products/gold', properties: { displayName: 'Gold', state: 'notPublished' } }];
  it.each([
    ['/products/starter', 200],
    ['/products/gold', 401],
    ['/products/gone', 401],
    ['/apis', 200],
    ['/apis/echo', 200],
    ['/APIS/Echo', 200],
    ['/apis/other', 401],
    ['/apis/echo;rev=1', 401],
    [`/apis/${service}/apis/echo`, 401],
    ['echo', 401],
    [`${service}/`, 200],
    [`${service}/apis/echo`, 200],
  ])('%s -> %i', async (scope, status) => {
    const lab = await open({ estate: estate([...other, subscription('s', scope)]) });

    expect((await call(lab, '/echo/things', key('s-1'))).status).toBe(status);
    expect((await call(lab, '/echo/things', key('s-2'))).status).toBe(status);
  });
});

it.each(['suspended', 'cancelled', 'rejected', 'expired', 'submitted'])('lets no key of a subscription that is %s in', async (state) => {
  const lab = await open({ estate: estate([...inProduct, subscription('s', '/apis', { state })]) });

  expect((await call(lab, '/echo/things', key('s-1'))).headers['content-length']).toBe('143');
});

it('goes by the state, never by a past date, and does not care whether the product is published', async () => {
  const lab = await open({
    estate: estate([...inProduct, subscription('s', '/products/starter', { expirationDate: '2020-01-01T00:00:00Z' })]),
  });

  expect((await call(lab, '/echo/things', key('s-1'))).status).toBe(200);
});

it('lets the key of a blocked owner in no more', async () => {
  const blocked = { id: 'users/u', properties: { firstName: 'Shop', lastName: 'Team', email: 'shop@contoso.example', state: 'blocked' } };
  const lab = await open({ estate: estate([...api('echo'), blocked, subscription('s', '/apis', { ownerId: '/users/u' })]) });

  expect((await call(lab, '/echo/things', key('s-1'))).status).toBe(401);
});

describe('an API that needs no key', () => {
  const open1 = [...api('free', { subscriptionRequired: false }), ...api('echo')];
  const open2 = [
    ...api('echo'),
    { id: 'products/open', properties: { displayName: 'Open', subscriptionRequired: false } },
    { id: 'products/open/apis/echo' },
  ];
  it('answers without one', async () => {
    const lab = await open({ estate: estate(open1) });
    expect((await call(lab, '/free/things')).status).toBe(200);
  });
  it('answers without one in an open product, and says which product', async () => {
    const lab = await open({ estate: estate(open2) });
    expect((await call(lab, '/echo/things')).json).toMatchObject({ product: 'open', subscription: null });
  });
  it('still refuses a wrong key', async () => {
    const lab = await open({ estate: estate([...open1, subscription('s', '/apis/echo')]) });
    expect((await call(lab, '/free/things', key('s-1'))).headers['content-length']).toBe('143');
  });
});

describe('where the key is sent', () => {
  const named = { subscriptionKeyParameterNames: { header: 'x-api-key', query: 'apikey' } };
  it.each([
    ['a header in any letter case', '/echo/things', { 'X-API-KEY': 's-1' }, 200],
    ['the default header is not read any more', '/echo/things', { 'Ocp-Apim-Subscription-Key': 's-1' }, 152],
    ['the query parameter', '/echo/things?apikey=s-1', {}, 200],
    ['the query parameter in other letters', '/echo/things?ApiKey=s-1', {}, 152],
    ['a wrong header hides a right query parameter', '/echo/things?apikey=s-1', { 'x-api-key': 'no' }, 143],
  ])('%s', async (_, path, headers, expected) => {
    const lab = await open({ estate: estate([...api('echo', named), subscription('s', '/apis')]) });

    const answer = await call(lab, path, { headers });

    expect(answer.status === 200 ? 200 : Number(answer.headers['content-length'])).toBe(expected);
    if (answer.status === 401) expect(answer.headers['www-authenticate']).toContain('name="x-api-key"');
  });
});

describe('routing', () => {
  const versions = { id: 'apiVersionSets/v', properties: { displayName: 'V', versioningScheme: 'Segment' } };
  const byHeader = { id: 'apiVersionSets/h', properties: { displayName: 'H', versioningScheme: 'Header', versionHeaderName: 'X-Version' } };
  const byQuery = { id: 'apiVersionSets/q', properties: { displayName: 'Q', versioningScheme: 'Query', versionQueryName: 'v' } };
  const resources = [
    versions,
    byHeader,
    byQuery,
    ...api('shop'),
    ...api('shop-cart', { path: 'shop/cart' }),
    ...api('sales', { path: 'sales', apiVersion: 'v1', apiVersionSetId: '/apiVersionSets/v' }),
    ...api('heads', { apiVersion: '2', apiVersionSetId: '/apiVersionSets/h' }),
    ...api('asked', { apiVersion: '3', apiVersionSetId: '/apiVersionSets/q' }),
    { id: 'apis/shop;rev=2', properties: { displayName: 'shop', path: 'shop', isCurrent: false } },
    { id: 'apis/shop;rev=2/operations/new', properties: { displayName: 'New', method: 'GET', urlTemplate: '/new' } },
    { id: 'apis/shop/operations/one', properties: { displayName: 'One', method: 'GET', urlTemplate: '/things/{id}' } },
    { id: 'apis/shop/operations/any', properties: { displayName: 'Any', method: 'POST', urlTemplate: '/files/*' } },
    { id: 'apis/bare', properties: { displayName: 'No operations', path: 'bare' } },
    subscription('s', '/apis'),
  ];
  it.each([
    ['GET', '/shop/things', {}, 'shop/get'],
    ['GET', '/SHOP/Things/7', {}, 'shop/one'],
    ['POST', '/shop/files/a/b/c', {}, 'shop/any'],
    ['GET', '/shop/cart/things', {}, 'shop-cart/get'],
    ['GET', '/shop;rev=2/new', {}, 'shop;rev=2/new'],
    ['GET', '/sales/v1/things', {}, 'sales/get'],
    ['GET', '/heads/things', { 'x-version': '2' }, 'heads/get'],
    ['GET', '/asked/things?v=3', {}, 'asked/get'],
    ['GET', '/sales/things', {}, null],
    ['GET', '/heads/things', {}, null],
    ['GET', '/asked/things', {}, null],
    ['GET', '/shop/new', {}, null],
    ['GET', '/shop/nothing/here', {}, null],
    ['DELETE', '/shop/things', {}, null],
    ['OPTIONS', '/shop/things', {}, null],
    ['GET', '/shopping/things', {}, null],
    ['GET', '/bare/things', {}, null],
    ['GET', '/nowhere', {}, null],
  ])('%s %s %j -> %s', async (method, path, headers, expected) => {
    const lab = await open({ estate: estate(resources) });

    const answer = await call(lab, path, { method, headers: { ...headers, 'Ocp-Apim-Subscription-Key': 's-1' } });

    if (expected === null) expect([answer.status, answer.text]).toEqual([404, '{ "statusCode": 404, "message": "Resource not found" }']);
    else expect(`${answer.json.api}/${answer.json.operation}`).toBe(expected);
  });
  it('looks for the API before it looks at the key', async () => {
    const lab = await open({ estate: estate(resources) });
    expect((await call(lab, '/nowhere')).status).toBe(404);
  });
  it('names the path without its version in the realm', async () => {
    const lab = await open({ estate: estate(resources) });
    expect((await call(lab, '/sales/v1/things')).headers['www-authenticate']).toContain('/sales",');
  });
  it('knows its own host names and no others', async () => {
    const custom = { id: '.', properties: { hostnameConfigurations: [{ type: 'Proxy', hostName: 'api.fabrikam.example' }] } };
    const lab = await open({ estate: estate([custom, ...api('free', { subscriptionRequired: false })]) });
    const at = async (host: string): Promise<number> => (await call(lab, '/free/things', { headers: { host } })).status;
    expect([
      await at('fabrikam.azure-api.net'),
      await at('API.fabrikam.example'),
      await at('localhost:1'),
      await at('elsewhere.example'),
    ]).toEqual([200, 200, 200, 404]);
  });
});

describe('what has not reached the gateway yet', () => {
  const late = estate([...inProduct, subscription('s', '/products/starter')], { gateway: { notYetPropagated: ['subscriptions/s'] } });
  it('arrives when somebody saves it again, unchanged', async () => {
    const lab = await open({ estate: late });
    expect((await call(lab, '/echo/things', key('s-1'))).status).toBe(401);
    await arm(lab, 'POST', '/subscriptions/s/listSecrets');
    expect((await call(lab, '/echo/things', key('s-1'))).status).toBe(401);
    await arm(lab, 'PATCH', '/subscriptions/s', { headers: { 'if-match': '*' }, body: { properties: { displayName: 's' } } });
    expect((await call(lab, '/echo/things', key('s-1'))).status).toBe(200);
  });
  it('arrives after ten minutes', async () => {
    const lab = await open({ estate: late });
    lab.advance(9 * 60_000);
    expect((await call(lab, '/echo/things', key('s-1'))).status).toBe(401);
    lab.advance(60_000);
    expect((await call(lab, '/echo/things', key('s-1'))).status).toBe(200);
  });
  it('may be a link between a product and an API', async () => {
    const lab = await open({ estate: { ...late, gateway: { notYetPropagated: ['products/starter/apis/echo'] } } });
    expect((await call(lab, '/echo/things', key('s-1'))).status).toBe(401);
    await arm(lab, 'PUT', '/products/starter/apis/echo');
    expect((await call(lab, '/echo/things', key('s-1'))).status).toBe(200);
  });
});

it('shows the backend everything but the key', async () => {
  const lab = await open({ estate: estate([...inProduct, subscription('s', '/products/starter')]) });

  const answer = await call(lab, '/echo/things?subscription-key=s-1&a=1', { headers: { 'ocp-apim-subscription-key': 's-2', 'x-a': 'b' } });

  expect(answer.json).toMatchObject({ method: 'GET', product: 'starter', subscription: 's', query: { a: '1' }, headers: { 'x-a': 'b' } });
  expect(answer.text).not.toMatch(/s-1|s-2/);
});

describe('workspaces', () => {
  const own = [
    { id: 'workspaces/w', properties: { displayName: 'W' } },
    { id: 'workspaces/w/apis/team', properties: { displayName: 'Team', path: 'team' } },
    { id: 'workspaces/w/apis/team/operations/get', properties: { displayName: 'Get', method: 'GET', urlTemplate: '/things' } },
    { id: 'workspaces/w/products/p', properties: { displayName: 'P' } },
    { id: 'workspaces/w/products/p/apiLinks/l', properties: { apiId: `${service}/workspaces/w/apis/team` } },
  ];
  it.each([
    ['/workspaces/w/products/p', 200],
    ['/workspaces/w/apis/team', 200],
    ['/workspaces/w/apis', 200],
    ['/workspaces/w/products/q', 401],
  ])('a workspace key for %s -> %i', async (scope, status) => {
    const lab = await open({ estate: estate([...own, { ...subscription('s', scope), id: 'workspaces/w/subscriptions/s' }]) });
    expect((await call(lab, '/team/things', key('s-1'))).status).toBe(status);
  });
});

interface Incident {
  readonly cause: string | null;
  readonly status: number;
  readonly code: string | null;
  /** What the body says, where the code does not tell. */
  readonly message?: string;
  readonly request: { readonly method: string; readonly path: string; readonly headers: Record<string, string> };
}

it('answers every incident of the default estate as its list says', async () => {
  const estates = join(import.meta.dirname, '../../src/lab/estates');
  const incidents = JSON.parse(readFileSync(join(estates, 'contoso.incidents.json'), 'utf8')) as Incident[];
  const lab = await open({ estate: join(estates, 'contoso.json'), now: new Date() });

  const answers = await Promise.all(incidents.map((incident) => call(lab, incident.request.path, incident.request)));

  const lengths: Readonly<Record<string, string>> = { 'key-missing': '152', 'key-invalid': '143' };
  for (const [index, { status, code, message }] of incidents.entries()) {
    const answer = answers[index];
    expect(answer?.status).toBe(status);
    if (message !== undefined) expect(answer?.json).toEqual({ statusCode: status, message });
    else if (code !== null) expect(answer?.headers['content-length']).toBe(lengths[code]);
  }
  expect(incidents[1]?.cause).toBe('api-not-in-product');
  expect(new Set(incidents.map(({ cause }) => cause)).size).toBe(20);
});
