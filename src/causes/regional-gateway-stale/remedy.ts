// Azure loads the gateways of all regions again.
import { defineRemedy } from '../contract.ts';
import { az, command, named, serviceOwner } from '../to-copy.ts';

export const remedy = defineRemedy({
  needs: ['service'],

  copy: ({ service }) =>
    command(
      az('apim', 'apply-network-updates', ...named(service.armId)),
      `${serviceOwner} It takes some minutes, and calls go on meanwhile.`,
    ),
});
