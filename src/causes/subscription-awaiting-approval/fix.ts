// Approval is the product owner's call, so a second person agrees. `notify` stays unset: nobody is sent a mail.
import { defineFix } from '../contract.ts';
import { labelOf } from '../key-check.ts';
import { planActivation, scopeInWords } from '../subscription-state.ts';

export const fix = defineFix({
  cause: 'subscription-awaiting-approval',
  label: 'Approve the subscription',
  permission: 'Microsoft.ApiManagement/service/subscriptions/write',
  secondPerson: true,
  provable: true,
  needs: ['key'],

  plan({ key }) {
    return planActivation(
      key,
      (subscription) =>
        `Everyone who holds a key of ${labelOf(subscription)} can call ${scopeInWords(subscription)} from then on. No mail tells them.`,
      'Sets the subscription back to submitted; its keys stop working.',
    );
  },
});
