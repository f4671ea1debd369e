import { publicSymptom } from '../../src/symptom/public-form.ts';
import { invalid, missing, read } from './paste.ts';

const challenge =
  'WWW-Authenticate: AzureApiManagementKey realm="https://contoso.azure-api.net/echo",name="Ocp-Apim-Subscription-Key",type="header"';

it('reads the whole of curl -v', () => {
  const { symptom } = read(
    '* Connected to contoso.azure-api.net (203.0.113.7) port 443',
    '> POST /echo/resource?x=1 HTTP/1.1',
    '> Host: contoso.azure-api.net',
    '> Accept: */*',
    '>',
    '< HTTP/1.1 401 Access Denied',
    '< Content-Length: 152',
    `< ${challenge}`,
    '< Date: Fri, 20 Nov 2026 08:59:12 GMT',
    '<',
    `${missing}* Connection #0 to host contoso.azure-api.net left intact`,
  );

  expect(symptom).toMatchObject({
    layer: 'gateway-subscription',
    code: 'key-missing',
    status: 401,
    host: 'contoso.azure-api.net',
    apiPath: '/echo',
    urlPath: '/echo/resource',
    headerName: 'Ocp-Apim-Subscription-Key',
    method: 'POST',
    requestSeen: true,
    requestHeaders: ['host', 'accept'],
    date: '2026-11-20T08:59:12.000Z',
    contentLength: 152,
    bodySeen: true,
    seen: { status: { line: 6 }, challenge: { line: 8 }, message: { line: 11 } },
  });
});

it('points into the paste as it was given, also when entities and escapes hide line breaks', () => {
  const { symptom } = read(
    'hello',
    '&gt; I tried it',
    `the log says {"body":"HTTP/1.1 401 Access Denied\\r\\n${challenge.replaceAll('"', '\\"')}"}`,
  );

  expect(symptom).toMatchObject({ status: 401, apiPath: '/echo', seen: { status: { line: 3 }, challenge: { line: 3 } } });
});

it('does not call the request seen when only an answer is shown', () => {
  expect(read('HTTP/1.1 401 Access Denied', challenge, '', missing).symptom).toMatchObject({
    requestSeen: false,
    requestHeaders: [],
    method: null,
    url: null,
  });
});

it('knows a body that is there, one that is certainly not, and one that was not pasted', () => {
  expect(read('HTTP/1.1 401 Access Denied', '', missing).symptom.bodySeen).toBe(true);
  expect(read('HTTP/1.1 401 Unauthorized', 'Content-Length: 0').symptom.bodySeen).toBe(true);
  expect(read('HTTP/1.1 401 Access Denied', challenge).symptom.bodySeen).toBe(false);
});

it('lets the first 401 lead and keeps the other answers', () => {
  const { symptom } = read(
    'curl -i https://contoso.azure-api.net/one',
    'HTTP/1.1 200 OK',
    '',
    'fine',
    'curl -i https://contoso.azure-api.net/two',
    'HTTP/1.1 401 Access Denied',
    '',
    invalid,
    'curl -i https://contoso.azure-api.net/three',
    'HTTP/1.1 404 Resource Not Found',
    '',
    '{ "statusCode": 404, "message": "Resource not found" }',
  );

  expect(symptom).toMatchObject({ code: 'key-invalid', apiPath: '/two' });
  expect(symptom.others).toMatchObject([
    { layer: 'not-a-401', code: 'other', status: 200, apiPath: '/one', others: [] },
    { layer: 'not-a-401', code: 'not-found', status: 404, apiPath: '/three', others: [] },
  ]);
});

it('takes bodies one after the other for answers, a body inside a body for one, and a repetition for nothing', () => {
  expect(read(missing, invalid).symptom).toMatchObject({ code: 'key-missing', others: [{ code: 'key-invalid' }] });
  expect(read(`{"statusCode":500,"message":"upstream said ${invalid.replaceAll('"', '\\"')}"}`).symptom).toMatchObject({
    code: 'key-invalid',
    status: 401,
    others: [],
  });
  expect(read(invalid, 'During handling of the above exception:', invalid).symptom.others).toEqual([]);
});

it('reads what a log row and a trace know', () => {
  expect(read('LastErrorSource: validate-jwt', 'LastErrorReason: TokenExpired', 'responseCode: 401').symptom).toMatchObject({
    layer: 'gateway-jwt',
    code: 'jwt-expired',
    lastError: { source: 'validate-jwt', reason: 'TokenExpired' },
  });
});

it.each([
  ['the Test tab of the portal shows 401', 'console'],
  ['net::ERR_ABORTED 401 (Access Denied) in Chrome', 'browser'],
  ['the MCP server answers 401', 'mcp'],
  ['Operation is not allowed in the current product state', 'portal'],
  ['our batch job got 401', null],
])('hears which client it was: %s', (words, client) => {
  expect(read(words).symptom.client).toBe(client);
});

it('answers for text that is none: nothing is claimed, nothing is thrown', () => {
  for (const text of ['', ' \n\t ', 'hi', '\0\u0001\ufffd\ud800', '@Locksmith', '{'.repeat(50), '\u202e401']) {
    const { symptom, preferredKey } = read(text);
    expect([symptom.host, symptom.apiPath, preferredKey]).toEqual([null, null, null]);
  }
  expect(read('good morning').symptom).toMatchObject({ layer: 'not-a-401', code: 'other', status: null });
});

it('is public in the form of the contract, without fingerprints', () => {
  const { symptom } = read('curl https://contoso.azure-api.net/echo -H "api-key: 4f2a0000"', invalid);

  expect(publicSymptom(symptom)).toMatchObject({
    layer: 'gateway-subscription',
    code: 'key-invalid',
    status: 401,
    host: 'contoso.azure-api.net',
    apiPath: '/echo',
    headerName: null,
    method: 'GET',
    url: 'https://contoso.azure-api.net/echo',
    keys: [{ shown: '4f2a…', where: 'header' }],
  });
  expect(publicSymptom(symptom)).not.toHaveProperty('others');
  expect(JSON.stringify(publicSymptom(symptom))).not.toContain(symptom.keys[0]?.fingerprint);
});

it('understands a refusal that was cut off anywhere after its first telling letters', () => {
  for (const [body, code, telling] of [
    [missing, 'key-missing', 'Access denied due to m'],
    [invalid, 'key-invalid', 'Access denied due to i'],
  ] as const) {
    for (let length = body.indexOf(telling) + telling.length; length < body.length; length += 1) {
      expect([length, read(body.slice(0, length)).symptom]).toMatchObject([length, { layer: 'gateway-subscription', code, status: 401 }]);
    }
    const second = body.slice(body.indexOf('Make sure to'));
    expect(read(`…${second}`).symptom).toMatchObject({ layer: 'gateway-subscription', code, status: null });
  }
});

it('keeps the short value of a header that is named as a version, and of no other', () => {
  const { symptom } = read(
    `$ curl -H 'X-Version: v2' -H 'X-Pin: 1234' -H 'Api-Ver: 2024-01-01' https://contoso.azure-api.net/sales/orders`,
    'HTTP/1.1 401 Access Denied',
    invalid,
  );

  expect(symptom.versionHeaders).toEqual({ 'x-version': 'v2', 'api-ver': '2024-01-01' });
});
