// A plan is about the service that it names, and about nothing that changed since it was shown.
import { scenarios as addApi } from '../../src/causes/api-not-in-product/scenarios.ts';
import { scenarios as presets } from '../../src/causes/hard-coded-key-in-operation-header/scenarios.ts';
import { first } from '../harness/first.ts';
import { openPlan, type PlanRoom } from '../harness/plan-room.ts';

let room: PlanRoom;

afterEach(() => room.close());

it('does not add an API to a product that was opened to everybody since the preview', async () => {
  room = await openPlan(first(addApi), 'api-not-in-product');
  await room.prepares('ada');
  await room.elsewhere({ subscriptionRequired: false }, 'products/starter');

  expect(await room.confirms('ada')).toMatchObject({ kind: 'stale', plan: { state: 'refused' } });
  expect(room.writes()).toEqual(['PATCH 200']);
});

it('needs two people for whatever widens access, where the settings say so', async () => {
  room = await openPlan(first(addApi), 'api-not-in-product', { twoToWiden: true });
  await room.prepares('ada');

  expect(await room.confirms('ada')).toMatchObject({ kind: 'waiting', plan: { secondPerson: true } });
  expect(room.writes()).toEqual([]);
});

it('has one undo for a fix, whoever presses Undo and how often', async () => {
  room = await openPlan(first(presets), 'hard-coded-key-in-operation-header');
  await room.prepares('ada');
  await room.confirms('ada');
  const [one, two, three] = await Promise.all([room.undoes('ada'), room.undoes('ben'), room.undoes('ada')]);

  expect([two.plan?.id, three.plan?.id]).toEqual([one.plan?.id, one.plan?.id]);
  expect(await room.confirms('ada')).toMatchObject({ kind: 'undone' });
  const over = { id: room.plan.id, state: 'undone', undoneBy: { name: 'Ada' } };
  expect(await room.confirms('ben')).toMatchObject({ kind: 'already', plan: over });
  expect(await room.cancels('ben')).toMatchObject({ kind: 'already', plan: over });
});

it('keeps Undo when its preview has expired or could not be carried out', async () => {
  room = await openPlan(first(presets), 'hard-coded-key-in-operation-header');
  const fix = { id: room.plan.id, state: 'applied' };
  await room.prepares('ada');
  await room.confirms('ada');
  await room.undoes('ada');
  room.wait(16);

  expect(await room.confirms('ada')).toMatchObject({ kind: 'already', plan: fix, says: expect.stringContaining('expired') });
  room.faultWith(({ method }) => (method === 'PATCH' ? { answer: { status: 409, headers: {}, body: null } } : undefined));
  await room.undoes('ada');
  expect(await room.confirms('ada')).toMatchObject({ kind: 'failed', plan: { ...fix, undoUntil: expect.any(String) } });
  room.faultWith(null);
  await room.undoes('ada');
  expect(await room.confirms('ada')).toMatchObject({ kind: 'undone' });
});

it('leaves to the bot what a chat has begun when a terminal tidies up', async () => {
  room = await openPlan(first(presets), 'hard-coded-key-in-operation-header');
  await room.prepares('ada');
  let written = false;
  room.faultWith(({ method, path }) => {
    if (method === 'PATCH') written = true;
    return written && method === 'GET' && /operations$/.test(path) ? { answer: { status: 403, headers: {}, body: null } } : undefined;
  });
  expect(await room.confirms('ada')).toMatchObject({ kind: 'applied', plan: { verified: 'pending' } });
  room.faultWith(null);
  room.wait(1);

  expect(await room.engine.remediation.work(({ conversation }) => conversation === null)).toEqual([]);
  expect(await room.engine.remediation.work()).toMatchObject([{ id: room.plan.id, verified: 'ruled-out' }]);
});
