import { api, arm, closeAll, estate, open, service, subscription, subscriptionId } from './lab-client.ts';

afterEach(closeAll);

const world = estate([
  ...api('echo'),
  { id: 'products/starter', properties: { displayName: 'Starter' } },
  { id: 'users/u', properties: { firstName: 'Shop', lastName: 'Team', email: 'shop@contoso.example' } },
  subscription('s', '/products/starter', { ownerId: '/users/u', createdDate: '2026-11-01T00:00:00Z' }),
]);

describe('the front door', () => {
  it.each([
    ['another scheme', 'GET', '/apis', { headers: { authorization: 'Basic abc' } }, 401, 'AuthenticationFailedInvalidHeader'],
    ['an empty token', 'GET', '/apis', { headers: { authorization: 'Bearer ' } }, 401, 'AuthenticationFailedMissingToken'],
    ['no api-version', 'GET', '/apis?api-version=', {}, 400, 'MissingApiVersionParameter'],
    ['an unknown api-version', 'GET', '/apis?api-version=2021-08-01', {}, 400, 'NoRegisteredProviderFound'],
    ['no api-version at all', 'GET', '/apis?api-version=tomorrow', {}, 400, 'InvalidApiVersionParameter'],
    ['an unknown collection', 'GET', '/gadgets', {}, 404, 'InvalidResourceType'],
    ['an unknown API', 'GET', '/apis/none', {}, 404, 'ResourceNotFound'],
    ['the operations of an unknown API', 'GET', '/apis/none/operations', {}, 404, 'ResourceNotFound'],
    ['no policy', 'GET', '/apis/echo/policies/policy', {}, 404, 'ResourceNotFound'],
    ['a wrong verb', 'POST', '/apis', {}, 405, 'MethodNotAllowed'],
    ['an unknown subscription', 'GET', service.replace('aa/', 'ab/'), {}, 404, 'SubscriptionNotFound'],
    ['an unknown group', 'GET', service.replace('/rg/', '/other/'), {}, 404, 'ResourceGroupNotFound'],
    ['an unknown service', 'GET', service.replace(/fabrikam$/, 'nobody'), {}, 404, 'ServiceNotFound'],
    ['below an unknown service', 'GET', service.replace(/fabrikam$/, 'nobody/apis'), {}, 404, 'ParentResourceNotFound'],
    ['bad JSON', 'PATCH', '/subscriptions/s', { headers: { 'if-match': '*' }, body: '{ "a": ' }, 400, 'InvalidRequestContent'],
    ['a body of null', 'POST', '/subscriptions/s/listSecrets', { body: 'null' }, 400, 'ValidationError'],
    ['a bad filter', 'GET', "/subscriptions?$filter=scope is '/apis'", {}, 400, 'ValidationError'],
    ['a field that cannot be filtered', 'GET', "/subscriptions?$filter=primaryKey eq 'x'", {}, 400, 'ValidationError'],
    ['a state compared otherwise', 'GET', "/subscriptions?$filter=state ne 'active'", {}, 400, 'ValidationError'],
  ])('%s', async (_, method, path, asked, status, code) => {
    const lab = await open({ estate: world });
    const answer = await arm(lab, method, path, asked);
    expect([answer.status, answer.json.error.code]).toEqual([status, code]);
    expect(typeof answer.json.error.message).toBe('string');
  });
  it('wants a token before anything else', async () => {
    const lab = await open({ estate: world });
    const answer = await arm(lab, 'GET', '/gadgets?api-version=1', { token: null });
    expect([answer.status, answer.json.error.code]).toEqual([401, 'AuthenticationFailed']);
    expect(answer.headers['www-authenticate']).toContain('Bearer');
  });
  it('answers with the header set of ARM, at lab time', async () => {
    const lab = await open({ estate: world });
    const { headers, text } = await arm(lab, 'GET', '/apis/echo');
    expect(headers).toMatchObject({
      'cache-control': 'no-cache',
      'content-type': 'application/json; charset=utf-8',
      date: 'Fri, 20 Nov 2026 09:00:00 GMT',
      server: 'Microsoft-HTTPAPI/2.0',
      'x-content-type-options': 'nosniff',
      'x-ms-ratelimit-remaining-subscription-reads': '249',
    });
    expect(headers['x-ms-routing-request-id']).toBe(`WESTEUROPE:20261120T090000Z:${headers['x-ms-correlation-request-id']}`);
    expect(headers.etag).toMatch(/^"[A-Za-z0-9+/]{11}="$/);
    expect(text).toContain('{\r\n  "id": ');
  });
  it('throttles with Retry-After, reads and writes apart, actions among the writes', async () => {
    const empty = { size: 1, refillPerSecond: 0.1 };
    const lab = await open({ estate: world, buckets: { reads: empty, writes: empty } });
    await arm(lab, 'GET', '/apis');
    const read = await arm(lab, 'GET', '/apis');
    expect([read.status, read.headers['retry-after'], read.json.error.code]).toEqual([429, '10', 'SubscriptionRequestsThrottled']);
    expect((await arm(lab, 'POST', '/subscriptions/s/listSecrets')).status).toBe(200);
    expect((await arm(lab, 'POST', '/subscriptions/s/listSecrets')).status).toBe(429);
    expect((await arm(lab, 'DELETE', '/subscriptions/s', { headers: { 'if-match': '*' } })).status).toBe(200);
  });
  it('denies an action everywhere, or on one resource and below', async () => {
    const denied = [
      'Microsoft.ApiManagement/service/subscriptions/listSecrets/action',
      { action: 'Microsoft.ApiManagement/service/apis/products/read', on: 'apis/echo' },
    ];
    const lab = await open({ estate: { ...world, resources: [...world.resources, ...api('other')], denied } });
    const refused = await arm(lab, 'POST', '/subscriptions/s/listSecrets');
    expect([refused.status, refused.json.error.code]).toEqual([403, 'AuthorizationFailed']);
    expect(refused.json.error.message).toContain(`action '${denied[0]}' over scope '${service}/subscriptions/s'`);
    expect((await arm(lab, 'GET', '/apis/echo/products')).status).toBe(403);
    expect((await arm(lab, 'GET', '/apis/other/products')).status).toBe(200);
  });
});

