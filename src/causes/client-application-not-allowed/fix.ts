// One application, by its id, never a pattern.

import { defineFix } from '../contract.ts';
import { admit, planOf } from '../policy-edit.ts';
import { tokenPolicies } from '../token-policy.ts';

export const fix = defineFix({
  cause: 'client-application-not-allowed',
  label: 'Allow this application',
  permission: 'Microsoft.ApiManagement/service/apis/policies/write',
  secondPerson: true,
  provable: true,
  needs: ['policies', 'policyTexts'],
  wants: ['namedValues'],

  plan({ symptom, policies, policyTexts, namedValues }) {
    const appid = symptom.token?.appid ?? '';
    if (!/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(appid))
      return { kind: 'refuse', says: 'No button is offered: the token names no application by its id.' };
    const found = tokenPolicies(policies, namedValues).find(
      ({ applications }) => applications.known.length > 0 && !applications.known.some((id) => id.toLowerCase() === appid.toLowerCase()),
    );
    if (found === undefined) return { kind: 'refuse', says: 'No button is offered: the list is a required claim; change it by hand.' };
    const { step } = found;
    return planOf(
      admit(policyTexts, step, 'client-application-ids', 'application-id', appid),
      step,
      `The application ${appid} gets in wherever ${step.where} is asked. Make sure whose application it is: its id was read from a pasted token that nobody verified.`,
      'Takes the application out again.',
    );
  },
});
