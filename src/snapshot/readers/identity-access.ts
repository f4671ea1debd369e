// What the service's identities may do at the Azure AI accounts that the call can go to: role assignments, inherited and through groups
// (learn.microsoft.com/rest/api/authorization/role-assignments/list-for-scope, `assignedTo`).
import { builtInRoles } from '../ai-roles.ts';
import { type Collecting, read } from '../collecting.ts';
import type { AccessFact, RoleFact } from '../facts-backend.ts';
import { list, record, text } from '../from-arm.ts';
import { accountOf, isAi, principalOf } from '../identities.ts';
import type { ArmResource } from '../ports.ts';
import type { Reading } from '../snapshot.ts';
import type { Way } from '../way-to-backend.ts';
import { aiAccounts } from './ai.ts';

const version = { 'api-version': '2022-04-01' } as const;
const mostTargets = 6;

export async function identityAccess(collecting: Collecting, way: Way): Promise<Reading<readonly AccessFact[]>> {
  const targets = way.targets.filter(isAi).slice(0, mostTargets);
  const tokens = way.credentials.filter(({ kind }) => kind === 'identity');
  if (targets.length === 0 || tokens.length === 0) return read([]);
  const [service, secrets] = await Promise.all([collecting.fact('service'), collecting.fact('backendSecrets')]);
  if (service.status === 'unreadable') return service;
  const known = secrets.status === 'read' ? secrets.value : [];
  const principals = [...new Set(tokens.flatMap((token) => principalOf(token, service.value.identity, known) ?? []))];
  if (principals.length === 0) return read([]);
  const accounts = targets.some(({ backend }) => accountOf(backend) === null) ? await aiAccounts(collecting) : null;
  if (accounts?.status === 'unreadable') return accounts;
  const pairs = targets.flatMap((target) => principals.map((principalId) => ({ target, principalId })));
  return read(
    await Promise.all(
      pairs.map(async ({ target, principalId }): Promise<AccessFact> => {
        const host = target.host ?? '';
        const account = accountOf(target.backend) ?? accounts?.value.accounts.find(({ hosts }) => hosts.includes(host))?.armId ?? null;
        const none: AccessFact = { host, account, principalId, roles: [], unread: null };
        if (account === null) return none;
        const roles = await rolesAt(collecting, account, principalId);
        return roles.status === 'read' ? { ...none, roles: roles.value } : { ...none, unread: roles };
      }),
    ),
  );
}

async function rolesAt(collecting: Collecting, account: string, principalId: string): Promise<Reading<readonly RoleFact[]>> {
  const { once, question } = collecting;
  return once(`roles of ${principalId} at ${account.toLowerCase()}`, async () => {
    const listed = await question.reader.list(`${account}/providers/Microsoft.Authorization/roleAssignments`, {
      ...version,
      $filter: `assignedTo('${principalId}')`,
    });
    if (listed.status === 'unreadable') return listed;
    const covering = listed.value.items.filter((item) => covers(scopeOf(item), account));
    return read(await Promise.all(covering.map((item) => toRole(collecting, item, principalId))));
  });
}

function scopeOf({ id, properties }: ArmResource): string {
  return text(properties.scope) ?? id.slice(0, id.toLowerCase().lastIndexOf('/providers/microsoft.authorization/'));
}

// Inherited: from the account's group, Azure subscription, or a management group above it, which the list has only when it is above.
function covers(scope: string, account: string): boolean {
  const [own, asked] = [scope.toLowerCase().replace(/\/+$/, ''), account.toLowerCase()];
  return own === '' || asked === own || asked.startsWith(`${own}/`) || own.includes('/microsoft.management/managementgroups/');
}

async function toRole({ once, question }: Collecting, item: ArmResource, principalId: string): Promise<RoleFact> {
  const definition = text(item.properties.roleDefinitionId) ?? '';
  const guid = definition.split('/').at(-1)?.toLowerCase() ?? '';
  const viaGroup = text(item.properties.principalId)?.toLowerCase() !== principalId.toLowerCase();
  const known = builtInRoles[guid];
  if (known !== undefined) return { armId: item.id, role: known.name, dataActions: known.dataActions, viaGroup };
  const got = await once(`role ${guid}`, () => question.reader.get(definition, version));
  if (got.status === 'unreadable') return { armId: item.id, role: guid, dataActions: null, viaGroup };
  const actions = list(got.value.properties.permissions).flatMap((part) =>
    Array.isArray(part.dataActions) ? (part.dataActions as unknown[]) : [],
  );
  return {
    armId: item.id,
    role: text(record(got.value.properties).roleName) ?? guid,
    dataActions: actions.flatMap((action) => (typeof action === 'string' ? [action.toLowerCase()] : [])),
    viaGroup,
  };
}
