import { isKeyName, redact } from '../../src/symptom/redact.ts';

const hex = '4f2a00001111222233334444deadbeef';
const long = 'Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv1Wx2Yz3Ab4Cd5Ef6Gh7Ij8Kl9Mn0Op1Qr2St3Uv4Wx5Yz6Ab7Cd8';

it.each([
  ['a subscription key', `it is ${hex}.`, 'it is 4f2a….'],
  ['a key in capitals', hex.toUpperCase(), '4F2A…'],
  ['a key under its header', `Ocp-Apim-Subscription-Key: ${hex}`, 'Ocp-Apim-Subscription-Key: 4f2a…'],
  ['a key of a form of its own', 'api-key: Winter-in-Bergen', 'api-key: Wint…'],
  ['a key in a JSON header', '{"x-api-key":"summer77"}', '{"x-api-key":"summ…"}'],
  ['a key in a query', `https://h.example/p?a=1&subscription-key=${hex}&b=2`, 'https://h.example/p?a=1&subscription-key=4f2a…&b=2'],
  ['a key in a cookie', 'Cookie: theme=dark; subscription-key=summer77', 'Cookie: theme=dark; subscription-key=summ…'],
  ['a password in a URL', 'https://me:hunter22@h.example/', 'https://me:…@h.example/'],
  ['a password of curl', 'curl -u me:hunter22 https://h.example/', 'curl -u me:… https://h.example/'],
  ['a function key', 'https://h.example/api?code=AbCd-_1234==', 'https://h.example/api?code=AbCd…'],
  ['a signature', 'https://h.example/?sv=2020&sig=AbC%2Fdef%3D', 'https://h.example/?sv=2020&sig=AbC%…'],
  ['a bearer token', 'Authorization: Bearer abcdef0123456789', 'Authorization: Bearer abcd…'],
  ['basic credentials', 'Authorization: Basic dXNlcjpwYXNzd29yZDEy', 'Authorization: Basic dXNl…'],
  ['a JWT', 'x eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl y', 'x eyJh… y'],
  ['an OpenAI key', 'sk-proj-abcdefghijklmnop', 'sk-p…'],
  ['an Azure OpenAI key', long.slice(0, 84), 'Ab1C…'],
  ['a storage key', `AccountName=a;AccountKey=${long.slice(0, 86)}==;EndpointSuffix=x`, 'AccountName=a;AccountKey=Ab1C…;EndpointSuffix=x'],
  ['keys of listSecrets', `{"primaryKey":"${hex}","secondaryKey":"${hex}"}`, '{"primaryKey":"4f2a…","secondaryKey":"4f2a…"}'],
])('masks %s', (_, text, masked) => {
  expect(redact(text)).toBe(masked);
  expect(redact(masked)).toBe(masked);
});

it.each([
  ['x-ms-request-id: 50b0a66a-f903-4596-b61f-7ae7da784988'],
  ['ETag: "AAAAAAAAFrc="'],
  ['/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg-weu/providers/Microsoft.ApiManagement/service/contoso/apis/echo'],
  ['Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.'],
  ['WWW-Authenticate: AzureApiManagementKey realm="https://contoso.azure-api.net/echo",name="Ocp-Apim-Subscription-Key",type="header"'],
  ['WWW-Authenticate: Bearer error="invalid_token", error_description="The token expired"'],
  ['https://contoso.azure-api.net/echo/resource?page=2&api-version=2024-06-01'],
  ['SessionId: 0123456789abcdef0123456789abcdef'],
  ['the subscription key: is it the one from the portal?'],
  ['Microsoft.CognitiveServices/accounts/OpenAI/deployments/chat/completions/action'],
])('leaves readable: %s', (text) => {
  expect(redact(text)).toBe(text);
});

it('knows names that carry a credential', () => {
  expect(
    ['Ocp-Apim-Subscription-Key', 'x-api-key', 'X-Functions-Key', 'Authorization', 'client_secret', 'sig'].filter(
      (name) => !isKeyName(name),
    ),
  ).toEqual([]);
  expect(['Content-Type', 'Idempotency-Key', 'x-request-id', 'partitionKey', 'name'].filter(isKeyName)).toEqual([]);
});
