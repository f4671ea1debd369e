// Five minutes for clocks that differ, and only where that would have let this very token in.
import { defineFix } from '../contract.ts';
import { editPolicy, planOf } from '../policy-edit.ts';
import { attributeSet } from '../policy-splice.ts';
import { tokenPolicies } from '../token-policy.ts';

const allowance = 300;

export const fix = defineFix({
  cause: 'token-expired-or-clock-skew',
  label: 'Allow 300 s clock skew',
  permission: 'Microsoft.ApiManagement/service/apis/policies/write',
  secondPerson: true,
  provable: true,
  needs: ['policies', 'policyTexts'],
  wants: ['namedValues'],

  plan({ symptom, policies, policyTexts, namedValues, at }) {
    const { token } = symptom;
    const now = Math.floor(at.getTime() / 1000);
    if (token === null) return { kind: 'refuse', says: 'Without the token no button is offered.' };
    const off = Math.max(now - (token.exp ?? now), (token.nbf ?? now) - now);
    if (off <= 0 || off > allowance)
      return { kind: 'refuse', says: 'No button is offered: the token is further from its time than clocks differ. Get a fresh one.' };
    const found = tokenPolicies(policies, namedValues).find(({ kind, skew }) => kind === 'validate-jwt' && skew !== null && skew < off);
    if (found === undefined) return { kind: 'refuse', says: 'No button is offered: this statement has no clock-skew to set.' };
    const { step } = found;
    const { name, line } = step.statement;
    const change = editPolicy(policyTexts, {
      armId: step.document.armId,
      line,
      name,
      ...attributeSet(name, 'clock-skew', String(allowance)),
    });
    return planOf(
      change,
      step,
      `${step.where} accepts every token for five minutes before its beginning and after its end, a stolen one too.`,
      'Puts the clock skew back to what it was.',
    );
  },
});
