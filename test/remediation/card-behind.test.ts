// The process ends between the step and the card, or the channel does not take the edit: the card is shown again until somebody did.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { scenarios as suspended } from '../../src/causes/subscription-suspended/scenarios.ts';
import type { PlanRecord } from '../../src/remediation/plan-record.ts';
import { first } from '../harness/first.ts';
import { openPlan, type PlanRoom } from '../harness/plan-room.ts';

let room: PlanRoom;

beforeEach(async () => {
  room = await openPlan(first(suspended), 'subscription-suspended');
  const db = new DatabaseSync(join(room.stateDir, 'locksmith.db'));
  const record: PlanRecord = { ...room.plan, address: 'address-1', card: 'message-1' };
  db.prepare('UPDATE plans SET record = ? WHERE id = ?').run(JSON.stringify(record), record.id);
  db.close();
});

afterEach(() => room.close());

async function mended(): Promise<void> {
  await room.prepares('ada');
  await room.confirms('ada');
  expect(await room.confirms('cleo')).toMatchObject({ kind: 'applied', plan: { verified: 'ruled-out' } });
}

/** What is shown by the background in a round. */
async function round(engine = room.engine): Promise<readonly string[]> {
  return (await engine.remediation.work()).map(({ kind, state }) => `${kind} ${state}`);
}

async function shown(): Promise<void> {
  await room.engine.remediation.cardShown(await room.now());
}

it('shows a plan again after a minute, and each minute until its card shows it', async () => {
  await mended();
  const other = room.anotherProcess();

  expect(await round(other)).toEqual([]);
  room.wait(1.1);
  expect(await round(other)).toEqual(['fix applied']);
  expect(await round(other)).toEqual([]);
  room.wait(1.1);
  expect(await round(other)).toEqual(['fix applied']);
  await shown();
  room.wait(1.1);
  expect(await round(other)).toEqual([]);
});

it('shows it in one of two processes', async () => {
  await mended();
  const other = room.anotherProcess();
  await round();
  room.wait(1.1);

  expect((await Promise.all([round(), round(other)])).flat()).toEqual(['fix applied']);
});

it('shows nothing again that was shown at once', async () => {
  await mended();
  await shown();

  for (const minutes of [0, 1.1, 1.1]) {
    room.wait(minutes);
    expect(await round()).toEqual([]);
  }
});

it('does not take for shown what has gone on since', async () => {
  await room.prepares('ada');
  const waiting = (await room.confirms('ada')).plan;
  if (waiting === null) throw new Error('There is no plan.');
  await room.confirms('cleo');
  await room.engine.remediation.cardShown(waiting);
  await round();
  room.wait(1.1);

  expect(await round()).toEqual(['fix applied']);
});

it('gives up after an hour', async () => {
  await mended();
  let times = 0;
  for (let tries = 0; tries < 100; tries += 1) {
    times += (await round()).length;
    room.wait(1.1);
  }

  expect(times).toBeGreaterThan(50);
  expect(times).toBeLessThanOrEqual(60);
});

it('shows the request for a second person, and a no', async () => {
  await room.prepares('ada');
  await room.confirms('ada');
  await round();
  room.wait(1.1);
  expect(await round()).toEqual(['fix waiting']);

  await room.cancels('cleo');
  await round();
  room.wait(1.1);
  expect(await round()).toEqual(['fix cancelled']);
});

it('shows the fix when its undo came to an end, and leaves the preview of an undo where it stands', async () => {
  await mended();
  await room.undoes('ada');
  for (const minutes of [0, 1.1, 1.1]) {
    room.wait(minutes);
    expect(await round()).toEqual([]);
  }

  await room.cancels('ada');
  const rounds: string[] = [];
  for (const minutes of [0, 0, 1.1]) {
    room.wait(minutes);
    rounds.push(...(await round()));
  }
  expect(rounds).toEqual(['fix applied']);
  await shown();

  await room.undoes('ada');
  await room.confirms('ada');
  await shown();
  room.wait(1.1);
  await round();
  room.wait(1.1);
  expect(await round()).toEqual([]);
  expect(await room.now()).toMatchObject({ state: 'undone' });
});
