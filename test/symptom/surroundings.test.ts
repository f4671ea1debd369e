// What stands around an answer: headers of those in between, and words that tell how the call was made.
import { invalid, missing, read } from './paste.ts';

it('keeps what the headers of a content network say, and no others', () => {
  const { symptom } = read(
    'HTTP/1.1 401 Access Denied',
    'Age: 37',
    'X-Cache: TCP_HIT',
    'x-azure-ref: 0abcdef',
    'Set-Cookie: a=b',
    '',
    invalid,
  );
  expect(symptom.edgeHeaders).toEqual({ age: '37', 'x-cache': 'TCP_HIT', 'x-azure-ref': '' });
});

it('takes no field of a body for a header', () => {
  const { symptom } = read('HTTP/1.1 401 Access Denied', '', '{ "statusCode": 401, "message": "the average: 30, storage: 3" }');
  expect(symptom.edgeHeaders).toEqual({});
});

it('tells the host of the realm from the called one', () => {
  const { symptom } = read(
    'GET https://www.contoso.example/echo/resource HTTP/1.1',
    'Host: www.contoso.example',
    '',
    'HTTP/1.1 401 Access Denied',
    'WWW-Authenticate: AzureApiManagementKey realm="https://contoso.azure-api.net/echo",name="Ocp-Apim-Subscription-Key",type="header"',
    '',
    missing,
  );
  expect(symptom).toMatchObject({ host: 'www.contoso.example', realmHost: 'contoso.azure-api.net' });
});

it.each([
  ['our self-hosted gateway in the factory says', 'self-hosted-gateway'],
  ['new WebSocket("wss://contoso.azure-api.net/live")', 'websocket'],
  ['the EventSource never opens', 'event-source'],
  ['I open the link in my browser and get', 'navigation'],
  ['Failed to load resource: the server responded with a status of 401', 'page-resource'],
  ['Access to fetch has been blocked by CORS policy', 'cors'],
  ['we restored the service from a backup yesterday', 'restored-or-moved'],
  ['it fails only in the west region', 'one-region'],
  ['the product is set to no subscription required', 'meant-open'],
  ['openai.AuthenticationError: Error code: 401', 'openai-client'],
])('hears "%s"', (words, what) => {
  const { symptom } = read(words, '', invalid);
  expect(symptom.told).toEqual([{ what, line: 1, text: words }]);
});

it('hears nothing in a plain answer', () => {
  expect(read('HTTP/1.1 401 Access Denied', 'Content-Type: application/json', '', invalid).symptom.told).toEqual([]);
});

it('takes the developer portal for the called host only where a call is shown to go there', () => {
  expect(read('> GET /echo HTTP/1.1', '> Host: contoso.developer.azure-api.net', '>', '< HTTP/1.1 404 Not Found').symptom.host).toBe(
    'contoso.developer.azure-api.net',
  );
  expect(read('see https://contoso.developer.azure-api.net/apis', invalid).symptom.host).toBeNull();
});

it('reads a query parameter with a header name as a query parameter alone', () => {
  const { symptom } = read(
    '> GET /echo?Ocp-Apim-Subscription-Key=4f2a00001111222233334444deadbeef HTTP/1.1',
    '> Host: contoso.azure-api.net',
    '>',
    '< HTTP/1.1 401 Access Denied',
    '<',
    missing,
  );
  expect(symptom.keys).toEqual([expect.objectContaining({ where: 'query', name: 'Ocp-Apim-Subscription-Key', length: 32 })]);
});

it('takes a key in an escaped body for what it is', () => {
  const { symptom } = read(
    'curl -X POST https://contoso.azure-api.net/echo -d "{\\"subscription-key\\":\\"4f2a00001111222233334444deadbeef\\"}"',
    'HTTP/1.1 401 Access Denied',
    missing,
  );
  expect(symptom.keys).toEqual([expect.objectContaining({ where: 'prose', name: 'subscription-key' })]);
});
