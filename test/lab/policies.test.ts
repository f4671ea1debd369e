import type { EstateResource } from '../../src/lab/estate.ts';
import { api, call, closeAll, estate, open, subscription } from './lab-client.ts';

afterEach(closeAll);

const now = Date.parse('2026-11-20T09:00:00Z') / 1000;
const tenant = '00000000-0000-4000-8000-0000000000e1';

function policy(at: string, inbound: string, more = ''): EstateResource {
  const value = `<policies><inbound>${inbound}</inbound>${more}</policies>`;
  return { id: `${at}policies/policy`, properties: { format: 'rawxml', value } };
}

/** A service with one API that needs no key, and these resources. */
function world(...resources: EstateResource[]) {
  return estate([...api('free', { subscriptionRequired: false }), ...resources]);
}

/** Unsigned in truth: the last part only looks like a signature. */
function token(claims: object, signature = 'bm90LWEtc2lnbmF0dXJl'): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.${signature}`;
}

const good = { aud: 'api://orders', iss: `https://login.microsoftonline.com/${tenant}/v2.0`, exp: now + 600, nbf: now - 60, azp: 'app-1' };
const bearer = (claims: object, signature?: string) => ({ authorization: `Bearer ${token(claims, signature)}` });

describe('validate-jwt', () => {
  const statement = (attributes = '', children = '') =>
    `<validate-jwt header-name="Authorization" require-scheme="Bearer" ${attributes}>
       <openid-config url="https://login.microsoftonline.com/${tenant}/v2.0/.well-known/openid-configuration" />
       <audiences><audience>api://orders</audience><audience>{{other-audience}}</audience></audiences>${children}
     </validate-jwt>`;
  const roles =
    '<required-claims><claim name="roles" match="any"><value>reader</value><value>writer</value></claim><claim name="scp" match="all" separator=" "><value>a</value><value>b</value></claim></required-claims>';
  it.each<[string, Record<string, string>, string, string, string | null]>([
    ['no token', {}, '', '', 'JWT not present.'],
    ['another scheme', { authorization: 'Basic abc' }, '', '', 'JWT not present.'],
    ['a good token', bearer(good), '', '', null],
    ['a scheme in other letters', { authorization: `bearer ${token(good)}` }, '', '', null],
    ['no JWT at all', { authorization: 'Bearer abc' }, '', '', 'Invalid JWT.'],
    ['no signature', bearer(good, ''), '', '', 'Invalid JWT.'],
    ['no signature where none is asked for', bearer(good, ''), 'require-signed-tokens="false"', '', null],
    ['an expired token', bearer({ ...good, exp: now - 30 }), '', '', 'Invalid JWT.'],
    ['an expired token within the skew', bearer({ ...good, exp: now - 30 }), 'clock-skew="300"', '', null],
    ['a token of the future', bearer({ ...good, nbf: now + 30 }), '', '', 'Invalid JWT.'],
    ['a token of the near future, with skew', bearer({ ...good, nbf: now + 30 }), 'clock-skew="300"', '', null],
    ['a token without an end', bearer({ ...good, exp: undefined }), '', '', 'Invalid JWT.'],
    ['a token without an end where none is asked for', bearer({ ...good, exp: undefined }), 'require-expiration-time="false"', '', null],
    ['another audience', bearer({ ...good, aud: 'api://stock' }), '', '', 'Invalid JWT.'],
    ['one audience of several, with a slash', bearer({ ...good, aud: ['x', 'api://orders/'] }), '', '', null],
    ['an audience that a named value holds', bearer({ ...good, aud: 'named' }), '', '', null],
    ['the issuer of v1', bearer({ ...good, iss: `https://sts.windows.net/${tenant}/` }), '', '', 'Invalid JWT.'],
    ['an issuer on the list', bearer({ ...good, iss: 'https://me' }), '', '<issuers><issuer>https://me</issuer></issuers>', null],
    ['claims that are missing', bearer(good), '', roles, 'Invalid JWT.'],
    ['claims, one short', bearer({ ...good, roles: ['reader'], scp: 'a' }), '', roles, 'Invalid JWT.'],
    ['all the claims', bearer({ ...good, roles: ['reader'], scp: 'a b c' }), '', roles, null],
  ])('%s', async (_, headers, attributes, children, message) => {
    const named = { id: 'namedValues/n1', properties: { displayName: 'other-audience', value: 'named' } };
    const lab = await open({ estate: world(named, policy('apis/free/', statement(attributes, children))) });

    const answer = await call(lab, '/free/things', { headers });

    if (message === null) return expect(answer.status).toBe(200);
    expect([answer.status, answer.text]).toEqual([401, `{ "statusCode": 401, "message": "${message}" }`]);
    return expect(answer.headers).not.toHaveProperty('www-authenticate');
  });
  it('says what its author wrote, with the author’s code', async () => {
    const attributes =
      'failed-validation-httpcode="403" failed-validation-error-message="Unauthorized. Access token is missing or invalid."';
    const lab = await open({ estate: world(policy('apis/free/', statement(attributes))) });
    const answer = await call(lab, '/free/things');
    expect([answer.status, answer.reason, answer.json.message]).toEqual([
      403,
      'Forbidden',
      'Unauthorized. Access token is missing or invalid.',
    ]);
  });
  it('expires with lab time, and looks where it is told to look', async () => {
    const inQuery = `<validate-jwt query-parameter-name="t"><audiences><audience>api://orders</audience></audiences></validate-jwt>`;
    const lab = await open({ estate: world(policy('apis/free/', inQuery)) });
    const ask = async (headers = {}): Promise<number> => (await call(lab, `/free/things?t=${token(good)}`, { headers })).status;
    expect(await ask()).toBe(200);
    lab.advance(601_000);
    expect(await ask()).toBe(401);
    expect((await call(lab, '/free/things', { headers: bearer(good) })).json.message).toBe('JWT not present.');
  });
});

