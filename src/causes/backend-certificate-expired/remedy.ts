// From the vault it is fetched again; an uploaded one is uploaded again, out of a file, so that no secret stands in a history.
import { defineRemedy } from '../contract.ts';
import { azRest, command, serviceOr } from '../to-copy.ts';

export const remedy = defineRemedy({
  needs: ['backendCertificates'],

  copy({ backendCertificates, serviceId, at }) {
    const old = backendCertificates.find(({ expires }) => expires !== null && Date.parse(expires) <= at.getTime());
    const armId = old?.armId ?? `${serviceOr(serviceId)}/certificates/THE-CERTIFICATE`;
    if (old?.vaultStatus)
      return command(
        azRest('post', `${armId}/refreshSecret`),
        'Whoever renews the certificate in Key Vault decides. This fetches it once it is there.',
      );
    return command(
      azRest('put', armId, '@certificate.json'),
      'Whoever has the new certificate decides. The file holds it: {"properties":{"data":"THE-PFX-IN-BASE64","password":"THE-PASSWORD"}}; delete it afterwards.',
    );
  },
});
