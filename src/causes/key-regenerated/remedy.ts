// The present key, for whoever may hand it over.
import { defineRemedy } from '../contract.ts';
import { azRest, command, serviceOr } from '../to-copy.ts';

export const remedy = defineRemedy({
  needs: ['keyHistory'],

  copy({ keyHistory, serviceId }) {
    const renewed = keyHistory?.events.find(({ kind }) => kind === 'regenerated');
    return command(
      azRest('post', `${renewed?.armId ?? `${serviceOr(serviceId)}/subscriptions/THE-SUBSCRIPTION-ID`}/listSecrets`),
      'Whoever may list the keys hands the present one over, out of band. It prints both keys: not into a chat or a ticket.',
    );
  },
});