describe('validate-azure-ad-token', () => {
  const statement = `<validate-azure-ad-token tenant-id="${tenant}">
    <client-application-ids><application-id>app-1</application-id></client-application-ids>
    <audiences><audience>api://orders</audience></audiences></validate-azure-ad-token>`;
  it.each<[string, Record<string, string>, string | null]>([
    ['no token', {}, 'Azure AD JWT not present'],
    ['a good token', bearer(good), null],
    ['a good token of v1', bearer({ ...good, azp: undefined, appid: 'APP-1', iss: `https://sts.windows.net/${tenant}/` }), null],
    ['another application', bearer({ ...good, azp: 'app-2' }), 'Invalid Azure AD JWT'],
    ['another tenant', bearer({ ...good, iss: good.iss.replace('e1', 'e2') }), 'Invalid Azure AD JWT'],
    ['another audience', bearer({ ...good, aud: 'x' }), 'Invalid Azure AD JWT'],
    ['an expired token', bearer({ ...good, exp: now - 1 }), 'Invalid Azure AD JWT'],
  ])('%s', async (_, headers, message) => {
    const lab = await open({ estate: world(policy('', statement)) });
    const answer = await call(lab, '/free/things', { headers });
    expect([answer.status, answer.json.message]).toEqual(message === null ? [200, undefined] : [401, message]);
  });
});

describe('headers and addresses', () => {
  const header =
    '<check-header name="X-Client" failed-check-httpcode="401" failed-check-error-message="Not authorized" ignore-case="true"><value>kiosk</value><value>till</value></check-header>';
  it.each([
    [{}, 'Not authorized'],
    [{ 'x-client': 'other' }, 'Not authorized'],
    [{ 'x-client': 'TILL' }, undefined],
  ])('check-header with %j', async (headers, message) => {
    const lab = await open({ estate: world(policy('apis/free/', header)) });
    const answer = await call(lab, '/free/things', { headers });
    expect([answer.status, answer.json.message]).toEqual([message === undefined ? 200 : 401, message]);
  });
  it.each([
    ['<ip-filter action="allow"><address>10.1.2.3</address></ip-filter>', 403],
    ['<ip-filter action="allow"><address>127.0.0.1</address></ip-filter>', 200],
    ['<ip-filter action="forbid"><address-range from="127.0.0.0" to="127.0.0.255" /></ip-filter>', 403],
    ['<ip-filter action="forbid"><address-range from="128.0.0.0" to="128.0.0.255" /></ip-filter>', 200],
  ])('%s -> %i', async (filter, status) => {
    const lab = await open({ estate: world(policy('', filter)) });
    const answer = await call(lab, '/free/things', { headers: { 'x-forwarded-for': '10.1.2.3' } });
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.text).toBe('{ "statusCode": 403, "message": "Forbidden" }');
  });
  it('misses a client certificate that nobody can send here', async () => {
    const lab = await open({ estate: world(policy('', '<validate-client-certificate />')) });
    expect((await call(lab, '/free/things')).json).toEqual({ statusCode: 401, message: 'Invalid client certificate' });
  });
});

