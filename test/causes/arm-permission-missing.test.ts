// A refusal that somebody pastes is answered with the role that is missing, as far as ARM's message tells the action.
import { createHash } from 'node:crypto';
import { rule } from '../../src/causes/arm-permission-missing/rule.ts';
import { parsePaste } from '../../src/symptom/parse-paste.ts';

it.each([
  ['Microsoft.ApiManagement/service/subscriptions/listSecrets/action', 'API Management Service Contributor'],
  ['Microsoft.ApiManagement/service/apis/read', 'API Management Service Reader Role'],
  ['Microsoft.ApiManagement/service/products/apis/write', 'API Management Service Contributor'],
  ['Microsoft.CognitiveServices/accounts/listKeys/action', 'Cognitive Services User'],
  ['Microsoft.Network/virtualNetworks/read', 'list of built-in roles'],
])('names the role for %s', (action, role) => {
  const paste = `{"error":{"code":"AuthorizationFailed","message":"The client 'x' with object id 'x' does not have authorization to perform action '${action}' over scope '/subscriptions/x' or the scope is invalid."}}`;
  const { symptom } = parsePaste(paste, (text) => createHash('sha256').update(text).digest('hex'));

  const verdict = rule.check({ symptom, refusals: [], serviceId: null } as never);

  expect(verdict).toMatchObject({ outcome: 'confirmed', says: expect.stringContaining(role) });
});
