import type { Scenario } from '../contract.ts';

const policy =
  '<policies><inbound><base /><validate-jwt header-name="Authorization"><openid-config url="https://login.microsoftonline.com/contoso.example/v2.0/.well-known/openid-configuration" /></validate-jwt></inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>';
const checked = { 'apis/echo/policies/policy': { properties: { format: 'rawxml', value: policy } } };
const open = { 'products/starter': { properties: { subscriptionRequired: false } } };
const noToken = [
  '> GET /echo/resource HTTP/1.1',
  '> Host: contoso.azure-api.net',
  '> Accept: */*',
  '>',
  '< HTTP/1.1 401 Unauthorized',
  '< Content-Type: application/json',
  '<',
  '{ "statusCode": 401, "message": "JWT not present." }',
].join('\n');

export const scenarios: readonly Scenario[] = [
  {
    name: 'an open product contains an API whose policy asks for a token',
    paste: noToken,
    given: { ...checked, ...open },
    expect: { confirmed: ['open-product-behind-token-policy', 'token-not-sent'] },
    fix: null,
  },
  {
    name: 'the healthy twin: the product needs a key, so nobody takes it for open',
    paste: noToken,
    given: checked,
    expect: { confirmed: ['token-not-sent'] },
  },
];