describe('limits', () => {
  const product = [
    ...api('echo'),
    { id: 'products/p', properties: { displayName: 'P' } },
    { id: 'products/p/apis/echo' },
    subscription('a', '/products/p'),
    subscription('b', '/products/p'),
    subscription('all', '/apis'),
  ];
  it('counts the calls of each subscription, says how long to wait, and forgets', async () => {
    const limit = policy('products/p/', '<base /><rate-limit calls="2" renewal-period="30" />');
    const lab = await open({ estate: world(...product, limit) });
    const ask = (key: string) => call(lab, '/echo/things', { headers: { 'Ocp-Apim-Subscription-Key': key } });
    expect([(await ask('a-1')).status, (await ask('a-2')).status]).toEqual([200, 200]);
    lab.advance(10_000);
    const answer = await ask('a-1');
    const wait = Number(answer.headers['retry-after']);
    expect([answer.status, answer.reason, wait > 0 && wait <= 20]).toEqual([429, 'Too Many Requests', true]);
    expect(answer.text).toBe(`{ "statusCode": 429, "message": "Rate limit is exceeded. Try again in ${wait} seconds." }`);
    expect([(await ask('b-1')).status, (await ask('all-1')).status]).toEqual([200, 200]);
    lab.advance(20_000);
    expect((await ask('a-1')).status).toBe(200);
  });
  it('counts by a key of its own, and only what a condition lets count', async () => {
    const statement =
      '<rate-limit-by-key calls="1" renewal-period="60" counter-key="@(context.Request.Headers.GetValueOrDefault("X-Shop","none"))" increment-condition="@(context.Response.StatusCode == 200)" />';
    const lab = await open({ estate: world(policy('apis/free/', statement)) });
    const ask = async (shop: string): Promise<number> => (await call(lab, '/free/things', { headers: { 'x-shop': shop } })).status;
    expect([await ask('one'), await ask('one'), await ask('two'), await ask('one')]).toEqual([200, 429, 200, 429]);
  });
  it.each([
    ['<quota calls="1" renewal-period="604800" />', /^Out of call volume quota\. Quota will be replenished in 6\.2\d:\d\d:\d\d\.$/],
    ['<quota bandwidth="0" renewal-period="3600" />', /^Out of bandwidth quota\. Quota will be replenished in 00:5\d:\d\d\.$/],
  ])('%s', async (statement, message) => {
    const lab = await open({ estate: world(policy('apis/free/', statement)) });
    await call(lab, '/free/things');
    lab.advance(60_000);
    const answer = await call(lab, '/free/things');
    expect([answer.status, answer.reason]).toEqual([403, 'Forbidden']);
    expect(answer.json.message).toMatch(message);
  });
});

