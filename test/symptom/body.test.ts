import { read, someKey } from './paste.ts';

it('keeps the words of a body that no list knows', () => {
  const { symptom } = read(
    '> GET /echo/resource HTTP/1.1',
    '> Host: contoso.azure-api.net',
    '>',
    '< HTTP/1.1 401 Unauthorized',
    '< Date: Fri, 20 Nov 2026 08:59:12 GMT',
    '<',
    '{ "reason": "no seat on this boat" }',
  );
  expect(symptom.body).toBe('{ "reason": "no seat on this boat" }');
});

it('keeps no secret of it', () => {
  const { symptom } = read('HTTP/1.1 401 Unauthorized', 'Content-Type: text/plain', '', `You sent api-key=${someKey}, go away`);
  expect(symptom.body).toContain('go away');
  expect(JSON.stringify(symptom)).not.toContain(someKey);
});

it.each([
  ['only headers', ['HTTP/1.1 401 Unauthorized', 'Date: Fri, 20 Nov 2026 08:59:12 GMT']],
  ['words', ['we get a 401 from contoso.azure-api.net']],
])('has none where the paste shows %s', (_, lines) => {
  expect(read(...lines).symptom).not.toHaveProperty('body');
});
