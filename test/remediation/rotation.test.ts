// A key that was pasted in full is replaced in two steps, the one that nobody pasted first, so that no caller is ever without one.
import { scenarios as propagating } from '../../src/causes/key-not-propagated/scenarios.ts';
import { first } from '../harness/first.ts';
import { openPlan, type PlanRoom, pressOf } from '../harness/plan-room.ts';
import { mend } from '../harness/press-through.ts';

let room: PlanRoom;

afterEach(() => room.close());

function keys(): { readonly primaryKey: string; readonly secondaryKey: string } {
  const { estates } = room.lab.exportEstate() as unknown as { estates?: readonly unknown[] };
  const text = JSON.stringify(estates ?? room.lab.exportEstate());
  const [, found = '{}'] = /"id":"subscriptions\/mobile-app","properties":(\{.*?\})/.exec(text) ?? [];
  const { primaryKey, secondaryKey } = JSON.parse(found) as { primaryKey: string; secondaryKey: string };
  return { primaryKey, secondaryKey };
}

it('makes the other key new, offers the second step for a day, and then replaces the pasted one', async () => {
  room = await openPlan(first(propagating), 'rotate-other-key');
  const old = keys();

  const one = await mend(room.engine.remediation, room.plan.id, pressOf('ada'));
  expect(one).toMatchObject({ kind: 'applied', plan: { verified: 'ruled-out', undo: null, nextPlan: expect.any(String) } });
  const between = keys();
  expect(between.primaryKey).toBe(old.primaryKey);
  expect(between.secondaryKey).not.toBe(old.secondaryKey);

  room.wait(20 * 60);
  const two = await mend(room.engine.remediation, one.plan?.nextPlan ?? '', pressOf('ben'));
  expect(two).toMatchObject({ kind: 'applied', plan: { cause: 'rotate-pasted-key', nextPlan: null, confirmedBy: { name: 'Ben' } } });
  expect(keys().primaryKey).not.toBe(old.primaryKey);
  expect(keys().secondaryKey).toBe(between.secondaryKey);
  expect(room.writes()).toEqual(['POST 204', 'POST 204']);

  const said = JSON.stringify([one, two, room.audit()]);
  const shown = [...Object.values(old), ...Object.values(between), ...Object.values(keys())].filter((key) => said.includes(key));
  expect(shown).toHaveLength(0);
});

it('refuses the step when somebody replaced that key since it was shown', async () => {
  room = await openPlan(first(propagating), 'rotate-other-key');
  await room.prepares('ada');
  await room.elsewhere({ secondaryKey: 'set-by-somebody-else-at-the-portal' });

  expect(await room.confirms('ada')).toMatchObject({ kind: 'stale', plan: { state: 'refused' } });
  expect(keys().secondaryKey).toBe('set-by-somebody-else-at-the-portal');
});

it('does not offer the second step before the first is done', async () => {
  room = await openPlan(first(propagating), 'rotate-other-key');
  await room.prepares('ada');

  expect(await room.now()).toMatchObject({ nextPlan: null });
});
