// Only the other spelling of an audience that is listed already: no new application gets in by it.

import { defineFix } from '../contract.ts';
import { admit, planOf } from '../policy-edit.ts';
import { tokenPolicies, twinOf } from '../token-policy.ts';

export const fix = defineFix({
  cause: 'token-audience-mismatch',
  label: 'Accept this audience',
  permission: 'Microsoft.ApiManagement/service/apis/policies/write',
  secondPerson: true,
  provable: true,
  needs: ['policies', 'policyTexts'],
  wants: ['namedValues'],

  plan({ symptom, policies, policyTexts, namedValues }) {
    if (symptom.token === null) return { kind: 'refuse', says: 'Without the token no button is offered.' };
    const { aud } = symptom.token;
    for (const { step, audiences } of tokenPolicies(policies, namedValues)) {
      const twin = aud.find((one) => !audiences.known.includes(one) && audiences.known.includes(twinOf(one) ?? ''));
      if (twin === undefined) continue;
      return planOf(
        admit(policyTexts, step, 'audiences', 'audience', twin),
        step,
        `Tokens made for "${twin}" are accepted as well by ${step.where}. That is the other spelling of an audience that it accepts already, so no other application gets in.`,
        'Takes the audience out again.',
      );
    }
    return { kind: 'refuse', says: 'No button is offered: the audience is not another spelling of one that the policy accepts.' };
  },
});
