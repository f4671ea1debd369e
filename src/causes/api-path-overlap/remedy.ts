// A path that is no beginning of another one.
import { defineRemedy } from '../contract.ts';
import { azRest, command } from '../to-copy.ts';

export const remedy = defineRemedy({
  needs: ['api'],

  copy: ({ api }) =>
    command(
      azRest('patch', api.armId, { properties: { path: 'A-PATH-OF-ITS-OWN' } }),
      `The owner of ${api.displayName} decides: whoever calls /${api.path} has to call the new path from then on.`,
    ),
});
