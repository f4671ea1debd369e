// The people of a whole bot, with their roles as the settings give them.
import { createAccess } from '../../src/access/roles.ts';
import type { Member } from './connector.ts';

export const tenant = '10000000-0000-4000-8000-00000000000a';

function member(name: string, last: string): Member {
  return { id: `29:${name}`, name, aadObjectId: `30000000-0000-4000-8000-0000000000${last}`, tenantId: tenant };
}

/** Ada and Ben press, Ben and Cleo agree, Dan looks, and Eve is nobody here. */
export const ada = member('Ada', 'a1');
export const ben = member('Ben', 'b2');
export const cleo = member('Cleo', 'c3');
export const dan = member('Dan', 'd4');
export const eve = member('Eve', 'e5');

const ids = (...members: readonly Member[]): readonly string[] => members.map(({ aadObjectId }) => aadObjectId);

/** Roles as the settings give them. */
export const access = createAccess({
  grants: [
    { role: 'fixer', who: ids(ada, ben), services: null },
    { role: 'approver', who: ids(ben, cleo), services: null },
    { role: 'viewer', who: ids(dan), services: null },
  ],
  memberOf: async () => [],
  tenants: [tenant],
});
