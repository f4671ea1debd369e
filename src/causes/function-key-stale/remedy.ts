// The present keys, for whoever may see them.

import { wayOf } from '../backend-check.ts';
import { defineRemedy } from '../contract.ts';
import { az, command, named } from '../to-copy.ts';

export const remedy = defineRemedy({
  needs: ['api', 'policies', 'backends'],
  wants: ['backendSecrets'],

  copy({ api, policies, backends, backendSecrets }) {
    const { targets } = wayOf({ api, policies, backends, backendSecrets });
    const site = targets
      .map(({ backend }) => /^(?:https:\/\/[^/]+)?(\/subscriptions\/.+)$/i.exec(backend?.resource ?? '')?.[1])
      .find(Boolean);
    const app = targets.flatMap(({ host }) => /^([\w-]+)\.azurewebsites\.(?:net|us|cn)$/.exec(host ?? '')?.[1] ?? [])[0];
    const where = site === undefined ? ['--name', app ?? 'THE-APP', '--resource-group', 'THE-GROUP'] : named(site);
    return command(
      az('functionapp', 'keys', 'list', ...where),
      'The owner of the function app hands the present key over. It prints keys: put the right one into the named value, not into a chat.',
    );
  },
});
