// Collections that a service has even when the estate puts nothing into them: they list as empty, anything else is no resource type.
import { targetOf } from './links.ts';
import type { ServiceStore } from './store.ts';

const anywhere =
  'apis apiVersionSets backends certificates diagnostics groups loggers namedValues notifications policies policyFragments products schemas subscriptions tags';

const below: Readonly<Record<string, string>> = {
  '': `${anywhere} authorizationProviders authorizationServers caches contentTypes documentations gateways identityProviders openidConnectProviders policyRestrictions portalconfigs portalRevisions portalsettings privateEndpointConnections templates tenant users workspaces`,
  workspaces: anywhere,
  apis: 'operations policies products diagnostics issues releases revisions schemas tagDescriptions tags resolvers wikis',
  operations: 'policies tags',
  resolvers: 'policies',
  products: 'apis apiLinks groups groupLinks policies subscriptions tags wikis',
  users: 'groups identities subscriptions',
  groups: 'users userLinks',
  gateways: 'apis hostnameConfigurations certificateAuthorities',
  tags: 'apiLinks productLinks operationLinks',
  issues: 'attachments comments',
  contenttypes: 'contentItems',
  authorizationproviders: 'authorizations',
  authorizations: 'accessPolicies',
  backends: '',
};

/** Whether a collection exists below the service, by the management API or because the estate has one. */
export function isKnownCollection(store: ServiceStore, collection: string): boolean {
  const segments = collection.toLowerCase().split('/');
  const known = below[segments.at(-3) ?? ''] ?? '';
  if (
    known
      .toLowerCase()
      .split(' ')
      .includes(segments.at(-1) ?? '')
  )
    return true;
  return targetOf(collection) !== null || store.list(collection).length > 0 || hasType(store, segments);
}

function hasType(store: ServiceStore, segments: readonly string[]): boolean {
  const type = segments.filter((_, index) => index % 2 === 0).join('/');
  return store.all().some((resource) => {
    const own = resource.path.toLowerCase().split('/');
    return own.filter((_, index) => index % 2 === 0).join('/') === type;
  });
}
