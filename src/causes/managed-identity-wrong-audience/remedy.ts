// The audience that the called host takes.

import { audiencesFor } from '../backend-audiences.ts';
import { wayOf } from '../backend-check.ts';
import { defineRemedy } from '../contract.ts';
import { policy, xml } from '../to-copy.ts';

export const remedy = defineRemedy({
  needs: ['api', 'policies', 'backends'],
  wants: ['backendSecrets'],

  copy({ api, policies, backends, backendSecrets }) {
    const hosts = wayOf({ api, policies, backends, backendSecrets }).targets.map(({ host }) => host ?? '');
    const [right] = hosts.flatMap((host) => audiencesFor(host)?.right ?? []);
    return policy(
      `<authentication-managed-identity resource="${xml(right ?? 'THE-AUDIENCE')}" />`,
      'The owner of the API decides. It takes the place of the present statement.',
    );
  },
});
