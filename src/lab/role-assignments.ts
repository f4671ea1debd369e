// Role assignments at a scope, as Microsoft.Authorization lists them: those of the scope, of what is above it, and of what is below it.
// `atScope()` leaves out what is below, `assignedTo('id')` keeps those of a principal and of the groups that it is in, `principalId eq 'id'`
// only its own (learn.microsoft.com/azure/role-based-access-control/role-assignments-list-rest).
import { type ArmAnswer, armError } from './arm-answer.ts';
import type { EstateResource } from './estate.ts';
import { isArray, type JsonObject, objectOr } from './json.ts';

const marker = '/providers/microsoft.authorization/roleassignments/';

/** As the estate has it, else by the id; '' is the tenant's root. */
function writtenScope({ id, properties }: EstateResource): string {
  const { scope } = objectOr(properties);
  return (typeof scope === 'string' ? scope : id.slice(0, id.toLowerCase().lastIndexOf(marker))).replace(/\/+$/, '');
}

function scopeOf(assignment: EstateResource): string {
  return writtenScope(assignment).toLowerCase();
}

function isAbove(scope: string, asked: string): boolean {
  return asked === scope || asked.startsWith(`${scope}/`) || scope.includes('/microsoft.management/managementgroups/');
}

/** A group's assignment names in `members`, beside its properties, the principals that are in the group. */
function isFor(assignment: EstateResource, principal: string, throughGroups: boolean): boolean {
  const own = String(objectOr(assignment.properties).principalId).toLowerCase() === principal;
  const { members } = assignment;
  return own || (throughGroups && isArray(members) && members.some((member) => String(member).toLowerCase() === principal));
}

/** `scope` in lower case. */
export function assignmentsAnswer(
  resources: readonly EstateResource[],
  scope: string,
  filter: string | null,
  show: (assignment: EstateResource) => JsonObject,
): ArmAnswer {
  const found = /^\s*(?:(atScope)\(\)|(assignedTo)\('([^']+)'\)|principalId\s+eq\s+'([^']+)')\s*$/i.exec(filter ?? 'atScope()');
  if (found === null) {
    return armError(
      400,
      'UnsupportedQuery',
      `The filter '${filter}' is not supported. Supported filters are atScope(), assignedTo and principalId eq.`,
    );
  }
  const principal = (found[3] ?? found[4])?.toLowerCase();
  const value = resources
    .filter(({ id }) => id.toLowerCase().includes(marker))
    .filter((one) => isAbove(scopeOf(one), scope) || ((filter === null || principal !== undefined) && scopeOf(one).startsWith(`${scope}/`)))
    .filter((one) => principal === undefined || isFor(one, principal, found[2] !== undefined));
  return { status: 200, body: { value: value.map((one) => withScope(show(one), writtenScope(one) || '/')) }, oneLine: true };
}

function withScope(body: JsonObject, scope: string): JsonObject {
  return { ...body, properties: { ...objectOr(body.properties), scope } };
}
