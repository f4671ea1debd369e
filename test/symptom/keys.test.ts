import { hash, invalid, missing, read, someKey } from './paste.ts';

describe('the key in the request', () => {
  it.each([
    ['curl', `curl https://contoso.azure-api.net/echo -H "Ocp-Apim-Subscription-Key: ${someKey}"`, 'Ocp-Apim-Subscription-Key'],
    ['curl with --header and single quotes', `curl --header 'x-api-key: ${someKey}' https://contoso.azure-api.net/echo`, 'x-api-key'],
    ['raw HTTP', `GET /echo HTTP/1.1\nHost: contoso.azure-api.net\napi-key: ${someKey}`, 'api-key'],
    ['curl -v', `> GET /echo HTTP/2\n> Host: contoso.azure-api.net\n> Subscription-Key: ${someKey}\n>`, 'Subscription-Key'],
    ['PowerShell', `irm -Uri 'https://contoso.azure-api.net/echo' -Headers @{ 'X-Functions-Key' = '${someKey}' }`, 'X-Functions-Key'],
    ['Python', `requests.get("https://contoso.azure-api.net/echo", headers={'api-key': '${someKey}'})`, 'api-key'],
    ['.NET', `client.DefaultRequestHeaders.Add("Ocp-Apim-Subscription-Key", "${someKey}");`, 'Ocp-Apim-Subscription-Key'],
    ['HTTPie', `http GET https://contoso.azure-api.net/echo Ocp-Apim-Subscription-Key:${someKey}`, 'Ocp-Apim-Subscription-Key'],
    ['a HAR', `"request":{"url":"https://contoso.azure-api.net/echo","headers":[{"name":"api-key","value":"${someKey}"}]}`, 'api-key'],
    ['smart quotes', `curl https://contoso.azure-api.net/echo –H “Ocp-Apim-Subscription-Key: ${someKey}”`, 'Ocp-Apim-Subscription-Key'],
  ])('is found in %s', (_, request, name) => {
    const { symptom, preferredKey } = read(request, invalid);

    expect(symptom.keys).toHaveLength(1);
    expect(preferredKey).toMatchObject({
      shown: '4f2a…',
      where: 'header',
      name,
      form: 'hex32',
      partial: false,
      length: 32,
      fingerprint: hash(someKey),
    });
  });

  it('is found in the query, and masked in the URL', () => {
    const { symptom, preferredKey } = read(`curl "https://contoso.azure-api.net/echo?a=1&subscription-key=${someKey}"`, invalid);

    expect(preferredKey).toMatchObject({ where: 'query', name: 'subscription-key', fingerprint: hash(someKey) });
    expect(symptom).toMatchObject({
      url: 'https://contoso.azure-api.net/echo?a=1&subscription-key=4f2a…',
      queryNames: ['a', 'subscription-key'],
    });
  });

  it('is found under the name that the challenge gives, whatever that is', () => {
    const { preferredKey } = read(
      'GET /stock HTTP/1.1',
      'Host: contoso.azure-api.net',
      'api-key: 1111222233334444',
      `X-Warehouse-Pass: ${someKey}`,
      '',
      'HTTP/1.1 401 Access Denied',
      'WWW-Authenticate: AzureApiManagementKey realm="https://contoso.azure-api.net/stock",name="X-Warehouse-Pass",type="header"',
    );

    expect(preferredKey).toMatchObject({ name: 'X-Warehouse-Pass', fingerprint: hash(someKey) });
  });

  it('goes before a key that is told in words', () => {
    const { symptom, preferredKey } = read(
      'Our key starts with 9b1c',
      `curl https://contoso.azure-api.net/echo -H "api-key: ${someKey}"`,
      invalid,
    );

    expect(symptom.keys.map((key) => key.where)).toEqual(['prose', 'header']);
    expect(preferredKey).toMatchObject({ shown: '4f2a…' });
  });

  it('that was sent in a body or a cookie keeps its name but stands in neither header nor query', () => {
    const body = read(`curl https://contoso.azure-api.net/echo -d '{"subscription-key":"${someKey}"}'`, missing);
    const cookie = read(`curl https://contoso.azure-api.net/echo -H 'Cookie: subscription-key=${someKey}'`, missing);

    expect(body.preferredKey).toMatchObject({ where: 'prose', name: 'subscription-key' });
    expect(cookie.preferredKey).toMatchObject({ where: 'prose', name: 'Cookie' });
    expect(body.symptom.requestHeaders).toEqual([]);
  });

  it.each([['[key1]'], ['<your key>'], ['{{key}}'], ['$KEY'], ['${KEY}'], ['***'], ['YOUR_API_KEY'], ['xxxxxxxxxxxxxxxx']])(
    'is not the placeholder %s',
    (placeholder) => {
      expect(read(`curl https://contoso.azure-api.net/echo -H "Ocp-Apim-Subscription-Key: ${placeholder}"`, invalid).symptom.keys).toEqual(
        [],
      );
    },
  );

  it.each([
    ['undefined', 'word'],
    ['null', 'word'],
    [`"${someKey}"`, 'quoted'],
    [`${someKey},${someKey}`, 'several'],
    ['{{key}}', 'template'],
  ])('that was sent as %s says what went wrong', (value, flaw) => {
    const { preferredKey } = read(
      '> GET /echo HTTP/1.1',
      '> Host: contoso.azure-api.net',
      `> Ocp-Apim-Subscription-Key: ${value}`,
      '>',
      '< HTTP/1.1 401 Access Denied',
    );

    expect(preferredKey).toMatchObject({ flaw, fingerprint: hash(value) });
  });
});

