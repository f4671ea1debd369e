// The other way round hurts those who already send the new name, so a second person agrees. A PATCH of the names sends both.
import { defineFix } from '../contract.ts';

const defaults = { header: 'Ocp-Apim-Subscription-Key', query: 'subscription-key' };

export const fix = defineFix({
  cause: 'key-parameter-renamed',
  label: 'Restore the default name',
  permission: 'Microsoft.ApiManagement/service/apis/write',
  secondPerson: true,
  provable: true,
  needs: ['api'],

  plan({ api }) {
    const { header, query } = api.keyNames;
    if (header === defaults.header && query === defaults.query) return { kind: 'refuse', says: 'The API reads the default names already.' };
    const lost = [header === defaults.header ? null : header, query === defaults.query ? null : query].filter((name) => name !== null);
    const gentler = header === defaults.header ? `the query parameter ${query}, or the header ${header}` : header;
    return {
      kind: 'change',
      changes: [{ on: api.armId, field: 'properties.subscriptionKeyParameterNames', before: { header, query }, after: defaults }],
      consequence: `Callers of ${api.displayName} who send ${lost.join(' or ')} at present get a 401 from then on. The gentler way is to tell the caller to send ${gentler}.`,
      undo: `Makes the API read ${header} and ${query} again.`,
    };
  },
});
