// Another tier costs something else.
import { defineRemedy } from '../contract.ts';
import { az, command, named, serviceOr } from '../to-copy.ts';

export const remedy = defineRemedy({
  copy: ({ serviceId }) =>
    command(
      az('apim', 'update', ...named(serviceOr(serviceId)), '--sku-name', 'THE-TIER'),
      'Whoever pays for the service decides. Not every tier can be changed into every other; between the classic tiers and those of version 2 there is no way.',
    ),
});
