// One more for each user is the product owner's decision.
import { defineRemedy, factOrNull } from '../contract.ts';
import { azRest, command, serviceOr } from '../to-copy.ts';

export const remedy = defineRemedy({
  wants: ['limitedProducts'],

  copy({ serviceId, limitedProducts }) {
    const [product] = factOrNull(limitedProducts) ?? [];
    return command(
      azRest('patch', product?.armId ?? `${serviceOr(serviceId)}/products/THE-PRODUCT`, {
        properties: { subscriptionsLimit: (product?.limit ?? 1) + 1 },
      }),
      'The owner of the product decides: each of its users can have one subscription more. A subscription without an owner needs no higher limit.',
    );
  },
});