describe('subscriptions', () => {
  it('shows keys only where the real service does', async () => {
    const lab = await open({ estate: world });
    const [one, list, secrets] = [
      await arm(lab, 'GET', '/subscriptions/s'),
      await arm(lab, 'GET', '/subscriptions'),
      await arm(lab, 'POST', '/subscriptions/s/listSecrets'),
    ];
    expect(one.text + list.text).not.toMatch(/s-1|s-2|Key/);
    expect(secrets.json).toEqual({ primaryKey: 's-1', secondaryKey: 's-2' });
    expect(secrets.headers.etag).toBe(one.headers.etag);
    const patched = await arm(lab, 'PATCH', '/subscriptions/s', {
      headers: { 'if-match': '*' },
      body: { properties: { state: 'suspended' } },
    });
    expect(patched.json.properties).toMatchObject({ state: 'suspended', primaryKey: 's-1', user: { email: 'shop@contoso.example' } });
  });
  it('reads in the order and with the nulls of the real service, scopes in full', async () => {
    const lab = await open({ estate: world });
    const { json } = await arm(lab, 'GET', '/subscriptions/s');
    expect(Object.keys(json)).toEqual(['id', 'type', 'name', 'properties']);
    expect(Object.entries(json.properties)).toEqual([
      ['ownerId', `${service}/users/u`],
      ['scope', `${service}/products/starter`],
      ['displayName', 's'],
      ['state', 'active'],
      ['createdDate', '2026-11-01T00:00:00Z'],
      ['startDate', null],
      ['expirationDate', null],
      ['endDate', null],
      ['notificationDate', null],
      ['stateComment', null],
    ]);
  });
  it('has the built-in all-access subscription without being told', async () => {
    const lab = await open({ estate: world });
    const { json } = await arm(lab, 'GET', '/subscriptions/master');
    expect(json.properties).toMatchObject({
      scope: `${service}/`,
      allowTracing: true,
      state: 'active',
      createdDate: '2025-11-20T09:00:00.000Z',
    });
    expect(json.properties).not.toHaveProperty('ownerId');
    expect((await arm(lab, 'POST', '/subscriptions/master/listSecrets')).json.primaryKey).toMatch(/^[0-9a-f]{32}$/);
  });
  it('moves the ETag with every write and refuses a stale one', async () => {
    const lab = await open({ estate: world });
    const tag = async (): Promise<string> => String((await arm(lab, 'HEAD', '/subscriptions/s')).headers.etag);
    const first = await tag();
    const patch = (etag: string) =>
      arm(lab, 'PATCH', '/subscriptions/s', { headers: { 'if-match': etag }, body: { properties: { displayName: 's' } } });
    const written = await patch(first);
    expect([written.status, written.headers.etag === first]).toEqual([200, false]);
    const stale = await patch(first);
    expect([stale.status, stale.json.error.message]).toEqual([412, 'Resource was modified since last retrieval.']);
    const regenerated = await arm(lab, 'POST', '/subscriptions/s/regeneratePrimaryKey');
    expect([regenerated.status, regenerated.text, regenerated.headers.etag]).toEqual([204, '', undefined]);
    expect((await patch(String(written.headers.etag))).status).toBe(412);
    expect((await arm(lab, 'POST', '/subscriptions/s/listSecrets')).json).toEqual({
      primaryKey: expect.stringMatching(/^[0-9a-f]{32}$/),
      secondaryKey: 's-2',
    });
  });
  it.each(['PATCH', 'DELETE'])('%s needs If-Match', async (method) => {
    const lab = await open({ estate: world });
    expect((await arm(lab, method, '/subscriptions/s', { body: { properties: {} } })).status).toBe(400);
  });
  it('creates as submitted, with keys, and says 201 once', async () => {
    const lab = await open({ estate: world });
    const body = { properties: { displayName: 'New', scope: '/products/starter' } };
    const created = await arm(lab, 'PUT', '/subscriptions/new', { body });
    expect(created.json.properties).toMatchObject({
      state: 'submitted',
      scope: `${service}/products/starter`,
      primaryKey: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(created.json.properties.createdDate).toMatch(/^2026-11-20T09:00:0\d\.\d{7}Z$/);
    const again = await arm(lab, 'PUT', '/subscriptions/new', { body });
    expect([created.status, again.status, again.json.properties.primaryKey]).toEqual([201, 200, created.json.properties.primaryKey]);
    expect((await arm(lab, 'DELETE', '/subscriptions/new', { headers: { 'if-match': '*' } })).text).toBe('');
    expect((await arm(lab, 'DELETE', '/subscriptions/new', { headers: { 'if-match': '*' } })).status).toBe(204);
  });
  it.each([
    ['/products/starter', 201],
    ['/apis/echo;rev=2', 201],
    ['/workspaces/w/products/p', 201],
    [`/apis/${service}/apis/echo`, 201],
    ['/product/starter', 400],
    ['apis/echo', 400],
    ['/apis/echo/operations/get', 400],
    ['/products', 400],
  ])('a PUT with the scope %s -> %i', async (scope, status) => {
    const lab = await open({ estate: world });
    const answer = await arm(lab, 'PUT', '/subscriptions/new', { body: { properties: { displayName: 'New', scope } } });
    expect(answer.status).toBe(status);
    if (status === 400)
      expect(answer.json.error.details[0].message).toBe(
        "Subscription scope should be one of '/apis', '/apis/{apiId}', '/products/{productId}'",
      );
  });
});

describe('lists', () => {
  const many = estate([
    { id: 'products/p', properties: { displayName: 'P' } },
    ...['a', 'b', 'c', 'd', 'e'].map((name) =>
      subscription(name, name < 'c' ? '/products/p' : '/apis/x', {
        state: name === 'e' ? 'cancelled' : 'active',
        displayName: `It's ${name}`,
      }),
    ),
  ]);
  it('pages with the total as count and an absolute nextLink of its own authority', async () => {
    const lab = await open({ estate: many });
    const first = (await arm(lab, 'GET', '/subscriptions?$top=4')).json;
    expect([first.value.length, first.count]).toEqual([4, 6]);
    expect(first.nextLink).toBe(`${lab.managementUrl}${service}/subscriptions?%24top=4&api-version=2024-05-01&%24skip=4`);
    const last = (await arm(lab, 'GET', '/subscriptions?$top=4&$skip=4')).json;
    expect([last.value.length, last.count, 'nextLink' in last]).toEqual([2, 6, false]);
    expect((await arm(lab, 'GET', '/gateways')).json).toEqual({ value: [], count: 0 });
  });
  it.each([
    ["scope eq '/products/p'", 'ab'],
    [`properties/scope eq '${service}/products/p'`, 'ab'],
    ["productId eq 'p' and name ne 'a'", 'b'],
    ["startswith(name,'c') or name eq 'D'", 'cd'],
    ["not(scope eq '/apis/x') and contains(displayName, 'It''s')", 'ab'],
    ["substringof('s e', displayName)", 'e'],
    ["endswith(scope,'/apis/x') and state eq 'active'", 'cd'],
    ["name gt 'b' and name le 'd'", 'cd'],
    ["name ge 'd' and (name lt 'f' or name eq 'zz')", 'de'],
    ['stateComment eq null and ownerId eq null', 'master abcde'],
  ])('filters %s', async (filter, names) => {
    const lab = await open({ estate: many });
    const { json } = await arm(lab, 'GET', `/subscriptions?$filter=${filter}`);
    expect(json.value.map((entry: { name: string }) => entry.name).join('')).toBe(names.replace(' ', ''));
    expect(json.count).toBe(names.replace(' ', '').length - (names.startsWith('master') ? 5 : 0));
  });
  it('lists services by group and by subscription', async () => {
    const lab = await open({ estate: many });
    for (const path of [`/subscriptions/${subscriptionId}/providers/Microsoft.ApiManagement/service`, service.replace(/\/fabrikam$/, '')]) {
      expect((await arm(lab, 'GET', path)).json.value.map((entry: { id: string }) => entry.id)).toEqual([service]);
    }
  });
});

describe('products and their APIs', () => {
  it('links idempotently and reads the link from both ends', async () => {
    const lab = await open({ estate: world });
    const link = '/products/starter/apis/echo';
    const statuses: number[] = [];
    for (const method of ['HEAD', 'DELETE', 'PUT', 'PUT', 'HEAD']) statuses.push((await arm(lab, method, link)).status);
    expect(statuses).toEqual([404, 204, 201, 200, 204]);
    expect((await arm(lab, 'GET', '/products/starter/apis')).json.value[0].id).toBe(`${service}/products/starter/apis/echo`);
    expect((await arm(lab, 'GET', '/apis/echo/products')).json.value[0].name).toBe('starter');
    expect((await arm(lab, 'GET', '/products/starter/subscriptions')).json.value[0].name).toBe('s');
    expect((await arm(lab, 'DELETE', link)).status).toBe(200);
    expect((await arm(lab, 'GET', '/apis/echo/products')).json).toEqual({ value: [], count: 0 });
    expect((await arm(lab, 'PUT', '/products/starter/apis/none')).status).toBe(404);
  });
});

describe('operations and policies', () => {
  it('replaces the whole request of an operation and leaves the rest alone', async () => {
    const lab = await open({ estate: world });
    const path = '/apis/echo/operations/get';
    const headers = [{ name: 'x-a', type: 'string', defaultValue: '1', values: ['1'] }];
    const patch = (request: object) => arm(lab, 'PATCH', path, { headers: { 'if-match': '*' }, body: { properties: { request } } });
    await patch({ headers, queryParameters: [{ name: 'q', type: 'string' }] });
    expect((await arm(lab, 'GET', path)).json.properties.request.headers[0]).toMatchObject(headers[0] ?? {});
    await patch({ description: 'only this' });
    const { properties } = (await arm(lab, 'GET', path)).json;
    expect(properties.request).toEqual({ description: 'only this', queryParameters: [], headers: [], representations: [] });
    expect(properties).toMatchObject({ displayName: 'Get', method: 'GET', urlTemplate: '/things' });
  });
  it.each(['', '/products/starter', '/apis/echo', '/apis/echo/operations/get'])('keeps a policy at "%s" in both formats', async (scope) => {
    const lab = await open({ estate: world });
    const raw =
      '<policies><inbound><set-header name="a"><value>@(context.Api.Name == "<x>" ? "a)" : "b&c")</value></set-header></inbound></policies>';
    const path = `${scope}/policies/policy`;
    const put = await arm(lab, 'PUT', path, { body: { properties: { format: 'rawxml', value: raw } } });
    expect([put.status, put.json.properties]).toEqual([201, { format: 'rawxml', value: raw }]);
    expect((await arm(lab, 'GET', `${path}?format=rawxml`)).json.properties.value).toBe(raw);
    const xml = (await arm(lab, 'GET', path)).json.properties;
    expect(xml.value).toContain('@(context.Api.Name == &quot;&lt;x&gt;&quot; ? &quot;a)&quot; : &quot;b&amp;c&quot;)</value>');
    await arm(lab, 'PUT', path, { body: { properties: xml } });
    expect((await arm(lab, 'GET', `${path}?format=rawxml`)).json.properties.value).toBe(raw);
    const broken = await arm(lab, 'PUT', path, { body: { properties: { format: 'rawxml', value: '<policies><inbound></policies>' } } });
    expect([broken.status, broken.json.error.code]).toEqual([400, 'ValidationError']);
    expect((await arm(lab, 'DELETE', path)).status).toBe(400);
    expect((await arm(lab, 'DELETE', path, { headers: { 'if-match': '*' } })).status).toBe(200);
  });
});
