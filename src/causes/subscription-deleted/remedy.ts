// The same subscription again. Its scope is gone with it, and its old keys are nobody's business here.
import { defineRemedy } from '../contract.ts';
import { azRest, command, serviceOr } from '../to-copy.ts';

export const remedy = defineRemedy({
  needs: ['keyHistory'],

  copy({ keyHistory, serviceId }) {
    const gone = keyHistory?.events.find(({ kind }) => kind === 'subscription-deleted');
    const armId = gone?.armId ?? `${serviceOr(serviceId)}/subscriptions/THE-SUBSCRIPTION-ID`;
    const displayName = armId.slice(armId.lastIndexOf('/') + 1);
    return command(
      azRest('put', armId, { properties: { scope: '/products/THE-PRODUCT', displayName, state: 'active' } }),
      'Whoever deleted it decides, with the owner of the product: it gets new keys unless the old ones are sent along.',
    );
  },
});
