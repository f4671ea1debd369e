// Backends, identities, role assignments and refusals that the scenarios of B01 to B12 share. All names and keys are made up.

const azure = '/subscriptions/00000000-0000-4000-8000-000000000001';
const group = `${azure}/resourceGroups/rg`;

/** Object id of the service's own identity. */
export const gatewayIdentity = '00000000-0000-4000-8000-0000000000f1';

/** The service with a system-assigned identity. */
export const withIdentity = {
  '.': { identity: { type: 'SystemAssigned', principalId: gatewayIdentity, tenantId: '00000000-0000-4000-8000-0000000000e1' } },
};

export function openAi(name: string): string {
  return `${group}/providers/Microsoft.CognitiveServices/accounts/${name}`;
}

/** The Echo API at an Azure OpenAI resource of its own. */
export function echoAt(url: string): Readonly<Record<string, unknown>> {
  return { 'apis/echo': { properties: { serviceUrl: url } } };
}

export const echoAtOpenAi = echoAt('https://chat-east.openai.azure.com/openai');

/** A policy with these inbound statements after `<base />`. */
export function inbound(...statements: readonly string[]): { readonly properties: { readonly format: string; readonly value: string } } {
  const sections = '<backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error>';
  const value = `<policies>\n<inbound>\n<base />\n${statements.join('\n')}\n</inbound>${sections}</policies>`;
  return { properties: { format: 'rawxml', value } };
}

/** The policy of the Echo API. */
export function echoPolicy(...statements: readonly string[]): Readonly<Record<string, unknown>> {
  return { 'apis/echo/policies/policy': inbound(...statements) };
}

export const identityForAi = '<authentication-managed-identity resource="https://cognitiveservices.azure.com" />';

/** An assignment of a built-in role. `scope` is an ARM id. */
export function assignment(scope: string, role: string, more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  const guid = role === openAiUser ? '1' : '2';
  return {
    [`${scope}/providers/Microsoft.Authorization/roleAssignments/00000000-0000-4000-8000-00000000000${guid}`]: {
      properties: {
        roleDefinitionId: `${azure}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
        principalId: gatewayIdentity,
        principalType: 'ServicePrincipal',
      },
      ...more,
    },
  };
}

export const openAiUser = '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd';
export const reader = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
export const resourceGroup = group;

/** An answer through the gateway: curl -v of a call with the right key. */
export function throughGateway(answer: readonly string[], request: readonly string[] = []): string {
  const sent = [
    'GET /echo/resource HTTP/1.1',
    'Host: contoso.azure-api.net',
    'Ocp-Apim-Subscription-Key: {key:mobile-app}',
    ...request,
    '',
  ];
  const [body = '', ...headers] = answer;
  return [...sent.map((line) => `> ${line}`), '< HTTP/1.1 401 Unauthorized', ...headers.map((line) => `< ${line}`), '<', body].join('\n');
}

export const aiKeyRefused = throughGateway([
  '{"error":{"code":"401","message":"Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource."}}',
  'Content-Type: application/json',
]);

export const aiRoleMissing = throughGateway([
  '{"error":{"code":"PermissionDenied","message":"Principal does not have access to API/Operation."}}',
  'Content-Type: application/json',
]);

export const aiTokenRefused = throughGateway([
  '{"statusCode":401,"message":"Unauthorized. Access token is missing, invalid, audience is incorrect (https://cognitiveservices.azure.com), or have expired."}',
  'Content-Type: application/json',
]);

/** A 401 of a backend without a body, as Azure Functions sends it. */
export const emptyRefusal = throughGateway(['', 'Content-Length: 0']);
