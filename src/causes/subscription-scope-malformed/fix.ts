// The scope says which API or product was meant, written wrongly. It is corrected only to something that exists.
import { defineFix } from '../contract.ts';
import { labelOf, onlyMatch, workspaceOfKey } from '../key-check.ts';

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
    // Of a workspace, `meant` does not say whether the thing is in the workspace or outside.
    const inWorkspace = workspaceOfKey(match.subscription) !== null || /\/workspaces\//i.test(match.subscription.scope);
    if (target.meant === null || entity === null || inWorkspace) {
      return {
        kind: 'refuse',
        says: 'The scope does not say which API or product was meant. Create a new subscription with the right scope.',
      };
    }
    const canPutBack = slipsPast(match.subscription.scope);
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
      consequence: `The keys of ${labelOf(match.subscription)} open ${opened} and nothing else.${canPutBack ? '' : ' This cannot be undone: Azure refuses to store such a scope again (400), and the old one has never let a call pass.'}`,
      undo: canPutBack ? 'Puts the old scope back; the keys stop working again.' : null,
    };
  },
});

/** The two forms that ARM stores without a word (field guide b.9); only these it takes back over the wire as well. */
function slipsPast(scope: string): boolean {
  return /\/apis\/[^/]+;rev=\d+$/i.test(scope) || /\/apis\/\/subscriptions\/.+\/apis\/[^/;]+$/i.test(scope);
}
