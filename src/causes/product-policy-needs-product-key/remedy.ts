// A key of the product, for which its policy runs.
import { defineRemedy } from '../contract.ts';
import { labelOf, onlyMatch } from '../key-check.ts';
import { azRest, command, serviceOr } from '../to-copy.ts';

export const remedy = defineRemedy({
  needs: ['key', 'policies'],

  copy({ key, policies, serviceId }) {
    const product = /\/products\/([^/]+)\//i.exec(policies.bypassed[0]?.armId ?? '')?.[1] ?? 'THE-PRODUCT';
    const match = onlyMatch(key);
    const displayName = `${match === null ? 'Caller' : labelOf(match.subscription)} for ${product}`;
    return command(
      azRest('put', `${serviceOr(serviceId)}/subscriptions/THE-NEW-ID`, {
        properties: { scope: `/products/${product}`, displayName, state: 'active' },
      }),
      'The owner of the product decides who gets a key of it. Its policy, limits included, runs for that key.',
    );
  },
});
