// Puts <base /> first in the section: what the scopes above do runs before this scope's own statements, as a new policy has it.
import { missingBases, sectionOf } from '../../snapshot/policies/running.ts';
import { defineFix } from '../contract.ts';
import { tagOf } from '../policy-check.ts';
import { editPolicy, writingOf } from '../policy-edit.ts';
import { elementFirst } from '../policy-splice.ts';

export const fix = defineFix({
  cause: 'base-policy-missing',
  label: 'Add <base />',
  permission: 'Microsoft.ApiManagement/service/apis/policies/write',
  secondPerson: true,
  provable: true,
  needs: ['policies', 'policyTexts'],

  plan({ policies, policyTexts }) {
    const found = missingBases(policies).find(({ document, section }) => section === 'inbound' && sectionOf(document, section) !== null);
    const byHand = 'No button is offered: put <base /> into the section by hand.';
    if (found === undefined) return { kind: 'refuse', says: byHand };
    const { document, section, line, dropped } = found;
    const change = editPolicy(policyTexts, {
      armId: document.armId,
      line,
      name: section,
      ...elementFirst(section, 'base'),
    });
    if (change === null) return { kind: 'refuse', says: byHand };
    const pulled = dropped.flatMap((above) => (sectionOf(above, section)?.children ?? []).map((one) => `${tagOf(one)} of ${above.of}`));
    return {
      kind: 'change',
      changes: [change],
      consequence: `Every call of ${document.of} then also goes through: ${pulled.slice(0, 12).join(', ')}${pulled.length > 12 ? ` and ${pulled.length - 12} more` : ''}. Calls that work today may be refused by it.`,
      undo: 'Takes <base /> out again.',
      permission: writingOf(document.armId),
    };
  },
});
