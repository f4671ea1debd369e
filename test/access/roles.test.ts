// Who may do what: nobody who is not named, never a guest, and nobody else's grant changes it.
import fc from 'fast-check';
import type { Grant, Role } from '../../src/access/grants.ts';
import { createAccess, grantsOf, localAccess, type MemberOf } from '../../src/access/roles.ts';
import type { Person } from '../../src/remediation/plan-record.ts';
import type { Act } from '../../src/remediation/ports.ts';
import { readSettings } from '../../src/settings.ts';

const home = '00000000-0000-4000-8000-0000000000f0';
const contoso = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ApiManagement/service/contoso';
const fabrikam = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ApiManagement/service/fabrikam';
const [one, two] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
const [red, blue] = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'];
const me: Person = { id: one, name: 'One', tenant: home, guest: false };
const acts: readonly Act[] = ['look', 'fix', 'approve'];

const noGroups: MemberOf = async () => {
  throw new Error('no group was to be asked for');
};

/** Knows one person's groups, and what it was asked for. */
function directory(mine: readonly string[]): { readonly memberOf: MemberOf; readonly asked: string[][] } {
  const asked: string[][] = [];
  return {
    asked,
    async memberOf(_person, ids) {
      asked.push([...ids]);
      return mine;
    },
  };
}

function access(grants: readonly Grant[], memberOf: MemberOf = noGroups, tenants: readonly string[] | null = [home]) {
  return createAccess({ grants, memberOf, tenants });
}

function grant(role: Role, ...who: string[]): Grant {
  return { role, who, services: null };
}

async function allowed(grants: readonly Grant[], who: Person, memberOf: MemberOf = noGroups): Promise<readonly Act[]> {
  const { whyNot } = access(grants, memberOf);
  const answers = await Promise.all(acts.map(async (act) => ({ act, says: await whyNot(who, act, contoso) })));
  return answers.filter(({ says }) => says === null).map(({ act }) => act);
}

it.each<[Role, readonly Act[]]>([
  ['viewer', ['look']],
  ['fixer', ['look', 'fix']],
  ['approver', ['look', 'approve']],
])('lets a %s do that and no more', async (role, may) => {
  expect(await allowed([grant(role, one)], me)).toEqual(may);
});

it('lets nobody in without grants, and says that nobody is named', async () => {
  const { whyNot, visible } = access(grantsOf(readSettings({})));

  expect(await whyNot(me, 'look', contoso)).toMatch(/Nobody is named .*LOCKSMITH_VIEWERS/);
  expect(await whyNot(me, 'fix', contoso)).toMatch(/^Nobody is named .*LOCKSMITH_FIXERS/);
  expect(await whyNot(me, 'approve', contoso)).toMatch(/^Nobody is named .*LOCKSMITH_APPROVERS/);
  expect(await visible(me, [contoso])).toEqual([]);
});

it('says what somebody may who may not press, and names nobody else', async () => {
  const { whyNot } = access([grant('viewer', one), grant('fixer', two), grant('approver', two)]);
  const said = [await whyNot(me, 'fix', contoso), await whyNot(me, 'approve', contoso)];

  expect(said[0]).toBe('You may look here, but fix buttons are for fixers (LOCKSMITH_FIXERS). Ask one of them to press it.');
  expect(said[1]).toMatch(/^You may look here, but agreeing as the second person is for approvers \(LOCKSMITH_APPROVERS\)/);
  expect(said.join()).not.toContain(two);
});

it('compares ids without their case', async () => {
  expect(await allowed([grant('fixer', red)], { ...me, id: red.toUpperCase(), tenant: home.toUpperCase() })).toEqual(['look', 'fix']);
});

it('keeps a grant to its services', async () => {
  const grants = grantsOf(
    readSettings({ LOCKSMITH_ROLES: JSON.stringify([{ role: 'fixer', who: [one], services: [contoso.toUpperCase()] }]) }),
  );
  const { whyNot, visible } = access(grants);

  expect(await whyNot(me, 'fix', contoso)).toBeNull();
  expect(await whyNot(me, 'fix', fabrikam)).toMatch(/LOCKSMITH_FIXERS/);
  expect(await visible(me, [fabrikam, contoso])).toEqual([contoso]);
});

it('reads the lists that hold for all services', async () => {
  const grants = grantsOf(readSettings({ LOCKSMITH_VIEWERS: '*', LOCKSMITH_FIXERS: one.toUpperCase(), LOCKSMITH_APPROVERS: two }));

  expect(await allowed(grants, me)).toEqual(['look', 'fix']);
  expect(await allowed(grants, { ...me, id: two })).toEqual(['look', 'approve']);
  expect(await allowed(grants, { ...me, id: red })).toEqual(['look']);
});

