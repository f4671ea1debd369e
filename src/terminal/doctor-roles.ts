// `doctor`: who may do what under serve, whose rights a fix uses, and lists of services that name one which is not looked at.
import { type Grant, isForAll, type Role } from '../access/grants.ts';
import { grantsOf } from '../access/roles.ts';
import type { Settings } from '../settings.ts';
import { nameOf } from '../snapshot/resolve-service.ts';
import type { Line } from './doctor-line.ts';

/** `services`: ARM ids of those that are looked at. */
export function roleLines(settings: Settings, services: readonly string[]): readonly Line[] {
  return [...whoLines(grantsOf(settings)), actAsLine(settings), ...listLines(settings, services)];
}

function whoLines(grants: readonly Grant[]): readonly Line[] {
  const [viewers, fixers, approvers] = [having(grants, 'viewer'), having(grants, 'fixer'), having(grants, 'approver')];
  const [viewer, fixer, approver] = [counted(viewers), counted(fixers), counted(approvers)];
  const lines: Line[] = [
    viewer !== null || fixer !== null || approver !== null
      ? {
          state: 'ok',
          name: 'LOCKSMITH_VIEWERS',
          says: `${viewer ?? 'Nobody besides fixers and approvers'} may ask${viewer ? ', fixers and approvers as well' : ''}.`,
        }
      : {
          state: 'note',
          name: 'LOCKSMITH_VIEWERS',
          says: 'Nobody may ask under serve: the bot answers no one. * is everybody of the allowed tenants.',
        },
    fixer !== null
      ? { state: 'ok', name: 'LOCKSMITH_FIXERS', says: `${fixer} may press fix buttons.` }
      : { state: 'note', name: 'LOCKSMITH_FIXERS', says: 'Nobody may press fix buttons under serve: the bot only looks.' },
    approverLine(fixers, approvers, approver),
  ];
  if (grants.some((grant) => grant.role !== 'viewer' && grant.who.includes('*'))) {
    lines.push({ state: 'note', name: 'LOCKSMITH_ROLES', says: '* counts for viewers only; fixers and approvers have to be named.' });
  }
  if ([...viewers, ...fixers, ...approvers].some(isGroup)) {
    const says =
      "Groups are read from Microsoft Graph: the bot's identity needs the application permissions User.Read.All and GroupMember.Read.All.";
    lines.push({ state: 'note', name: 'LOCKSMITH_GRAPH_ENDPOINT', says });
  }
  return lines;
}

function approverLine(fixers: readonly string[], approvers: readonly string[], approver: string | null): Line {
  const name = 'LOCKSMITH_APPROVERS';
  if (approver === null) {
    return { state: 'note', name, says: 'Nobody may agree as the second person under serve: fixes that widen access are not applied.' };
  }
  // Nobody agrees to their own request.
  const [only, ...more] = fixers;
  if (only !== undefined && more.length === 0 && approvers.length === 1 && approvers[0] === only && !isGroup(only)) {
    return {
      state: 'note',
      name,
      says: 'The only approver is the only fixer, who cannot agree to their own request: name one more person.',
    };
  }
  return { state: 'ok', name, says: `${approver} may agree as the second person.` };
}

/** Everybody that a role's grants name, each once. */
function having(grants: readonly Grant[], role: Role): readonly string[] {
  const named = grants.filter((grant) => grant.role === role).flatMap((grant) => (isForAll(grant) ? grant.who : withoutStar(grant.who)));
  return [...new Set(named)];
}

function withoutStar(who: readonly string[]): readonly string[] {
  return who.filter((one) => one !== '*');
}

function isGroup(one: string): boolean {
  return one.startsWith('group:');
}

/** `2 people and 1 group`; null for nobody. */
function counted(who: readonly string[]): string | null {
  if (who.includes('*')) return 'Everybody of the allowed tenants';
  const groups = who.filter(isGroup).length;
  const people = who.length - groups;
  const parts = [
    people > 0 ? `${people} ${people === 1 ? 'person' : 'people'}` : '',
    groups > 0 ? `${groups} group${groups === 1 ? '' : 's'}` : '',
  ];
  return who.length === 0 ? null : parts.filter((part) => part !== '').join(' and ');
}

function actAsLine({ actAs, bot, signOnResource }: Settings): Line {
  const name = 'LOCKSMITH_ACT_AS';
  if (actAs === null) {
    return {
      state: 'note',
      name,
      says: 'Not set: no fix is applied under serve. person: with the rights of whoever presses; bot: with those of the bot.',
    };
  }
  if (actAs === 'bot') return { state: 'ok', name, says: "Fixes use the bot's own rights in Azure, whoever presses." };
  if (bot === null) {
    return {
      state: 'note',
      name,
      says: "person needs the bot's registration for single sign-on: set MicrosoftAppId and what belongs to it.",
    };
  }
  const resource = signOnResource ?? `api://botid-${bot.appId}`;
  return { state: 'ok', name, says: `Fixes use the rights of whoever presses, through single sign-on for ${resource}.` };
}

function listLines({ lookOnly, roles, managedAsCode }: Settings, services: readonly string[]): readonly Line[] {
  const all = lookOnly === '*';
  return [
    ...(all ? [{ state: 'ok', name: 'LOCKSMITH_LOOK_ONLY', says: 'No service is ever changed.' } as const] : []),
    ...listLine('LOCKSMITH_LOOK_ONLY', all ? [] : lookOnly, services, 'never changed'),
    ...listLine('LOCKSMITH_MANAGED_AS_CODE', managedAsCode, services, 'published by a pipeline'),
    ...listLine(
      'LOCKSMITH_ROLES',
      roles.flatMap((role) => role.services ?? []),
      services,
      'with roles of their own',
    ),
  ];
}

function listLine(name: string, listed: readonly string[], services: readonly string[], as: string): readonly Line[] {
  if (listed.length === 0) return [];
  const known = new Set(services.map((service) => service.toLowerCase()));
  const each = [...new Map(listed.map((service) => [service.toLowerCase(), service])).values()];
  const unknown = each.filter((service) => !known.has(service.toLowerCase()));
  if (unknown.length === 0) return [{ state: 'ok', name, says: `${each.map(nameOf).join(', ')}: ${as}.` }];
  return [{ state: 'note', name, says: `${unknown.join(', ')}: not among LOCKSMITH_SERVICES, so this entry has no effect.` }];
}