describe('conditions', () => {
  const choose = (condition: string) =>
    `<choose><when condition="@(${condition})"><return-response><set-status code="401" reason="No" /><set-header name="WWW-Authenticate"><value>Bearer realm="x"</value></set-header><set-body>{"error":"no shop"}</set-body></return-response></when></choose>`;
  it.each([
    ['context.Request.Headers.GetValueOrDefault("X-Shop","") == "north"', true],
    ['context.Request.Headers.GetValueOrDefault("X-Shop","") != "north"', false],
    ['context.Request.Headers.ContainsKey("x-shop")', true],
    ['!context.Request.Headers.ContainsKey("x-shop")', false],
    ['context.Subscription == null && context.Product == null', true],
    ['context.Subscription != null || false', false],
    ['true', true],
    ['context.Api.Id == "free" && context.Operation.Method == "GET"', true],
    ['context.Request.Headers.GetValueOrDefault("X-Shop").ToUpper().StartsWith("NO")', true],
    ['string.IsNullOrEmpty(context.Request.Headers.GetValueOrDefault("Nothing",""))', true],
    ['context.Request.Url.Query.GetValueOrDefault("q","") == "1"', true],
    ['context.Request.Certificate == null', true],
    ['((string)context.Variables["seen"]).Contains("or")', true],
    ['context.Request.Body.As<JObject>()["a"] == null', false],
    ['SomethingElse.Entirely()', false],
    ['"unclosed', false],
  ])('%s: %s', async (condition, holds) => {
    const set = '<set-variable name="seen" value="@(context.Request.Headers.GetValueOrDefault("X-Shop",""))" />';
    const lab = await open({ estate: world(policy('apis/free/', `${set}${choose(condition)}`)) });
    const answer = await call(lab, '/free/things?q=1', { headers: { 'x-shop': 'north' } });
    expect(answer.status).toBe(holds ? 401 : 200);
    if (holds)
      expect([answer.reason, answer.headers['www-authenticate'], answer.text]).toEqual(['No', 'Bearer realm="x"', '{"error":"no shop"}']);
  });
  it('takes otherwise when nothing holds', async () => {
    const statement =
      '<choose><when condition="@(false)"><return-response /></when><otherwise><return-response><set-status code="204" reason="Done" /></return-response></otherwise></choose>';
    const lab = await open({ estate: world(policy('apis/free/', statement)) });
    expect((await call(lab, '/free/things')).status).toBe(204);
  });
});

describe('scopes', () => {
  const say = (what: string) => `<set-header name="x-way" exists-action="append"><value>${what}</value></set-header>`;
  const all = (base: string) => [
    policy('', say('service')),
    policy('products/p/', `${base}${say('product')}`),
    policy('apis/echo/', `${say('api')}${base}`),
    policy('apis/echo/operations/get/', `<include-fragment fragment-id="Shared" />${base}`),
    { id: 'policyFragments/shared', properties: { format: 'rawxml', value: `<fragment>${say('fragment')}</fragment>` } },
    ...api('echo'),
    { id: 'products/p', properties: { displayName: 'P' } },
    { id: 'products/p/apis/echo' },
    subscription('s', '/products/p'),
    subscription('all', '/apis'),
  ];
  it.each([
    ['<base />', 's-1', 'fragment,api,service,product'],
    ['<base />', 'all-1', 'fragment,api,service'],
    ['', 's-1', 'fragment'],
  ])('joined by "%s" for the key %s', async (base, key, way) => {
    const lab = await open({ estate: world(...all(base)) });
    const answer = await call(lab, '/echo/things', { headers: { 'Ocp-Apim-Subscription-Key': key } });
    expect(answer.json.headers['x-way']).toBe(way);
  });
  it('knows the workspace between product and service', async () => {
    const lab = await open({
      estate: world(
        policy('', say('service')),
        policy('workspaces/w/', `<base />${say('workspace')}`),
        { id: 'workspaces/w', properties: { displayName: 'W' } },
        { id: 'workspaces/w/apis/team', properties: { displayName: 'Team', path: 'team', subscriptionRequired: false } },
        { id: 'workspaces/w/apis/team/operations/get', properties: { displayName: 'Get', method: 'GET', urlTemplate: '/things' } },
      ),
    });
    expect((await call(lab, '/team/things')).json.headers['x-way']).toBe('service,workspace');
  });
  it('ends at a section that is left out', async () => {
    const above = policy('', '<base />', '<on-error><set-status code="418" reason="Teapot" /></on-error>');
    const without = policy('apis/free/', '<base /><check-header name="x" failed-check-httpcode="401" failed-check-error-message="No" />');
    const lab = await open({ estate: world(above, without) });
    expect((await call(lab, '/free/things')).status).toBe(401);
  });
  it('ignores a document that is no XML', async () => {
    const lab = await open({ estate: world(policy('', say('service')), policy('apis/free/', '<unclosed>')) });
    expect((await call(lab, '/free/things')).json.headers['x-way']).toBe('service');
  });
});

