// Wait, and know when it is over.
import { defineRemedy } from '../contract.ts';
import { az, command, named, serviceOr } from '../to-copy.ts';

export const remedy = defineRemedy({
  copy: ({ serviceId }) =>
    command(
      az('apim', 'wait', '--updated', ...named(serviceOr(serviceId))),
      'Nobody has to decide anything: it ends when the state is Succeeded. After two hours the owner of the service opens a support request.',
    ),
});
