// What the gateway shows the backend comes from Key Vault, and the last fetch failed: it may show a secret of yesterday (field guide B02).
import type { NamedValueFact } from '../../snapshot/facts-policies.ts';
import { fromBackend, isAboutRole, wayOf } from '../backend-check.ts';
import { type Cause, defineRule, type Evidence, ruledOut, suspected, unknown } from '../contract.ts';
import { lookedThrough } from '../policy-check.ts';
import { isRefused, isStale, vaultValuesOf } from '../stale-secrets.ts';
import { fix } from './fix.ts';
import { remedy } from './remedy.ts';

export const rule = defineRule({
  id: 'named-value-secret-stale',
  code: 'B02',
  stage: 'backend',
  title: 'A secret from Key Vault could not be fetched again',
  best: 'suspected',
  needs: ['api', 'policies', 'backends', 'backendSecrets'],
  applies: (symptom) => fromBackend(symptom) && !isAboutRole(symptom),

  check({ api, policies, backends, backendSecrets }) {
    const way = wayOf({ api, policies, backends, backendSecrets: { status: 'read', value: backendSecrets } });
    const used = vaultValuesOf(way, backendSecrets);
    const [first, ...more] = used.filter(isStale);
    if (first !== undefined) {
      return suspected(
        `${[first, ...more].map(saysOf).join(' ')} Policies name a named value by its display name. The gateway most likely goes on with the last value that it had, which the backend may not accept any more; Azure does not say.`,
        statusEvidence(first),
        ...more.map(statusEvidence),
      );
    }
    const [fine] = used;
    if (fine !== undefined) {
      const fixed = used.filter(isVersioned).map(({ displayName }) => displayName);
      const note =
        fixed.length === 0
          ? ''
          : ` ${fixed.join(', ')} names one version of its secret, so a newer one is never fetched: compare them if the secret was changed.`;
      return ruledOut(
        `The secrets that this call shows the backend were fetched from Key Vault at the last try.${note}`,
        statusEvidence(fine),
      );
    }
    const [gap] = policies.unread;
    if (gap !== undefined) return unknown(`${gap.says} So which named values this call uses is not known.`);
    return ruledOut(
      'Nothing that this call shows the backend comes from Key Vault.',
      lookedThrough(policies, 'no named value from Key Vault', 'a named value from Key Vault'),
    );
  },
});

function saysOf(one: NamedValueFact): string {
  const { displayName, keyVault } = one;
  const why = keyVault?.lastMessage ?? '';
  const said = `The named value ${displayName} could not be fetched from Key Vault at the last try (${keyVault?.lastStatus ?? ''}${why === '' ? '' : `: ${why.replace(/[.\s]+$/, '')}`}).`;
  return isRefused(one) ? `${said} ${access(keyVault?.identityClientId ?? null)}` : said;
}

function access(client: string | null): string {
  const who = client === null ? "the service's system-assigned identity" : `the user-assigned identity with the client id ${client}`;
  return `Fetching again does not help: let ${who} read secrets of the vault (role Key Vault Secrets User, or an access policy with get), check that the secret exists, and that the vault's firewall lets the service in; a vault that only trusts Microsoft services does not any more.`;
}

/** `https://vault/secrets/name/version` */
function isVersioned({ keyVault }: NamedValueFact): boolean {
  return /\/secrets\/[^/]+\/[^/]+\/?$/i.test(keyVault?.secretIdentifier ?? '');
}

function statusEvidence({ armId, keyVault }: NamedValueFact): Evidence {
  const when = keyVault?.lastChecked == null ? '' : ` (${keyVault.lastChecked})`;
  return {
    at: `${armId}#/properties/keyVault/lastStatus/code`,
    observed: `${keyVault?.lastStatus ?? 'never fetched'}${when}`,
    expected: 'Success',
  };
}

export const cause: Cause = { rule, fix, remedy };
