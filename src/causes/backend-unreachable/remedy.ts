// Azure tries the way itself (spec, PerformConnectivityCheckAsync).
import { defineRemedy } from '../contract.ts';
import { azRest, command, serviceOr } from '../to-copy.ts';

export const remedy = defineRemedy({
  copy: ({ serviceId }) =>
    command(
      azRest('post', `${serviceOr(serviceId)}/connectivityCheck`, {
        source: { region: 'THE-REGION' },
        destination: { address: 'https://THE-BACKEND', port: 443 },
        protocol: 'HTTPS',
      }),
      'It changes nothing: it tries the way from the gateway to the backend. What then has to change, the owner of the network or of the backend decides.',
    ),
});
