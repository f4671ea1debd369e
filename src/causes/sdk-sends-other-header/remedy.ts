// The whole pair of names is sent, so that the query's stays.
import { defineRemedy } from '../contract.ts';
import { azRest, command } from '../to-copy.ts';
import { sentBySdk } from './sdk-header.ts';

export const remedy = defineRemedy({
  needs: ['api'],

  copy({ symptom, api }) {
    const { header, query } = api.keyNames;
    const sent = sentBySdk(symptom, header)?.header ?? 'api-key';
    return command(
      azRest('patch', api.armId, {
        properties: { subscriptionKeyParameterNames: { header: sent === 'Authorization' ? 'api-key' : sent, query } },
      }),
      `The owner of ${api.displayName} decides: whoever sends ${header} gets a 401 from then on. Better is to set the header in the client.`,
    );
  },
});
