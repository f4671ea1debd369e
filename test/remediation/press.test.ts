// What a press may and may not do: stale, expired, foreign and doubled presses change nothing.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Scenario } from '../../src/causes/contract.ts';
import { scenarios as presets } from '../../src/causes/hard-coded-key-in-operation-header/scenarios.ts';
import { scenarios as propagating } from '../../src/causes/key-not-propagated/scenarios.ts';
import { first } from '../harness/first.ts';
import { serviceId } from '../harness/healthy-estate.ts';
import { type Name, openPlan, type PlanRoom, pressOf } from '../harness/plan-room.ts';

const renewed: readonly [Scenario, string] = [first(propagating), 'key-not-propagated'];
const preset: readonly [Scenario, string] = [first(presets), 'hard-coded-key-in-operation-header'];
let room: PlanRoom;

/** What the fix of the preset header is about. */
function operation(): string {
  return first(room.plan.shown).on.slice(serviceId.length + 1);
}

afterEach(() => room.close());

it('writes one audit line for each step: who, from where, which plan, what ARM called it', async () => {
  room = await openPlan(...preset);
  await room.prepares('ada');
  await room.confirms('ada');
  await room.undoes('ben');
  await room.confirms('ben');

  const lines = room.audit();
  expect(lines.map(({ step, who }) => `${step} by ${who.name}`)).toEqual([
    'prepared by Ada',
    'confirmed by Ada',
    'applied by Ada',
    'verified by Ada',
    'prepared by Ben',
    'confirmed by Ben',
    'undone by Ben',
  ]);
  expect(lines.every(({ conversation }) => conversation === 'room')).toBe(true);
  const [shown, confirmed, applied] = lines;
  expect(shown?.digest).toMatch(/^[0-9a-f]{64}$/);
  expect([confirmed?.digest, applied?.digest]).toEqual([shown?.digest, shown?.digest]);
  expect(applied?.requestIds).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)]);
});

it('refuses a plan whose resource somebody changed after the preview, and keeps their change', async () => {
  room = await openPlan(...renewed);
  await room.prepares('ada');
  await room.elsewhere({ stateComment: 'under investigation' });

  expect(await room.confirms('ada')).toMatchObject({ kind: 'stale', plan: { state: 'refused' } });
  expect(room.writes()).toEqual(['PATCH 200', 'PATCH 412']);
  expect(room.estate()).toContain('under investigation');
});

it('does not make a plan for a cause that is gone by the time of the press', async () => {
  room = await openPlan(...preset);
  await room.elsewhere({ request: { headers: [], queryParameters: [] } }, operation());

  expect(await room.prepares('ada')).toMatchObject({ kind: 'stale', plan: { state: 'refused' } });
});

it('refuses an undo when somebody changed the resource since, before and after it was shown', async () => {
  room = await openPlan(...preset);
  await room.prepares('ada');
  await room.confirms('ada');
  expect(await room.undoes('ada')).toMatchObject({ kind: 'preview' });
  await room.elsewhere({ displayName: 'Renamed meanwhile' }, operation());

  expect(await room.confirms('ada')).toMatchObject({ kind: 'stale' });
  expect(await room.undoes('ada')).toMatchObject({ kind: 'stale', plan: { state: 'applied' } });
  expect(room.estate()).toContain('Renamed meanwhile');
});

it('shows an undo before it is done, and leaves the fix as it is when that is cancelled', async () => {
  room = await openPlan(...preset);
  await room.prepares('ada');
  await room.confirms('ada');
  const written = room.writes().length;

  const shown = await room.undoes('ben');
  expect(shown).toMatchObject({ kind: 'preview', plan: { kind: 'undo', label: 'Undo: Remove the header from the operation' } });
  expect(shown.plan?.shown).toEqual(room.plan.shown.map(({ before, after, ...rest }) => ({ ...rest, before: after, after: before })));
  expect(await room.cancels('ben')).toMatchObject({ kind: 'cancelled', plan: { id: room.plan.id, state: 'applied' } });
  expect(await room.confirms('ben')).toMatchObject({ kind: 'already' });
  expect(room.writes()).toHaveLength(written);
});

it('lets two people undo at the same moment, once', async () => {
  room = await openPlan(...preset);
  await room.prepares('ada');
  await room.confirms('ada');
  const [one, two] = await Promise.all([
    room.engine.remediation.undo(room.plan.id, pressOf('ada')),
    room.engine.remediation.undo(room.plan.id, pressOf('ben')),
  ]);
  const confirm = (shown: typeof one, name: Name) =>
    room.engine.remediation.confirm(shown.plan?.id ?? '', pressOf(name), shown.plan?.digest ?? null);

  const answers = await Promise.all([confirm(one, 'ada'), confirm(two, 'ben')]);

  expect(answers.map(({ kind }) => kind).sort()).toEqual(['already', 'undone']);
  expect(room.writes()).toHaveLength(2);
});

it('lets an offer, a preview and an undo expire', async () => {
  room = await openPlan(...preset);
  await room.prepares('ada');
  room.wait(16);
  expect(await room.confirms('ada')).toMatchObject({ kind: 'expired', plan: { state: 'refused' } });
  expect(await room.prepares('ada')).toMatchObject({ kind: 'already' });
  expect(room.writes()).toEqual([]);
  await room.close();

  room = await openPlan(...preset);
  await room.prepares('ada');
  await room.confirms('ada');
  room.wait(24 * 60 + 1);
  expect(await room.undoes('ada')).toMatchObject({ kind: 'expired', says: expect.stringContaining('erased') });
  expect(room.writes()).toHaveLength(1);
});

