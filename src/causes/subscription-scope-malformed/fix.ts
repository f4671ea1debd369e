// The scope says which API or product was meant, written wrongly. It is corrected only to something that exists.
import { defineFix } from '../contract.ts';
import { labelOf, onlyMatch } from '../key-check.ts';

export const fix = defineFix({
  cause: 'subscription-scope-malformed',
  label: 'Correct the scope',
  permission: 'Microsoft.ApiManagement/service/subscriptions/write',
  secondPerson: false,
  provable: true,
  needs: ['key', 'keyApi', 'keyProduct'],

  plan({ key, keyApi, keyProduct }) {
    const match = onlyMatch(key);
    const target = match?.subscription.target;
    if (match === null || target?.kind !== 'malformed')
      return { kind: 'refuse', says: 'Several subscriptions fit the key. Give more of its first characters.' };
    const entity = target.meant?.kind === 'product' ? keyProduct : keyApi;
    if (target.meant === null || entity === null) {
      return {
        kind: 'refuse',
        says: 'The scope does not say which API or product was meant. Create a new subscription with the right scope.',
      };
    }
    // Only a revision suffix gets past ARM's own check a second time, so only that can be put back.
    const canPutBack = /;rev=/i.test(match.subscription.scope);
    const kind = target.meant.kind;
    const opened = kind === 'api' ? `the API ${entity.displayName}` : `the APIs of the product ${entity.displayName}`;
    return {
      kind: 'change',
      changes: [
        {
          on: match.subscription.armId,
          field: 'properties.scope',
          before: match.subscription.scope,
          after: kind === 'api' ? `/apis/${entity.name}` : `/products/${entity.name}`,
        },
      ],
      consequence: `The keys of ${labelOf(match.subscription)} open ${opened} and nothing else.${canPutBack ? '' : ' This cannot be undone: Azure refuses to store the old scope again.'}`,
      undo: canPutBack ? 'Puts the old scope back; the keys stop working again.' : null,
    };
  },
});
