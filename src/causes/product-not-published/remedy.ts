// Publishing changes who sees the product, not who may call.
import { defineRemedy, factOrNull } from '../contract.ts';
import { azRest, command, serviceOr } from '../to-copy.ts';

export const remedy = defineRemedy({
  wants: ['portalProducts'],

  copy({ serviceId, portalProducts }) {
    const hidden = (factOrNull(portalProducts) ?? []).find(({ state }) => state?.toLowerCase() === 'notpublished');
    return command(
      azRest('patch', hidden?.armId ?? `${serviceOr(serviceId)}/products/THE-PRODUCT`, { properties: { state: 'published' } }),
      'The owner of the product decides: the groups of the product see it in the developer portal from then on, and can subscribe.',
    );
  },
});
