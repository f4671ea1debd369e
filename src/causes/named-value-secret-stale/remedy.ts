// Where the vault refused, only its owner can help.

import { wayOf } from '../backend-check.ts';
import { defineRemedy } from '../contract.ts';
import { isRefused, vaultValuesOf } from '../stale-secrets.ts';
import { az, command, serviceOr } from '../to-copy.ts';

export const remedy = defineRemedy({
  needs: ['api', 'policies', 'backends', 'backendSecrets'],
  wants: ['service'],

  copy({ api, policies, backends, backendSecrets, service, serviceId }) {
    const way = wayOf({ api, policies, backends, backendSecrets: { status: 'read', value: backendSecrets } });
    const refused = vaultValuesOf(way, backendSecrets).find(isRefused);
    if (refused === undefined) return null;
    const vault = /^https:\/\/([\w-]+)\./.exec(refused.keyVault?.secretIdentifier ?? '')?.[1] ?? 'THE-VAULT';
    const subscription = /^\/subscriptions\/[^/]+/i.exec(serviceOr(serviceId))?.[0] ?? '/subscriptions/THE-SUBSCRIPTION';
    const own = refused.keyVault?.identityClientId === null && service.status === 'read' ? service.value.identity.principalId : null;
    return command(
      az(
        ...['role', 'assignment', 'create', '--role', 'Key Vault Secrets User', '--assignee-principal-type', 'ServicePrincipal'],
        ...['--assignee-object-id', own ?? 'THE-OBJECT-ID-OF-THE-IDENTITY'],
        ...['--scope', `${subscription}/resourceGroups/THE-GROUP/providers/Microsoft.KeyVault/vaults/${vault}`],
      ),
      'The owner of the vault decides. A vault that still goes by access policies needs "get" there instead; refresh the named value afterwards.',
    );
  },
});
