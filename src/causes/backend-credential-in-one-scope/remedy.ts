// A scope that every call goes through.

import { audiencesFor } from '../backend-audiences.ts';
import { wayOf } from '../backend-check.ts';
import { defineRemedy } from '../contract.ts';
import { policy, xml } from '../to-copy.ts';

export const remedy = defineRemedy({
  needs: ['api', 'policies', 'backends'],
  wants: ['backendSecrets'],

  copy({ api, policies, backends, backendSecrets }) {
    const hosts = wayOf({ api, policies, backends, backendSecrets }).targets.map(({ host }) => host ?? '');
    const [audience] = hosts.flatMap((host) => audiencesFor(host)?.right ?? []);
    return policy(
      `<authentication-managed-identity resource="${xml(audience ?? 'THE-AUDIENCE')}" />`,
      `The owner of ${api.displayName} decides, with the owner of the backend: with it in the inbound section of the API, every call signs in. Move the present statement where it is another one.`,
    );
  },
});
