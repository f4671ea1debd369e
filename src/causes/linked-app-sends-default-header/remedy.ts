// The default names; the link can send no others.

import { defaultKeyNames } from '../../snapshot/from-arm.ts';
import { defineRemedy, factOrNull } from '../contract.ts';
import { azRest, command, serviceOr } from '../to-copy.ts';

export const remedy = defineRemedy({
  wants: ['api'],

  copy: ({ serviceId, api }) =>
    command(
      azRest('patch', factOrNull(api)?.armId ?? `${serviceOr(serviceId)}/apis/THE-API`, {
        properties: { subscriptionKeyParameterNames: defaultKeyNames },
      }),
      'The owner of the API decides: whoever sends the present name gets a 401 from then on.',
    ),
});
