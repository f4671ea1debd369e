// Assigning is a PUT of the link without a body, and can be repeated (spec, GatewayApi_CreateOrUpdate).
import { defineFix } from '../contract.ts';
import { sameName } from '../key-check.ts';

export const fix = defineFix({
  cause: 'api-not-on-gateway',
  label: 'Assign the API to the gateway',
  permission: 'Microsoft.ApiManagement/service/gateways/apis/write',
  secondPerson: false,
  provable: true,
  needs: ['selfHosted', 'api'],

  plan({ selfHosted: { called }, api }) {
    if (called === null) return { kind: 'refuse', says: 'Which gateway was called is not certain: give its name or the called host.' };
    if (called.apis.some((name) => sameName(name, api.name))) return { kind: 'refuse', says: 'The API is assigned by now.' };
    const link = `${called.armId}/apis/${api.name}`;
    return {
      kind: 'change',
      changes: [{ on: link, field: '', before: null, after: { id: link } }],
      consequence: `The gateway ${called.name} serves ${api.displayName} from then on, to everybody who reaches it and has a key that covers the API.`,
      undo: `Takes ${api.displayName} off the gateway ${called.name} again.`,
    };
  },
});
