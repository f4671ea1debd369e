// The cache is somebody's in front of the gateway; Front Door is Azure's own.
import { defineRemedy } from '../contract.ts';
import { az, command } from '../to-copy.ts';

export const remedy = defineRemedy({
  copy: ({ symptom }) =>
    command(
      az(
        ...[
          'afd',
          'endpoint',
          'purge',
          '--resource-group',
          'THE-GROUP',
          '--profile-name',
          'THE-PROFILE',
          '--endpoint-name',
          'THE-ENDPOINT',
        ],
        ...['--content-paths', /^\/[\w./~-]*$/.test(symptom.apiPath ?? '') ? `${symptom.apiPath?.replace(/\/$/, '')}/*` : '/*'],
      ),
      'Whoever runs the cache decides (here: Azure Front Door): it asks the gateway anew for everything below that path.',
    ),
});
