import fc from 'fast-check';
import { parsePaste } from '../../src/symptom/parse-paste.ts';
import { redact } from '../../src/symptom/redact.ts';
import { hash, invalid, missing } from './paste.ts';

const hexKey = fc
  .array(fc.constantFrom(...'0123456789abcdef'), { minLength: 32, maxLength: 32 })
  .map((chars) => `a7${chars.join('').slice(2)}`);
const anyKey = fc.oneof(
  hexKey,
  fc
    .array(fc.constantFrom(...'abcdefghjkmnpqrstuvwyzABCDEFGHJKMNPQRSTUVWYZ23456789-_'), { minLength: 12, maxLength: 60 })
    .map((chars) => `q7${chars.join('')}7q`),
);
const fragments = fc.constantFrom(
  'HTTP/1.1 401 Access Denied',
  '\n',
  '\r\n',
  ' ',
  '> ',
  '< ',
  '"',
  "'",
  '\\"',
  '{',
  '}',
  '[',
  '](',
  'curl -H "',
  'GET /a HTTP/1.1',
  'https://',
  'https://a.azure-api.net/b?key=',
  'Host: x',
  'WWW-Authenticate: AzureApiManagementKey realm="',
  '"statusCode": 401',
  '"message": "',
  invalid,
  missing,
  'key starts with ',
  'Bearer ',
  'eyJhbGciOiJ9.e30.',
  '&quot;',
  '\\u0022',
  '<policies>',
  '<inbound>',
  'Request Headers\n',
  '"request":{',
  '"response":{',
  'LastErrorReason',
  '\ud800',
  '\0',
  '401',
  '`',
  '“',
  '|',
  '\t',
  '…',
  '***',
);

it('never throws and always answers with a known layer, whatever is pasted', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 4, arbitrary: fragments }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) }), {
        maxLength: 60,
      }),
      (parts) => {
        const { symptom } = parsePaste(parts.join(''), hash);
        expect(symptom.apiPath === null || symptom.apiPath.startsWith('/')).toBe(true);
        expect(symptom.host).toBe(symptom.host?.toLowerCase() ?? null);
        expect(symptom.others.every((other) => other.others.length === 0)).toBe(true);
      },
    ),
    { numRuns: 400 },
  );
});

const dressings: readonly ((key: string) => string)[] = [
  (key) => `curl -i https://contoso.azure-api.net/echo -H "Ocp-Apim-Subscription-Key: ${key}"\nHTTP/1.1 401 Access Denied\n\n${invalid}`,
  (key) => `> GET /echo?subscription-key=${key} HTTP/1.1\n> Host: contoso.azure-api.net\n>\n< HTTP/1.1 401 Access Denied`,
  (key) => `GET /echo HTTP/1.1\nHost: contoso.azure-api.net\nX-Own-Key: ${key}\n\n${missing}`,
  (key) => `{"headers":{"api-key":"${key}"},"url":"https://contoso.azure-api.net/echo?api-key=${key}","status":401}`,
  (key) => `Authorization: Bearer ${key}\n${invalid}`,
  (key) => `{"error":{"message":"Incorrect API key provided: ${key}."}} 401`,
  (key) => `-Headers @{ 'Subscription-Key' = '${key}' } gives ${invalid}`,
  (key) => `Ocp-Apim-Subscription-Key: ${key} {"statusCode":401,"message":"the key '${key}' is not known"}`,
];

it('never gives a pasted key back', () => {
  fc.assert(
    fc.property(anyKey, fc.constantFrom(...dressings), (key, dress) => {
      const result = JSON.stringify(parsePaste(dress(key), hash));
      expect(result).not.toContain(key.slice(0, 8));
      expect(result).not.toContain(key.slice(-8));
    }),
    { numRuns: 400 },
  );
});

it('masks a key of the usual form wherever it stands', () => {
  fc.assert(
    fc.property(
      hexKey,
      fc.constantFrom('', ' ', '"', '=', ': ', '/', '(', 'x ', '\n', '「'),
      fc.constantFrom('', ' ', '"', '.', ',', ')', '\n', '」'),
      (key, before, after) => {
        const masked = redact(`${before}${key}${after}`);
        expect(masked).not.toContain(key.slice(0, 8));
        expect(redact(masked)).toBe(masked);
      },
    ),
  );
});

// Time is no measure in a test. What makes a parser superlinear is looking at the same text again and again, and the hasher is the one
// thing that can be counted from outside: twice the keys may cost at most twice the work, up to the stated limit.
it('asks for no more fingerprints than its limit, however many keys are pasted', () => {
  const counted = (times: number): number => {
    let calls = 0;
    parsePaste(
      `Ocp-Apim-Subscription-Key: 4f2a0000111122223333444455556666\n${'x-api-key: 9b1c0000111122223333444455556666 '.repeat(times)}`,
      () => {
        calls += 1;
        return String(calls);
      },
    );
    return calls;
  };

  expect(counted(10_000)).toBe(counted(1_000));
  expect(counted(10_000)).toBeLessThanOrEqual(160);
});
