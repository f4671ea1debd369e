// Azure fetches the secret again. Where the vault refused or has no such secret, that would only fail again.
import { wayOf } from '../backend-check.ts';
import { type Change, defineFix } from '../contract.ts';
import { isRefused, isStale, vaultValuesOf } from '../stale-secrets.ts';

export const fix = defineFix({
  cause: 'named-value-secret-stale',
  label: 'Refresh the named value',
  permission: 'Microsoft.ApiManagement/service/namedValues/refreshSecret/action',
  secondPerson: false,
  provable: true,
  needs: ['api', 'policies', 'backends', 'backendSecrets'],

  plan({ api, policies, backends, backendSecrets }) {
    const way = wayOf({ api, policies, backends, backendSecrets: { status: 'read', value: backendSecrets } });
    const stale = vaultValuesOf(way, backendSecrets).filter((one) => isStale(one) && !isRefused(one));
    const [first, ...more] = stale.map(({ armId }): Change => ({ on: armId, field: '!refreshSecret', before: null, after: null }));
    if (first === undefined) return { kind: 'refuse', says: 'There is no button for this: give the service access to the vault first.' };
    return {
      kind: 'change',
      changes: [first, ...more],
      consequence: `API Management fetches ${stale.map(({ displayName }) => displayName).join(', ')} from Key Vault again. Every policy that uses it gets the present value; one that was in use until now cannot be put back from here.`,
      undo: null,
    };
  },
});
