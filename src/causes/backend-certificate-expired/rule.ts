// The gateway shows the backend a client certificate that has run out (field guide B12; the spec's CertificateContract).
import type { CertificateFact } from '../../snapshot/facts-backend.ts';
import { credentialEvidence, fromBackend, isAboutRole, onlyWhen, wayOf } from '../backend-check.ts';
import { type Cause, confirmed, defineRule, type Evidence, ruledOut, suspected, unknown } from '../contract.ts';
import { notThere } from '../policy-check.ts';
import { remedy } from './remedy.ts';

export const rule = defineRule({
  id: 'backend-certificate-expired',
  code: 'B12',
  stage: 'backend',
  title: 'The client certificate for the backend has expired',
  best: 'confirmed',
  needs: ['api', 'policies', 'backends', 'backendCertificates'],
  wants: ['backendSecrets'],
  applies: (symptom) => (fromBackend(symptom) && symptom.layer !== 'azure-ai' && !isAboutRole(symptom)) || isBareForbidden(symptom),

  check({ api, policies, backends, backendCertificates, backendSecrets, at }) {
    const shown = wayOf({ api, policies, backends, backendSecrets }).credentials.filter(({ kind }) => kind === 'certificate');
    if (shown.length === 0) {
      return notThere(policies, 'The gateway shows the backend no client certificate.', 'no authentication-certificate', 'one');
    }
    const known = shown.flatMap((credential) => {
      const found = backendCertificates.find((one) => isIt(one, credential.name));
      return found === undefined ? [] : [{ credential, found }];
    });
    const old = known.find(({ found }) => found.expires !== null && Date.parse(found.expires) <= at.getTime());
    if (old !== undefined) {
      const { credential, found } = old;
      const vault =
        found.vaultStatus === null
          ? 'Upload the new one under Certificates, with the same id'
          : `It comes from Key Vault (last fetch: ${found.vaultStatus}). Renew it there, see that the service can read it, and fetch it again`;
      const says = `The gateway shows the backend the certificate ${found.name}, which expired on ${dayOf(found.expires)}. ${vault}; a policy or backend that names it by its thumbprint needs the new thumbprint.`;
      const evidence = [expiry(found), credentialEvidence(credential, '', 'a certificate that is valid')] as const;
      return credential.conditions.length === 0
        ? confirmed(says, ...evidence)
        : suspected(`${says}${onlyWhen(credential.conditions)}`, ...evidence);
    }
    const [first] = known;
    const lost = shown.find((credential) => !known.some((one) => one.credential === credential));
    if (first === undefined || lost !== undefined) {
      const name = lost?.name ?? '';
      return unknown(
        name === ''
          ? 'The policy brings its certificate by itself, so its dates cannot be read here.'
          : `There is no certificate ${name} at the service.`,
        ...(lost === undefined ? [] : [credentialEvidence(lost, '', 'a certificate that can be read')]),
      );
    }
    if (first.found.expires === null) return unknown(`Azure gives no expiration date for the certificate ${first.found.name}.`);
    return ruledOut(`The certificate ${first.found.name} was valid at the time of the call.`, expiry(first.found));
  },
});

/** Backends refuse certificates with 403 too; one with words of another fault is not about that. */
function isBareForbidden({ status, host, signs, layer, message }: Parameters<typeof fromBackend>[0]): boolean {
  return layer === 'not-a-401' && status === 403 && host !== null && (signs ?? []).length === 0 && message === null;
}

/** By id, or by thumbprint, which ARM may give with other letter case. */
function isIt({ name, thumbprint }: CertificateFact, wanted: string): boolean {
  const lower = wanted.toLowerCase();
  return lower !== '' && (name.toLowerCase() === lower || thumbprint?.toLowerCase() === lower.replace(/[^0-9a-f]/g, ''));
}

function expiry({ armId, expires }: CertificateFact): Evidence {
  return { at: `${armId}#/properties/expirationDate`, observed: expires ?? 'none', expected: 'a date after the call' };
}

function dayOf(expires: string | null): string {
  return (expires ?? '').slice(0, 10);
}

export const cause: Cause = { rule, fix: null, remedy };
