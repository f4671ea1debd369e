// The only target that is certain is the API that was called: the narrowest scope that makes this call pass.
import { defineFix } from '../contract.ts';
import { labelOf, onlyMatch, workspaceOf } from '../key-check.ts';
import { scopeInWords } from '../subscription-state.ts';

export const fix = defineFix({
  cause: 'subscription-scope-dangling',
  label: 'Point the scope at an existing product or API',
  permission: 'Microsoft.ApiManagement/service/subscriptions/write',
  secondPerson: false,
  provable: true,
  needs: ['key', 'api'],

  plan({ key, api }) {
    const match = onlyMatch(key);
    if (match === null || workspaceOf(match.subscription.armId) !== null || workspaceOf(api.armId) !== null) {
      return { kind: 'refuse', says: 'Which API or product is meant is not certain, so no button is offered.' };
    }
    const { subscription } = match;
    return {
      kind: 'change',
      changes: [{ on: subscription.armId, field: 'properties.scope', before: subscription.scope, after: `/apis/${api.name}` }],
      consequence: `The keys of ${labelOf(subscription)} open ${api.displayName} and nothing else. If they were meant for a whole product, set its scope by hand instead. This cannot be undone: ${scopeInWords(subscription)} does not exist, and Azure may refuse to store it again.`,
      undo: null,
    };
  },
});
