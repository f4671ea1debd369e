// A new sign-in (spec, AuthorizationLoginLinks_Post).
import { defineRemedy } from '../contract.ts';
import { azRest, command, serviceOr } from '../to-copy.ts';

export const remedy = defineRemedy({
  needs: ['connections'],

  copy({ connections, serviceId }) {
    const broken = connections.find(({ status }) => status?.toLowerCase() !== 'connected') ?? connections[0];
    const armId = broken?.armId ?? `${serviceOr(serviceId)}/authorizationProviders/THE-PROVIDER/authorizations/THE-CONNECTION`;
    return command(
      azRest('post', `${armId}/getLoginLinks`, { postLoginRedirectUrl: 'https://portal.azure.com' }),
      'Whoever has the account that the connection signs in with decides, and opens the link that it prints.',
    );
  },
});