describe('*', () => {
  const grants = [grant('viewer', '*')];

  it.each<[string, Person, RegExp]>([
    ['a guest', { ...me, guest: true }, /guest in this tenant/],
    ['somebody of another tenant', { ...me, tenant: red }, /LOCKSMITH_ALLOWED_TENANTS/],
    ['somebody of no tenant', { ...me, tenant: null }, /LOCKSMITH_ALLOWED_TENANTS/],
    ['somebody who may be a guest', { id: one, name: 'One', tenant: home }, /did not tell me .*LOCKSMITH_VIEWERS/],
    ['somebody without an Entra id', { ...me, id: '29:someone' }, /LOCKSMITH_VIEWERS/],
  ])('does not let in %s', async (_, who, says) => {
    expect(await access(grants).whyNot(who, 'look', contoso)).toMatch(says);
    expect(await access(grants).visible(who, [contoso])).toEqual([]);
  });

  it('lets in everybody where there is no tenant to keep others out of', async () => {
    expect(await access(grants, noGroups, null).whyNot({ id: one, name: 'One', tenant: null }, 'look', contoso)).toBeNull();
  });

  it('makes nobody a fixer or an approver, nor through that a viewer', async () => {
    expect(await allowed([grant('fixer', '*'), grant('approver', '*')], me)).toEqual([]);
  });
});

it('lets in whom a list names when Teams does not tell whether they are a guest', async () => {
  expect(await allowed([grant('fixer', one)], { id: one, name: 'One', tenant: home })).toEqual(['look', 'fix']);
});

describe('groups', () => {
  it('lets in who is in one', async () => {
    expect(await allowed([grant('approver', `group:${red}`)], me, directory([red.toUpperCase()]).memberOf)).toEqual(['look', 'approve']);
  });

  it('costs no question for somebody who is named', async () => {
    expect(await allowed([grant('fixer', `group:${red}`, one)], me, noGroups)).toEqual(['look', 'fix']);
  });

  it('are asked for only where they would decide', async () => {
    const { memberOf, asked } = directory([]);
    await access([grant('fixer', `group:${red}`), grant('approver', `group:${blue}`)], memberOf).whyNot(me, 'fix', contoso);

    expect(asked).toEqual([[red]]);
  });

  it('are asked for once for several services', async () => {
    const { memberOf, asked } = directory([blue]);
    const grants: readonly Grant[] = [
      { role: 'viewer', who: [`group:${red}`], services: [contoso.toLowerCase()] },
      { role: 'fixer', who: [`group:${blue}`, `group:${red}`], services: [fabrikam.toLowerCase()] },
    ];

    expect(await access(grants, memberOf).visible(me, [contoso, fabrikam])).toEqual([fabrikam]);
    expect(asked).toEqual([[red, blue]]);
  });

  it('that were not asked for do not count', async () => {
    expect(await allowed([grant('fixer', `group:${red}`)], me, directory([blue, one]).memberOf)).toEqual([]);
  });

  it('that cannot be read are a no, with the reason', async () => {
    const unread: MemberOf = async () => ({ says: 'Microsoft Graph did not answer.' });
    const { whyNot, visible } = access([grant('fixer', `group:${red}`)], unread);

    expect(await whyNot(me, 'fix', contoso)).toMatch(
      /^LOCKSMITH_FIXERS names groups, .* take it as a no\. Microsoft Graph did not answer\.$/,
    );
    expect(await visible(me, [contoso])).toEqual([]);
  });

  describe('when Teams does not tell whether somebody is a guest', () => {
    const unknown: Person = { id: one, name: 'One', tenant: home };
    const all = [grant('fixer', `group:${red}`), grant('approver', `group:${red}`)];

    it('let them look, but neither press nor agree, and nobody asks for their groups', async () => {
      const { memberOf, asked } = directory([red]);

      expect(await allowed(all, unknown, memberOf)).toEqual(['look']);
      expect(asked).toEqual([[red]]);
    });

    it.each<[Act, RegExp]>([
      ['fix', /^LOCKSMITH_FIXERS names groups, .*did not tell me whether you are a guest, so nothing was done/],
      ['approve', /^LOCKSMITH_APPROVERS names groups, .*did not tell me whether you are a guest, so nothing was done/],
    ])('say why not to %s', async (act, says) => {
      expect(await access(all).whyNot(unknown, act, contoso)).toMatch(says);
    });

    it('do not keep out who is also named by id', async () => {
      expect(await allowed([grant('fixer', one, `group:${red}`)], unknown)).toEqual(['look', 'fix']);
    });

    it('count where there are no tenants', async () => {
      const { memberOf } = directory([red]);

      expect(await access(all, memberOf, null).whyNot({ ...unknown, tenant: null }, 'fix', contoso)).toBeNull();
    });
  });

  it('let a guest in as little as anything', async () => {
    expect(await access([grant('fixer', `group:${red}`, one)]).whyNot({ ...me, guest: true }, 'fix', contoso)).toMatch(/guest/);
  });
});

