// Small changes of the code that no other test would notice: who may agree, to what, and until when.
import { rmSync } from 'node:fs';
import { scenarios as baseMissing } from '../../src/causes/base-policy-missing/scenarios.ts';
import { scenarios as suspended } from '../../src/causes/subscription-suspended/scenarios.ts';
import { startLab } from '../../src/lab/lab.ts';
import { press } from '../harness/boundaries.ts';
import { first } from '../harness/first.ts';
import { estatesOf, pasteOf, serviceId } from '../harness/healthy-estate.ts';
import { openPlan, people } from '../harness/plan-room.ts';
import { makeStateDir } from '../harness/state-dir.ts';
import { openWired, type Wires } from '../harness/wired.ts';

const everybodyMay = { whyNot: async () => null, visible: async (_who: unknown, services: readonly string[]) => services };

it('sends nothing when the plan was made anew between looking at it and taking it', async () => {
  await using offered = await openOffer({
    aroundPlans: (plans) => ({
      ...plans,
      async commit(moves, line) {
        const [{ id, patch }] = moves;
        if (patch.state === 'applying') await plans.commit([{ id, from: ['prepared'], patch: { digest: 'of another plan' } }]);
        return plans.commit(moves, line);
      },
    }),
  });
  const { remediation, id, lab } = offered;
  const { plan } = await remediation.prepare(id, press);

  expect(await remediation.confirm(id, press, plan?.digest ?? null)).toMatchObject({ kind: 'already', plan: { state: 'prepared' } });
  expect(lab.writes).toEqual([]);
});

it('plans no undo after its time, though what it would put back is not erased yet', async () => {
  let passed = 0;
  await using offered = await openOffer({
    clock: () => new Date(Date.now() + passed),
    aroundPlans: (plans) => ({ ...plans, forgetExpired: async () => undefined }),
  });
  const { remediation, id, lab } = offered;
  const { plan } = await remediation.prepare(id, press);
  expect(await remediation.confirm(id, press, plan?.digest ?? null)).toMatchObject({ kind: 'applied' });
  passed = 24 * 3_600_000 + 1;

  expect(await remediation.undo(id, press)).toMatchObject({ kind: 'expired', plan: { state: 'applied' } });
  expect(lab.writes).toHaveLength(1);
});

it('knows whoever asked by their id in other letters too', async () => {
  await using room = disposable(await openPlan(first(suspended), 'subscription-suspended', { access: everybodyMay }));
  const { plan } = await room.prepares('ada');
  expect(await room.confirms('ada')).toMatchObject({ kind: 'waiting' });

  const again = { who: { ...people.ada, id: people.ada.id.toUpperCase() }, conversation: 'room' };
  expect(again.who.id).not.toBe(people.ada.id);
  expect(await room.engine.remediation.confirm(room.plan.id, again, plan?.digest ?? null)).toMatchObject({
    kind: 'waiting',
    says: expect.stringContaining('You pressed Confirm already'),
  });
  expect(room.writes()).toEqual([]);
});

it('does not ask a second person for what is never changed', async () => {
  await using room = disposable(await openPlan(first(suspended), 'subscription-suspended', { lookOnly: '*' }));
  await room.prepares('ada');

  expect(await room.confirms('ada')).toMatchObject({ kind: 'not-allowed', says: expect.stringContaining('look-only') });
  expect(await room.now()).toMatchObject({ state: 'prepared', requestedBy: null });
  expect(room.audit().map(({ step }) => step)).not.toContain('requested');
});

describe('an undo', () => {
  it('that opens what two people agreed to needs two people again', async () => {
    await using room = disposable(await openPlan(first(baseMissing), 'base-policy-missing'));
    expect(await room.prepares('ada')).toMatchObject({ plan: { secondPerson: true } });
    await room.confirms('ada');
    expect(await room.confirms('cleo')).toMatchObject({ kind: 'applied' });

    expect(await room.undoes('ada')).toMatchObject({ kind: 'preview', plan: { kind: 'undo', secondPerson: true } });
    expect(await room.confirms('ada')).toMatchObject({ kind: 'waiting' });
    expect(room.writes()).toHaveLength(1);
    expect(await room.confirms('cleo')).toMatchObject({ kind: 'undone' });
  });

  it('that closes it again needs one', async () => {
    await using room = disposable(await openPlan(first(suspended), 'subscription-suspended'));
    await room.prepares('ada');
    await room.confirms('ada');
    expect(await room.confirms('cleo')).toMatchObject({ kind: 'applied' });

    expect(await room.undoes('ada')).toMatchObject({ plan: { secondPerson: false } });
    expect(await room.confirms('ada')).toMatchObject({ kind: 'undone' });
  });

  it('is not planned after its time, and the fix stays', async () => {
    await using room = disposable(await openPlan(first(suspended), 'subscription-suspended', { singleOperator: true }));
    await room.prepares('ada');
    await room.confirms('ada');
    room.wait(24 * 60 + 1);

    expect(await room.undoes('ada')).toMatchObject({ kind: 'expired', says: expect.stringContaining('time for an undo is over') });
    expect(await room.now()).toMatchObject({ state: 'applied', undoneBy: null });
    expect(room.writes()).toHaveLength(1);
  });

  it('that was shown in time is not sent after it', async () => {
    await using room = disposable(await openPlan(first(suspended), 'subscription-suspended', { singleOperator: true }));
    await room.prepares('ada');
    await room.confirms('ada');
    room.wait(24 * 60 - 5);
    expect(await room.undoes('ada')).toMatchObject({ kind: 'preview' });
    room.wait(6);

    expect(await room.confirms('ada')).toMatchObject({ says: expect.stringContaining('has expired') });
    expect(await room.now()).toMatchObject({ state: 'applied', undoneBy: null });
    expect(room.writes()).toHaveLength(1);
  });
});

async function openOffer(wires: Wires) {
  const lab = await startLab({ estate: estatesOf(first(suspended)) });
  const stateDir = makeStateDir('offer');
  const wired = openWired(lab, stateDir, wires);
  const { remediation, engine } = wired;
  const { diagnosis, offers } = await engine.ask({ paste: pasteOf(first(suspended)) });
  const offer = offers.get('subscription-suspended');
  if (offer === undefined) throw new Error('Nothing is offered.');
  const { changes, ...rest } = offer;
  const { id } = await remediation.offer({ ...press, ...rest, shown: changes, symptom: diagnosis.symptom, service: serviceId });
  return {
    lab,
    remediation,
    id,
    async [Symbol.asyncDispose]() {
      wired.close();
      await lab.stop();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}

function disposable<T extends { close(): Promise<void> }>(room: T): T & AsyncDisposable {
  return { ...room, [Symbol.asyncDispose]: () => room.close() };
}
