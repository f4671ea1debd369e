// The AI account's key in the place of the gateway's.

import { isAi } from '../../snapshot/identities.ts';
import { wayOf } from '../backend-check.ts';
import { defineRemedy } from '../contract.ts';
import { policy, xml } from '../to-copy.ts';

export const remedy = defineRemedy({
  needs: ['api', 'policies', 'backends'],
  wants: ['backendSecrets'],

  copy({ api, policies, backends, backendSecrets }) {
    const host = wayOf({ api, policies, backends, backendSecrets }).targets.find(isAi)?.host ?? '';
    const own = /\.(?:openai|services\.ai)\.azure\./.test(host) ? 'api-key' : 'Ocp-Apim-Subscription-Key';
    const { header } = api.keyNames;
    const away = header.toLowerCase() === own.toLowerCase() ? '' : `<set-header name="${xml(header)}" exists-action="delete" />`;
    return policy(
      `${away}<set-header name="${own}" exists-action="override"><value>{{THE-NAMED-VALUE-WITH-THE-AI-KEY}}</value></set-header>`,
      `The owner of ${api.displayName} decides. It goes into the inbound section, after <base />; the key itself belongs into a secret named value.`,
    );
  },
});
