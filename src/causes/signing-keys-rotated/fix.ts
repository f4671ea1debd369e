// The same text once more. Waiting comes first: no source says that saving makes the gateway fetch the keys anew.
import { defineFix } from '../contract.ts';
import { writingOf } from '../policy-edit.ts';
import { tokenPolicies } from '../token-policy.ts';

export const fix = defineFix({
  cause: 'signing-keys-rotated',
  label: 'Re-save the policy',
  permission: 'Microsoft.ApiManagement/service/apis/policies/write',
  secondPerson: false,
  provable: false,
  needs: ['policies', 'policyTexts'],
  wants: ['namedValues'],

  plan({ policies, policyTexts, namedValues }) {
    const steps = tokenPolicies(policies, namedValues).map(({ step }) => step);
    for (const { document, where } of steps) {
      const own = policyTexts.find(({ armId }) => armId === document.armId);
      if (own === undefined) continue;
      return {
        kind: 'change',
        changes: [{ on: own.armId, field: 'properties.value', before: own.text, after: own.text }],
        consequence: `Wait up to an hour first: the gateway fetches changed keys by itself. This saves ${where.replace(/, line.*$/, '')} again as it is; nothing in it changes, and no source promises that it helps.`,
        undo: null,
        permission: writingOf(own.armId),
      };
    }
    return { kind: 'refuse', says: 'No button is offered: the statement stands in a fragment that other APIs may use.' };
  },
});
