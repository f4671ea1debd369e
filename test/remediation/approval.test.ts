// What widens access or undoes a decision needs two people: one asks, another agrees, and silence is a no.
import { scenarios as suspended } from '../../src/causes/subscription-suspended/scenarios.ts';
import type { Access, Act } from '../../src/remediation/ports.ts';
import { first } from '../harness/first.ts';
import { access, openPlan, type PlanRoom, pressOf } from '../harness/plan-room.ts';

let room: PlanRoom;

/** Roles that were taken from everybody meanwhile. */
const revoked = new Set<Act>();

const withoutRevoked: Access['whyNot'] = async (who, act, service) =>
  revoked.has(act) ? `${who.name} may not ${act} any more.` : access.whyNot(who, act, service);

beforeEach(async () => {
  revoked.clear();
  room = await openPlan(first(suspended), 'subscription-suspended', { access: { ...access, whyNot: withoutRevoked } });
  expect(await room.prepares('ada')).toMatchObject({ kind: 'preview', plan: { secondPerson: true } });
});

afterEach(() => room.close());

it('is applied when somebody else, who may, agrees', async () => {
  expect(await room.confirms('ada')).toMatchObject({ kind: 'waiting', plan: { state: 'waiting', requestedBy: { name: 'Ada' } } });
  expect(room.writes()).toEqual([]);

  expect(await room.confirms('cleo')).toMatchObject({
    kind: 'applied',
    plan: { state: 'applied', verified: 'ruled-out', requestedBy: { name: 'Ada' }, approvedBy: { name: 'Cleo' } },
  });
  expect(room.writes()).toEqual(['PATCH 200']);
  expect(room.audit().map(({ step, who }) => `${step} ${who.name}`)).toEqual([
    'prepared Ada',
    'requested Ada',
    'confirmed Cleo',
    'applied Cleo',
    'verified Cleo',
  ]);
});

it('takes no look for a Confirm, and two Confirms in either order', async () => {
  expect(await room.confirms('ben')).toMatchObject({ kind: 'waiting', plan: { requestedBy: { name: 'Ben' } } });
  expect(room.writes()).toEqual([]);

  expect(await room.confirms('ada')).toMatchObject({
    kind: 'applied',
    plan: { requestedBy: { name: 'Ada' }, approvedBy: { name: 'Ben' } },
  });
});

it('is not done for somebody who may not ask any more when the other agrees', async () => {
  await room.confirms('ada');
  revoked.add('fix');

  expect(await room.confirms('cleo')).toMatchObject({
    kind: 'not-allowed',
    says: expect.stringContaining('Ada'),
    plan: { state: 'waiting' },
  });
  expect(room.writes()).toEqual([]);
  revoked.clear();
  expect(await room.confirms('cleo')).toMatchObject({ kind: 'applied' });
});

it('is not agreed to by whoever asked, an approver or not', async () => {
  await room.confirms('ada');
  const lines = room.audit().length;
  expect(await room.confirms('ada')).toMatchObject({ kind: 'waiting', says: expect.stringContaining('somebody else') });
  expect(room.audit()).toHaveLength(lines);

  await room.cancels('ada');
  const { remediation } = room.engine;
  const { cause, label, consequence, permission, undo, secondPerson, shown, symptom, service } = room.plan;
  const own = await remediation.offer({
    ...pressOf('ben'),
    cause,
    label,
    consequence,
    permission,
    undo,
    secondPerson,
    shown,
    symptom,
    service,
  });
  const { plan } = await remediation.prepare(own.id, pressOf('ben'));
  const confirm = () => remediation.confirm(own.id, pressOf('ben'), plan?.digest ?? null);
  expect(await confirm()).toMatchObject({ kind: 'waiting' });
  expect(await confirm()).toMatchObject({ kind: 'waiting', plan: { state: 'waiting' } });
  expect(room.writes()).toEqual([]);
});

it('is not agreed to by somebody without the role, and neither asked for by them', async () => {
  expect(await room.confirms('dan')).toMatchObject({ kind: 'not-allowed', plan: { state: 'prepared' } });
  await room.confirms('ada');
  expect(await room.confirms('dan')).toMatchObject({ kind: 'not-allowed', plan: { state: 'waiting' } });
  expect(room.writes()).toEqual([]);
});

it('counts silence as a no, also when nobody presses any more', async () => {
  await room.confirms('ada');
  room.wait(61);

  const changed = await room.engine.remediation.work();

  expect(changed).toMatchObject([{ id: room.plan.id, state: 'refused', says: expect.stringContaining('counts as a no') }]);
  expect(await room.engine.remediation.work()).toEqual([]);
  expect(await room.confirms('cleo')).toMatchObject({ kind: 'already', plan: { state: 'refused' } });
  expect(room.writes()).toEqual([]);
  expect(room.audit().at(-1)).toMatchObject({ step: 'refused', who: { name: 'Locksmith' } });
});

it('refuses whoever agrees too late, before the background has noticed', async () => {
  await room.confirms('ada');
  room.wait(61);

  expect(await room.confirms('cleo')).toMatchObject({ kind: 'stale', says: expect.stringContaining('counts as a no') });
  expect(room.writes()).toEqual([]);
});

it('still waits when the time of a preview would be over', async () => {
  await room.confirms('ada');
  room.wait(45);

  expect(await room.engine.remediation.work()).toEqual([]);
  expect(await room.confirms('cleo')).toMatchObject({ kind: 'applied' });
});

it('takes a no from whoever may agree', async () => {
  await room.confirms('ada');

  expect(await room.cancels('dan')).toMatchObject({ kind: 'not-allowed' });
  expect(await room.cancels('cleo')).toMatchObject({ kind: 'cancelled', says: expect.stringContaining('Cleo said no') });
  expect(await room.confirms('ben')).toMatchObject({ kind: 'already', plan: { state: 'cancelled' } });
  expect(room.writes()).toEqual([]);
});

it('asks an approver for the plan that was asked for, and refuses one that has moved since', async () => {
  await room.confirms('ada');
  await room.elsewhere({ stateComment: 'changed by somebody' });

  expect(await room.confirms('cleo')).toMatchObject({ kind: 'stale', plan: { state: 'refused' } });
  expect(room.writes()).toEqual(['PATCH 200', 'PATCH 412']);
});

it('lets one person do it where the configuration says so', async () => {
  await room.close();
  room = await openPlan(first(suspended), 'subscription-suspended', { singleOperator: true });
  await room.prepares('ada');

  expect(await room.confirms('ada')).toMatchObject({ kind: 'applied', plan: { approvedBy: null } });
});
