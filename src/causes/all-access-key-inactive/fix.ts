// Its keys open every API of the service, so a second person agrees.
import { defineFix } from '../contract.ts';
import { planActivation } from '../subscription-state.ts';

export const fix = defineFix({
  cause: 'all-access-key-inactive',
  label: 'Activate the all-access subscription',
  permission: 'Microsoft.ApiManagement/service/subscriptions/write',
  secondPerson: true,
  provable: true,
  needs: ['key'],

  plan({ key }) {
    return planActivation(
      key,
      (subscription) =>
        `Everyone who holds a key of the all-access subscription can call every API of the service again. It may have been ${subscription.state} to prevent just that: ask first.`,
      'Puts the old state back.',
    );
  },
});
