// The end of a term is a decision, so a second person agrees. Only the state is set: the gateway does not look at dates.
import { defineFix } from '../contract.ts';
import { labelOf } from '../key-check.ts';
import { commentOn, planActivation } from '../subscription-state.ts';

export const fix = defineFix({
  cause: 'subscription-expired',
  label: 'Activate the subscription',
  permission: 'Microsoft.ApiManagement/service/subscriptions/write',
  secondPerson: true,
  provable: true,
  needs: ['key'],

  plan({ key }) {
    return planActivation(
      key,
      (subscription) =>
        `Everyone who holds a key of ${labelOf(subscription)} can call again, without an end: its dates stay as they are, and they stop nobody. Its term was over, so ask whoever set it; a job that goes by the date may end it again. ${commentOn(subscription)}`.trim(),
      'Sets the subscription to expired again.',
    );
  },
});
