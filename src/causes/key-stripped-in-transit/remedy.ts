// The gateway's own hosts, to call past what stands in front of it.
import { defineRemedy } from '../contract.ts';
import { az, command, named, serviceOr } from '../to-copy.ts';

export const remedy = defineRemedy({
  copy: ({ serviceId }) =>
    command(
      az('apim', 'show', ...named(serviceOr(serviceId)), '--query', 'hostnameConfigurations[].hostName'),
      'Call one of these hosts directly with the same key. If that passes, whoever runs what stands in front of the gateway decides: it has to hand the header on.',
    ),
});
