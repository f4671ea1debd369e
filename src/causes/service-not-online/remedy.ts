// Wait, apply the network settings again, or see who stopped it.
import { defineRemedy } from '../contract.ts';
import { az, command, named, serviceOwner } from '../to-copy.ts';

export const remedy = defineRemedy({
  needs: ['service'],

  copy({ service }) {
    const state = (service.provisioningState ?? '').toLowerCase();
    if (state === 'failed') return command(az('apim', 'apply-network-updates', ...named(service.armId)), serviceOwner);
    if (state === 'stopped' || state === 'terminating') {
      const ask = az('monitor', 'activity-log', 'list', '--resource-id', service.armId, '--offset', '7d', '--output', 'table');
      return command(ask, `${serviceOwner} The log says who did it, and when.`);
    }
    return command(
      az('apim', 'wait', '--updated', ...named(service.armId)),
      'Nobody has to decide anything: it ends when the state is Succeeded.',
    );
  },
});
