// Roles as lists: who has which, for which services. What they allow is decided in roles.ts.
import type { Act } from '../remediation/ports.ts';

export type Role = 'viewer' | 'fixer' | 'approver';

/** `who`: lower-case Entra object ids, `group:ID`, or `*`, which counts for viewers only. `services`: lower-case ARM ids; null: all. */
export interface Grant {
  readonly role: Role;
  readonly who: readonly string[];
  readonly services: readonly string[] | null;
}

/** A fixer may look, and so may an approver. Neither is the other: who presses and who agrees are two decisions. */
const rolesFor: Readonly<Record<Act, readonly Role[]>> = {
  look: ['viewer', 'fixer', 'approver'],
  fix: ['fixer'],
  approve: ['approver'],
};

/** Those grants that allow `act` on a service to somebody. */
export function grantsFor(grants: readonly Grant[], act: Act, service: string): readonly Grant[] {
  const asked = service.toLowerCase();
  return grants.filter(({ role, services }) => rolesFor[act].includes(role) && (services === null || services.includes(asked)));
}

export function isForAll({ role, who }: Grant): boolean {
  return role === 'viewer' && who.includes('*');
}

/** The ids of the groups that the grants name, each once. */
export function groupsOf(grants: readonly Grant[]): readonly string[] {
  const groups = grants.flatMap(({ who }) => who.filter((one) => one.startsWith('group:')).map((one) => one.slice('group:'.length)));
  return [...new Set(groups)];
}