describe('the key on its way to the backend', () => {
  const key = { headers: { 'Ocp-Apim-Subscription-Key': 'all-access-1' } };
  const own = [...api('echo'), subscription('all-access', '/apis')];
  it('goes along, and the echo shows that without giving it away', async () => {
    const lab = await open({ estate: world(...own) });
    expect((await call(lab, '/echo/things', key)).json.headers['ocp-apim-subscription-key']).toBe('all-…');
  });
  it('stays here when a policy deletes it', async () => {
    const lab = await open({
      estate: world(...own, policy('apis/echo/', '<set-header name="Ocp-Apim-Subscription-Key" exists-action="delete" />')),
    });
    expect((await call(lab, '/echo/things', key)).json.headers).not.toHaveProperty('ocp-apim-subscription-key');
  });
  it('is checked before any policy runs', async () => {
    const late = '<set-header name="Ocp-Apim-Subscription-Key" exists-action="override"><value>all-access-1</value></set-header>';
    const lab = await open({ estate: world(...own, policy('apis/echo/', late)) });
    expect((await call(lab, '/echo/things')).headers['content-length']).toBe('152');
  });
});

describe('on-error', () => {
  const rewrite = (condition: string) => `<on-error><choose><when condition="@(${condition})"><return-response>
      <set-status code="200" reason="OK" /><set-body>{"StatusCode":401,"message":"Access denied."}</set-body></return-response></when></choose></on-error>`;
  it.each([
    ['context.LastError.Reason == "SubscriptionKeyNotFound"', {}, 200],
    ['context.LastError.Reason == "SubscriptionKeyNotFound"', { 'Ocp-Apim-Subscription-Key': 'no' }, 401],
    ['context.LastError.Source == "authorization"', { 'Ocp-Apim-Subscription-Key': 'no' }, 200],
  ])('rewrites the answer of the key check when %s, %j', async (condition, headers, status) => {
    const lab = await open({ estate: world(...api('echo'), policy('apis/echo/', '<base />', rewrite(condition))) });
    const answer = await call(lab, '/echo/things', { headers });
    expect(answer.status).toBe(status);
    expect(answer.headers['www-authenticate'] === undefined).toBe(status === 200);
    if (status === 200) expect(answer.json.StatusCode).toBe(401);
  });
  it('works on the answer that is there', async () => {
    const more =
      '<on-error><set-status code="418" reason="Teapot" /><set-header name="x-why"><value>@(context.LastError.Reason)</value></set-header></on-error>';
    const lab = await open({ estate: world(policy('', '<validate-jwt header-name="Authorization" />', more)) });
    const answer = await call(lab, '/free/things');
    expect([answer.status, answer.headers['x-why'], answer.json.message]).toEqual([418, 'TokenNotPresent', 'JWT not present.']);
  });
});

describe('cors', () => {
  const statement =
    '<cors><allowed-origins><origin>https://shop.example</origin></allowed-origins><allowed-methods><method>GET</method></allowed-methods><allowed-headers><header>*</header></allowed-headers></cors>';
  const ask = { origin: 'https://shop.example', 'access-control-request-method': 'GET', 'access-control-request-headers': 'x-api-key' };
  it('answers the preflight of an API that wants a key, and lets no key through without one', async () => {
    const lab = await open({ estate: world(...api('echo'), policy('apis/echo/', statement)) });
    const answer = await call(lab, '/echo/things', { method: 'OPTIONS', headers: ask });
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': 'https://shop.example',
      'access-control-allow-methods': 'GET',
      'access-control-allow-headers': 'x-api-key',
    });
    const refused = await call(lab, '/echo/things', { headers: { origin: 'https://shop.example' } });
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([401, undefined]);
  });
  it('gives a page of another origin nothing', async () => {
    const lab = await open({ estate: world(policy('apis/free/', statement)) });
    const headers = { ...ask, origin: 'https://elsewhere.example' };
    const answer = await call(lab, '/free/things', { method: 'OPTIONS', headers });
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([200, undefined]);
  });
  it('is not known at the scope of a product that needs a key', async () => {
    const product = [{ id: 'products/p', properties: { displayName: 'P' } }, { id: 'products/p/apis/echo' }];
    const lab = await open({ estate: world(...api('echo'), ...product, policy('products/p/', statement)) });
    expect((await call(lab, '/echo/things', { method: 'OPTIONS', headers: ask })).status).toBe(404);
  });
});
