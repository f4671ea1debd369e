// The same as the button, for whoever decides elsewhere.
import { defineRemedy } from '../contract.ts';
import { azRest, command, serviceOr } from '../to-copy.ts';

export const remedy = defineRemedy({
  needs: ['keyOwner'],

  copy: ({ keyOwner, serviceId }) =>
    command(
      azRest('patch', keyOwner?.armId ?? `${serviceOr(serviceId)}/users/THE-USER`, { properties: { state: 'active' } }),
      'Whoever blocked the user decides: all subscriptions of the user work from then on.',
    ),
});