describe('a key told in words', () => {
  it.each([
    ['the key starts with 9b1c…'],
    ['key: 9b1c'],
    ['9b1c'],
    ['our subscription key is 9b1c****'],
    ['the first four characters of the key are 9b1c'],
    ['la clé commence par « 9b1c »'],
    ['der Schlüssel beginnt mit 9b1c'],
    ['la clave empieza por 9b1c'],
    ['キーは 9b1c で始まります'],
    ['key (9b1c...c3) was made today'],
  ])('"%s" gives its beginning', (words) => {
    expect(read(words).preferredKey).toMatchObject({
      shown: '9b1c…',
      where: 'prose',
      name: null,
      length: 4,
      partial: true,
      fingerprint: hash('9b1c'),
    });
  });

  it.each([
    ['the key should start with the letters of the product'],
    ['a subscription key ending in 91c0'],
    ['the key to success is planning for 2026'],
    [`SessionId: ${someKey}`],
    [`x-ms-request-id ${someKey}`],
    [`traceparent: 00-${someKey}-4f2a000011112222-01`],
    ['request 50b0a66a-f903-4596-b61f-7ae7da784988'],
    ['we updated the key vault on 2026-11-20 and it returned error 401'],
  ])('is not read out of "%s"', (words) => {
    expect(read(words).symptom.keys).toEqual([]);
  });

  it('may be a whole key by itself', () => {
    expect(read(`please check ${someKey} for me`).preferredKey).toMatchObject({ where: 'prose', form: 'hex32', partial: false });
  });
});

describe('a token', () => {
  const part = (claims: unknown): string => Buffer.from(JSON.stringify(claims)).toString('base64url');
  const token = `${part({ alg: 'RS256', kid: 'k1', nonce: 'n' })}.${part({ aud: 'api://one', iss: 'https://sts.windows.net/t/', azp: 'app', tid: 't', exp: 1795000000, scp: 'a b', roles: ['r'] })}.c2ln`;

  it('is read for its claims, and is no subscription key', () => {
    const { symptom, preferredKey } = read(
      `curl https://contoso.azure-api.net/hr -H "Authorization: Bearer ${token}"`,
      '{"statusCode":401,"message":"Invalid JWT."}',
    );

    expect(symptom.token).toMatchObject({
      line: 1,
      aud: ['api://one'],
      appid: 'app',
      tenant: 't',
      scopes: ['a', 'b'],
      roles: ['r'],
      exp: 1795000000,
      kid: 'k1',
      hasNonce: true,
    });
    expect(symptom.keys).toMatchObject([{ where: 'bearer', form: 'jwt', shown: 'eyJh…' }]);
    expect(preferredKey).toBeNull();
  });

  it('that was cut short is a key without claims', () => {
    expect(read('Authorization: Bearer eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ').symptom).toMatchObject({ token: null, keys: [{ form: 'jwt' }] });
  });
});
