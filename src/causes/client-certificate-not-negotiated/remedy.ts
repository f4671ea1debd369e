// The setting belongs to the host name (field guide P14).
import { defineRemedy } from '../contract.ts';
import { az, command, named, serviceOwner } from '../to-copy.ts';

export const remedy = defineRemedy({
  needs: ['service'],

  copy({ symptom, service }) {
    if (service.sku?.toLowerCase() === 'consumption')
      return command(az('apim', 'update', ...named(service.armId), '--enable-client-certificate', 'true'), serviceOwner);
    const at = service.clientCertificates.find(({ host }) => host === symptom.host)?.at ?? '';
    const index = /hostnameConfigurations\/(\d+)/.exec(at)?.[1] ?? '0';
    return command(
      az('apim', 'update', ...named(service.armId), '--set', `hostnameConfigurations[${index}].negotiateClientCertificate=true`),
      `${serviceOwner} Every client of that host name is asked for a certificate from then on, and the update takes some minutes.`,
    );
  },
});