it('does nothing for a press from another conversation, an unknown id, or somebody who may not, and notes it', async () => {
  room = await openPlan(...renewed);
  const { remediation } = room.engine;
  const { id } = room.plan;

  expect(await remediation.prepare(id, pressOf('ada', 'elsewhere'))).toMatchObject({ kind: 'unknown-plan', plan: null });
  expect(await remediation.prepare('nonsense', pressOf('ada'))).toMatchObject({ kind: 'unknown-plan' });
  expect(await room.prepares('dan')).toMatchObject({ kind: 'not-allowed', says: 'Dan may not fix.' });
  expect(await room.prepares('ada')).toMatchObject({ kind: 'preview' });
  expect(await room.confirms('dan')).toMatchObject({ kind: 'not-allowed' });
  expect(await room.cancels('dan')).toMatchObject({ kind: 'not-allowed', plan: { state: 'prepared' } });
  expect(room.writes()).toEqual([]);
  expect(room.audit().map(({ step, who, conversation }) => `${step} ${who.name} ${conversation}`)).toEqual([
    'refused Ada elsewhere',
    'refused Ada room',
    'refused Dan room',
    'prepared Ada room',
    'refused Dan room',
    'refused Dan room',
  ]);
});

it('sends nothing for a Confirm under another preview than the one that would be applied', async () => {
  room = await openPlan(...renewed);
  const shown = await room.prepares('ada');
  await room.elsewhere({ stateComment: 'changed' });
  const fresh = await room.prepares('ben');

  const old = await room.engine.remediation.confirm(room.plan.id, pressOf('ada'), shown.plan?.digest ?? '');

  expect(old).toMatchObject({ kind: 'preview', plan: { digest: fresh.plan?.digest } });
  expect(fresh.plan?.digest).not.toBe(shown.plan?.digest);
  expect(room.writes()).toEqual(['PATCH 200']);
  expect(await room.confirms('ben')).toMatchObject({ kind: 'applied' });
});

it('gives two who press at the same moment, in two processes, the same outcome with name and time', async () => {
  room = await openPlan(...preset);
  const { plan } = await room.prepares('ada');
  const other = room.anotherProcess();
  const digest = plan?.digest ?? null;

  const answers = await Promise.all([
    room.engine.remediation.confirm(room.plan.id, pressOf('ada'), digest),
    other.remediation.confirm(room.plan.id, pressOf('ben'), digest),
    room.engine.remediation.confirm(room.plan.id, pressOf('ada'), digest),
    other.remediation.confirm(room.plan.id, pressOf('ada'), digest),
  ]);

  expect(answers.map(({ kind }) => kind).sort()).toEqual(['already', 'already', 'already', 'applied']);
  expect(room.writes()).toEqual(['PATCH 200']);
  const [one, ...rest] = answers.map((answer) => answer.plan);
  expect(one).toMatchObject({ state: 'applied', confirmedBy: { name: expect.any(String) }, appliedAt: expect.any(String) });
  for (const each of rest) {
    expect(each?.confirmedBy).toEqual(one?.confirmedBy);
    expect(each?.appliedAt).toEqual(one?.appliedAt);
  }
});

it('shows everything of a look-only service, and changes nothing', async () => {
  room = await openPlan(...renewed, { lookOnly: '*' });

  expect(await room.prepares('ada')).toMatchObject({ kind: 'preview' });
  expect(await room.confirms('ada')).toMatchObject({
    kind: 'not-allowed',
    says: expect.stringContaining('look-only'),
    plan: { state: 'prepared' },
  });
  expect(room.writes()).toEqual([]);
  expect(room.audit().at(-1)).toMatchObject({ step: 'refused', says: expect.stringContaining('look-only') });
});

it('applies nothing where nobody said whose rights to use', async () => {
  room = await openPlan(...renewed, { actAs: null });
  await room.prepares('ada');

  expect(await room.confirms('ada')).toMatchObject({ kind: 'not-allowed', says: expect.stringContaining('LOCKSMITH_ACT_AS') });
  expect(room.writes()).toEqual([]);
});

it('keeps a hard-coded key out of the database in clear, and erases it when the undo is used up', async () => {
  room = await openPlan(...preset);
  await room.prepares('ada');
  await room.confirms('ada');
  const sealed = (): unknown[] => {
    const db = new DatabaseSync(join(room.stateDir, 'locksmith.db'));
    const rows = db.prepare('SELECT changes FROM plans WHERE changes IS NOT NULL').all();
    db.close();
    return rows;
  };

  expect(sealed()).toHaveLength(1);
  expect(everyByte()).not.toContain('0badc0de');
  await room.undoes('ada');
  expect(await room.confirms('ada')).toMatchObject({ kind: 'undone' });
  expect(room.estate()).toContain('0badc0de');
  expect(sealed()).toEqual([]);
});

function everyByte(): string {
  return ['locksmith.db', 'locksmith.db-wal'].map((file) => readFileSync(join(room.stateDir, file), 'latin1')).join('');
}
