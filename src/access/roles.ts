// Who may look, press fix buttons, and agree as the second person. Knows neither Teams nor Azure, and lets in nobody who is not named.
import type { Person } from '../remediation/plan-record.ts';
import type { Access, Act } from '../remediation/ports.ts';
import type { Settings } from '../settings.ts';
import { type Grant, grantsFor, groupsOf, isForAll } from './grants.ts';
import { sayGroupsUnread, sayGuest, sayNoRole, sayStranger, sayUnknownGuest, sayUnknownInGroup } from './sentences.ts';

/** Which of these groups the person is in; a sentence when that could not be read. Never throws. */
export type MemberOf = (person: Person, groupIds: readonly string[]) => Promise<readonly string[] | { readonly says: string }>;

export interface Roles {
  readonly grants: readonly Grant[];
  /** Asked only when the lists alone do not decide, and only for groups that would. */
  readonly memberOf: MemberOf;
  /** Lower-case tenant ids whose people may be let in; null: any. */
  readonly tenants: readonly string[] | null;
}

export function createAccess({ grants, memberOf, tenants }: Roles): Access {
  /** Why this person is out whatever the lists say. */
  function outside(who: Person): string | null {
    if (who.guest === true) return sayGuest();
    return tenants === null || (who.tenant !== null && tenants.includes(who.tenant.toLowerCase())) ? null : sayStranger();
  }

  // Teams does not always tell who is a guest, and a guest's activities name the host's tenant. Being listed by id is a decision about that
  // person and holds; `*` is a decision about the tenant, so it holds only for whom Teams vouches for.
  function belongs(who: Person): boolean {
    return isEntraId(who.id) && (who.guest === false || tenants === null);
  }

  // Guests can be added to a group by whoever owns it, not only by whoever runs the bot: enough to look, too little to press.
  function groupsCount({ guest }: Person, act: Act): boolean {
    return act === 'look' || guest === false || tenants === null;
  }

  /** True when the lists alone say yes. */
  function isNamed(who: Person, relevant: readonly Grant[]): boolean {
    const id = who.id.toLowerCase();
    return relevant.some((grant) => grant.who.includes(id) || (isForAll(grant) && belongs(who)));
  }

  async function groupsAmong(who: Person, groups: readonly string[]): ReturnType<MemberOf> {
    const mine = groups.length === 0 ? [] : await memberOf(who, groups);
    return 'says' in mine ? mine : groups.filter((group) => mine.some((one) => one.toLowerCase() === group));
  }

  async function whyNot(who: Person, act: Act, service: string): Promise<string | null> {
    const out = outside(who);
    if (out !== null) return out;
    const relevant = grantsFor(grants, act, service);
    if (isNamed(who, relevant)) return null;
    const groups = groupsOf(relevant);
    if (groups.length > 0 && !groupsCount(who, act)) return sayUnknownInGroup(act);
    const mine = await groupsAmong(who, groups);
    if ('says' in mine) return sayGroupsUnread(act, mine.says);
    if (mine.length > 0) return null;
    if (relevant.some(isForAll)) return sayUnknownGuest();
    const someone = relevant.some((grant) => grant.who.some((one) => one !== '*'));
    return sayNoRole(act, { someone, looks: isNamed(who, grantsFor(grants, 'look', service)) });
  }

  async function visible(who: Person, services: readonly string[]): Promise<readonly string[]> {
    if (outside(who) !== null) return [];
    const asked = services.map((service) => {
      const relevant = grantsFor(grants, 'look', service);
      const named = isNamed(who, relevant);
      return { service, named, groups: named ? [] : groupsOf(relevant) };
    });
    const found = await groupsAmong(who, [...new Set(asked.flatMap(({ groups }) => groups))]);
    const mine = 'says' in found ? [] : found;
    return asked.filter(({ named, groups }) => named || groups.some((group) => mine.includes(group))).map(({ service }) => service);
  }

  return { whyNot, visible };
}

/** Somebody without one (a channel's own user id) belongs to no tenant. The Playground's ids have one digit more than a GUID. */
function isEntraId(id: string): boolean {
  return /^[0-9a-f-]{30,40}$/i.test(id);
}

/** viewers, fixers and approvers hold for all services, each entry of `roles` for the services that it names. */
export function grantsOf(settings: Pick<Settings, 'viewers' | 'fixers' | 'approvers' | 'roles'>): readonly Grant[] {
  return [
    { role: 'viewer', who: settings.viewers, services: null },
    { role: 'fixer', who: settings.fixers, services: null },
    { role: 'approver', who: settings.approvers, services: null },
    ...settings.roles.map(({ role, who, services }): Grant => {
      // Settings keep an ARM id as it was written; Azure does not tell cases apart.
      return { role, who, services: services === null ? null : services.map((service) => service.toLowerCase()) };
    }),
  ];
}

/** Local mode's roles (contract, "The bot"): Alex presses, Megan presses and agrees, everybody looks. */
export function localAccess(): Access {
  return {
    async whyNot(who, act) {
      if (act === 'look' || isMegan(who) || (act === 'fix' && isAlex(who))) return null;
      if (act === 'fix') return 'In this practice room, Alex and Megan may press fix buttons. You may look at everything.';
      return isAlex(who)
        ? 'In this practice room, Megan is the second person: open the conversation as Megan and press it there.'
        : 'In this practice room, Megan is the one who agrees as the second person. You may look at everything.';
    },
    visible: async (_who, services) => services,
  };
}

// One digit too many for a GUID, so only the end is compared.
function isAlex({ id }: Person): boolean {
  return /^[0-]+20$/.test(id);
}

function isMegan({ id }: Person): boolean {
  return /^[0-]+21$/.test(id);
}