describe('whatever the grants are', () => {
  const ids = [one, two, red, blue];
  const person = fc.record({ id: fc.constantFrom(...ids), name: fc.constant('X'), tenant: fc.constantFrom(home, blue, null) });
  const known: fc.Arbitrary<Person> = fc.tuple(person, fc.constantFrom(true, false, undefined)).map(([who, guest]) => {
    return guest === undefined ? who : { ...who, guest };
  });
  const listed = fc.constantFrom('*', ...ids, ...ids.map((id) => `group:${id}`));
  const anyGrant: fc.Arbitrary<Grant> = fc.record({
    role: fc.constantFrom<Role>('viewer', 'fixer', 'approver'),
    who: fc.array(listed, { maxLength: 4 }),
    services: fc.option(fc.subarray([contoso.toLowerCase(), fabrikam.toLowerCase()])),
  });
  const anyGrants = fc.array(anyGrant, { maxLength: 6 });
  const groups = fc.subarray(ids);
  const act = fc.constantFrom(...acts);

  function mayHave(role: Role, act: Act): boolean {
    return act === 'look' || (act === 'fix' ? role === 'fixer' : role === 'approver');
  }

  it('nobody may do anything without a grant that names them', async () => {
    await fc.assert(
      fc.asyncProperty(anyGrants, known, groups, act, async (grants, who, mine, asked) => {
        const groupsCount = asked === 'look' || who.guest === false;
        const names = [who.id, ...(groupsCount ? mine.map((id) => `group:${id}`) : [])];
        const named = grants.some(
          ({ role, who: list, services }) =>
            mayHave(role, asked) &&
            (services === null || services.includes(contoso.toLowerCase())) &&
            list.some((entry) => names.includes(entry) || (entry === '*' && role === 'viewer' && who.guest === false)),
        );
        const says = await access(grants, async () => mine).whyNot(who, asked, contoso);

        expect(says === null).toBe(named && who.guest !== true && who.tenant === home);
      }),
      { numRuns: 500 },
    );
  });

  it('a guest and a stranger may nothing, and nobody asks for their groups', async () => {
    const out = known.filter(({ guest, tenant }) => guest === true || tenant !== home);
    await fc.assert(
      fc.asyncProperty(anyGrants, out, act, async (grants, who, asked) => {
        expect(await access(grants).whyNot(who, asked, contoso)).not.toBeNull();
        expect(await access(grants).visible(who, [contoso, fabrikam])).toEqual([]);
      }),
    );
  });

  it("somebody else's grant changes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(anyGrants, known, groups, anyGrant, act, async (grants, who, mine, more, asked) => {
        const names = [who.id, '*', ...mine.map((id) => `group:${id}`)];
        const others = { ...more, who: more.who.filter((entry) => !names.includes(entry)) };
        const [before, after] = [grants, [...grants, others]].map((all) => access(all, async () => mine));

        expect((await after?.whyNot(who, asked, contoso)) === null).toBe((await before?.whyNot(who, asked, contoso)) === null);
      }),
    );
  });

  it('what is visible is what may be looked at', async () => {
    await fc.assert(
      fc.asyncProperty(anyGrants, known, groups, async (grants, who, mine) => {
        const { whyNot, visible } = access(grants, async () => mine);
        const may = await Promise.all(
          [contoso, fabrikam].map(async (service) => ((await whyNot(who, 'look', service)) === null ? [service] : [])),
        );

        expect(await visible(who, [contoso, fabrikam])).toEqual(may.flat());
      }),
    );
  });
});

describe('in local mode', () => {
  const { whyNot, visible } = localAccess();
  const playground = (end: string): Person => ({ id: `00000000-0000-0000-0000-00000000000${end}`, name: end, tenant: null });

  it.each<[string, string, readonly Act[]]>([
    ['Alex', '20', ['look', 'fix']],
    ['Megan', '21', ['look', 'fix', 'approve']],
    ['Adele', '22', ['look']],
    ['somebody else', '25', ['look']],
    ['somebody whose id only ends so', '120', ['look']],
  ])('%s has the role of the contract', async (_, end, may) => {
    const answers = await Promise.all(acts.map(async (act) => ((await whyNot(playground(end), act, contoso)) === null ? [act] : [])));

    expect(answers.flat()).toEqual(may);
  });

  it('says who has the role', async () => {
    expect(await whyNot(playground('22'), 'fix', contoso)).toMatch(/Alex and Megan may press/);
    expect(await whyNot(playground('20'), 'approve', contoso)).toMatch(/Megan is the second person/);
    expect(await whyNot(playground('22'), 'approve', contoso)).toMatch(/Megan is the one who agrees/);
    expect(await visible(playground('22'), [contoso])).toEqual([contoso]);
  });
});
