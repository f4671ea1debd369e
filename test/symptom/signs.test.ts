// The faults that a paste names in its own words, with the line where it does; ordinary texts name none.
import { read } from './paste.ts';

function signs(...lines: readonly string[]): readonly string[] {
  return (read(...lines).symptom.signs ?? []).map(({ sign, line }) => `${sign} ${line}`);
}

it.each([
  ['relative-server', ['{"openapi": "3.0.1",', '"servers": [{ "url": "/api/v1" }]}']],
  ['relative-server', ['openapi: "3.0.0"', 'servers:', '- url: ../v2']],
  ['duplicate-operation', ['swagger: "2.0"', 'operationId: list', 'operationId: list']],
  ['cookie-parameter', ['openapi: 3.1.0', 'parameters:', '  - in: cookie', '    name: session']],
  ['duplicate-signature', ['Importing API has duplicate signature operations: 2 operations']],
  ['said-cookie-parameter', ['Import failed: cookie parameters are not supported']],
  ['tier-refused', ['{"error":{"code":"MethodNotAllowedInPricingTier","message":"Method not allowed in Consumption pricing tier"}}']],
  ['provisioning', ['the service has been stuck in the state Updating since noon']],
  ['portal-blank', ['The developer portal only shows a white page']],
  ['portal-unpublished', ["the portal hasn't been published yet"]],
  ['caller-ip', ['"reason": "CallerIpBlocked"']],
  ['backend-unreachable', ['Reason: BackendConnectionFailure']],
  ['ai-keys-disabled', ['Code: AuthenticationTypeDisabled']],
  ['ai-network', ['Public access is disabled. Please configure private endpoint.']],
  ['ai-401001', ['{"error":{"code":401001,"message":"no"}}']],
  ['arm-refused', ["The client 'c' does not have authorization to perform action 'a/read' over scope '/s'"]],
])('%s', (sign, lines) => {
  expect(signs(...lines).map((one) => one.split(' ')[0])).toContain(sign);
});

it('names the line where it stands', () => {
  expect(signs('hello', '', '{ "statusCode": 429, "message": "Rate limit is exceeded. Try again in 3 seconds." }')).toEqual([
    'rate-limit 3',
  ]);
});

it.each([
  ['an absolute server URL', ['openapi: 3.0.1', 'servers:', '  - url: https://backend.example/api']],
  ['a server URL of variables', ['openapi: 3.0.1', 'servers:', '  - url: "{scheme}://{host}/api"']],
  ['a key in a cookie, which is a way to sign in', ['openapi: 3.0.1', 'securitySchemes:', '  sid:', '    type: apiKey', '    in: cookie']],
  ['two operations with ids of their own', ['openapi: 3.0.1', 'operationId: list', 'operationId: listAll']],
  ['a relative URL outside any OpenAPI document', ['servers:', '  - url: /api']],
  ['small talk', ['good morning, could you publish the rota? the deployment was fine']],
])('finds nothing in %s', (_, lines) => {
  expect(signs(...lines)).toEqual([]);
});

it('quotes no secret with them', () => {
  const key = '5a0c'.repeat(8);
  const { symptom } = read(`AuthenticationTypeDisabled api-key: ${key}`, `Rate limit is exceeded for Ocp-Apim-Subscription-Key: ${key}`);
  expect(symptom.signs?.length).toBe(2);
  expect(JSON.stringify(symptom)).not.toContain(key.slice(4));
});
