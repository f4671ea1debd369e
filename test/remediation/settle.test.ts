// What was left in doubt: who settles it, when, and what is said where nothing can be read any more.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { scenarios as suspended } from '../../src/causes/subscription-suspended/scenarios.ts';
import { armError } from '../../src/lab/arm-answer.ts';
import type { Fault } from '../../src/lab/faults.ts';
import { type Lab, startLab } from '../../src/lab/lab.ts';
import type { PlanRecord } from '../../src/remediation/plan-record.ts';
import { laterPress, press } from '../harness/boundaries.ts';
import { isWriteRequest } from '../harness/faults.ts';
import { first } from '../harness/first.ts';
import { estatesOf, pasteOf, serviceId } from '../harness/healthy-estate.ts';
import { mend, takeBack } from '../harness/press-through.ts';
import { openWired, type Wired, wireRemediation } from '../harness/wired.ts';

let lab: Lab;
let wired: Wired;
let stateDir: string;
let plan: PlanRecord;
let passed: number;
let onWrite: Fault | undefined;
let isBlind: boolean;

const clock = (): Date => new Date(Date.now() + passed);

beforeEach(async () => {
  passed = 0;
  onWrite = undefined;
  isBlind = false;
  const scenario = first(suspended);
  const away: Fault = { answer: armError(400, 'BadRequest', 'Not now.') };
  lab = await startLab({
    estate: estatesOf(scenario),
    faults: (request) => (isWriteRequest(request) ? onWrite : isBlind ? away : undefined),
  });
  stateDir = mkdtempSync(join(tmpdir(), 'locksmith-settle-'));
  wired = openWired(lab, stateDir, { clock });
  const { diagnosis, offers } = await wired.engine.ask({ paste: pasteOf(scenario) });
  const offer = offers.get('subscription-suspended');
  if (offer === undefined) throw new Error('Nothing is offered.');
  const { changes, ...rest } = offer;
  plan = await wired.remediation.offer({ ...press, ...rest, shown: changes, symptom: diagnosis.symptom, service: serviceId });
});

afterEach(async () => {
  wired.close();
  await lab.stop();
  rmSync(stateDir, { recursive: true, force: true });
});

async function kept(id = plan.id): Promise<PlanRecord> {
  const found = await wired.remediation.find(id);
  if (found === null) throw new Error('The plan is gone.');
  return found;
}

/** The write is lost, and nothing can be read. */
async function lose(): Promise<void> {
  onWrite = { disconnect: true, after: true };
  const shown = await wired.remediation.prepare(plan.id, press);
  isBlind = true;
  expect(await wired.remediation.confirm(plan.id, press, shown.plan?.digest ?? null)).toMatchObject({ plan: { state: 'uncertain' } });
  onWrite = undefined;
}

it('is settled by whoever presses, as soon as Azure can be read', async () => {
  await lose();
  isBlind = false;

  expect(await wired.remediation.prepare(plan.id, laterPress)).toMatchObject({
    kind: 'already',
    plan: { state: 'applied', verified: 'ruled-out', confirmedBy: { name: 'Somebody' } },
  });
  expect(lab.writes).toHaveLength(1);
});

it('is told by the background, which says so on the card', async () => {
  await lose();
  isBlind = false;
  expect(await wired.remediation.work()).toEqual([]);
  passed += 20_000;

  expect(await wired.remediation.work()).toMatchObject([{ id: plan.id, state: 'applied', verified: 'ruled-out' }]);
});

it('is not read for ever, and then says where to look; a press still settles it', async () => {
  await lose();
  for (let round = 0; round < 40; round += 1) {
    passed += 5 * 60_000;
    await wired.remediation.work();
  }
  expect(await kept()).toMatchObject({ state: 'uncertain', nextCheckAt: null, says: expect.stringContaining('in the portal') });
  const lines = wired.storage.audit.lines().length;
  await wired.remediation.prepare(plan.id, laterPress);
  expect(wired.storage.audit.lines()).toHaveLength(lines);

  isBlind = false;
  expect(await wired.remediation.prepare(plan.id, laterPress)).toMatchObject({ plan: { state: 'applied' } });
});

it('does not say that nothing was changed where what was to be sent is not kept any more', async () => {
  await lose();
  isBlind = false;
  const db = new DatabaseSync(join(stateDir, 'locksmith.db'));
  db.exec('UPDATE plans SET changes = NULL');
  db.close();
  passed += 20_000;
  await wired.remediation.work();

  expect(await kept()).toMatchObject({ state: 'uncertain', says: expect.stringContaining('is not known') });
  expect((await kept()).says).not.toContain('Nothing was changed');
});

it('tells the truth in the end when a process slept so long that another one took its plan for left', async () => {
  const asleep = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const sleeper = wireRemediation(lab, wired.engine, wired.storage, {
    aroundWriter: (writer) => ({
      ...writer,
      async write(change) {
        begun.resolve();
        await asleep.promise;
        return writer.write(change);
      },
    }),
  });
  const pressed = mend(sleeper, plan.id, press);
  await begun.promise;
  passed = 5 * 60_000;
  expect(await wired.remediation.work()).toMatchObject([{ state: 'failed' }]);
  asleep.resolve();

  expect(await pressed).toMatchObject({ kind: 'applied', plan: { state: 'applied', verified: 'ruled-out' } });
  expect(lab.writes).toHaveLength(1);
  expect(wired.storage.audit.lines().map(({ entry }) => entry.step)).toEqual(['prepared', 'confirmed', 'failed', 'applied', 'verified']);
});

it('does not take a fix for lost while it is its undo that is in doubt', async () => {
  expect(await mend(wired.remediation, plan.id, press)).toMatchObject({ kind: 'applied' });
  const shown = await wired.remediation.undo(plan.id, press);
  onWrite = { disconnect: true };
  const undo = shown.plan?.id ?? '';
  await wired.remediation.confirm(undo, press, shown.plan?.digest ?? null);
  expect([await kept(), await kept(undo)]).toMatchObject([
    { state: 'uncertain', says: expect.stringContaining('not settled') },
    { state: 'uncertain' },
  ]);

  // Nobody answered, so it is not called undone before ARM must be through with it.
  passed += 30_000;
  await wired.remediation.work();
  expect((await kept()).state).toBe('uncertain');
  passed += 120_000;
  expect(await wired.remediation.work()).toMatchObject([
    { id: plan.id, state: 'applied', says: expect.stringContaining('did not go through') },
  ]);
  expect((await kept(undo)).state).toBe('failed');

  onWrite = undefined;
  expect(await takeBack(wired.remediation, plan.id, laterPress)).toMatchObject({ kind: 'undone' });
  expect(lab.writes).toHaveLength(2);
});
