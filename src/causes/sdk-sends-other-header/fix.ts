// The API learns the SDK's header. Whoever sends the present one gets a 401 from then on, so a second person agrees.
import { defineFix } from '../contract.ts';
import { sentBySdk } from './sdk-header.ts';

export const fix = defineFix({
  cause: 'sdk-sends-other-header',
  label: 'Rename the header for this API',
  permission: 'Microsoft.ApiManagement/service/apis/write',
  secondPerson: true,
  provable: true,
  needs: ['api'],

  plan({ symptom, api }) {
    const { header, query } = api.keyNames;
    const sent = sentBySdk(symptom, header);
    if (sent === null) return { kind: 'refuse', says: 'Which header the client sends is not certain: paste the request (curl -v).' };
    if (sent.header === 'Authorization') {
      return {
        kind: 'refuse',
        says: 'Authorization is for tokens, and "Bearer" would become part of the key: tell the client to send the header instead.',
      };
    }
    return {
      kind: 'change',
      changes: [
        {
          on: api.armId,
          field: 'properties.subscriptionKeyParameterNames',
          // The names in effect, also where ARM has none: a PATCH of the names sends both, and so does the undo's.
          before: { header, query },
          after: { header: sent.header, query },
        },
      ],
      consequence: `Callers of ${api.displayName} who send ${header} at present get a 401 from then on. The gentler way is to set the header ${header} in the client.`,
      undo: `Makes the API read ${header} again.`,
    };
  },
});
