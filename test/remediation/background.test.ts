// What goes on when nobody presses: the rule is asked again, at growing intervals and with an end; and the call that proves what Azure does not.
import { scenarios as presets } from '../../src/causes/hard-coded-key-in-operation-header/scenarios.ts';
import { scenarios as propagating } from '../../src/causes/key-not-propagated/scenarios.ts';
import { refusal } from '../../src/lab/faults.ts';
import type { PlanRecord } from '../../src/remediation/plan-record.ts';
import { first } from '../harness/first.ts';
import { openPlan, type PlanRoom, pressOf } from '../harness/plan-room.ts';

let room: PlanRoom;

afterEach(() => room.close());

async function mended(): Promise<PlanRecord> {
  await room.prepares('ada');
  const { kind, plan } = await room.confirms('ada');
  if (kind !== 'applied' || plan === null) throw new Error(`It was not applied: ${kind}`);
  return plan;
}

function work(): Promise<readonly PlanRecord[]> {
  return room.engine.remediation.work();
}

describe('a rule that could not be asked again at once', () => {
  beforeEach(async () => {
    room = await openPlan(first(presets), 'hard-coded-key-in-operation-header');
    await room.prepares('ada');
    let written = false;
    room.faultWith(({ method, path }) => {
      if (method === 'PATCH') written = true;
      return written && method === 'GET' && /\/operations$/.test(path) ? { answer: { status: 403, headers: {}, body: null } } : undefined;
    });
    expect(await room.confirms('ada')).toMatchObject({ kind: 'applied', plan: { verified: 'pending', nextCheckAt: expect.any(String) } });
  });

  it('is asked again by itself, and the card changes when it is known', async () => {
    expect(await work()).toEqual([]);
    room.faultWith(null);
    room.wait(0.2);

    expect(await work()).toMatchObject([
      { id: room.plan.id, verified: 'ruled-out', nextCheckAt: null, says: expect.stringContaining('Ada applied it') },
    ]);
    room.wait(60);
    expect(await work()).toEqual([]);
    expect(room.audit().at(-1)).toMatchObject({ step: 'verified', who: { name: 'Locksmith' } });
  });

  it('is asked less and less often, and not for ever', async () => {
    const waits: number[] = [];
    for (let tries = 0; tries < 40; tries += 1) {
      const { nextCheckAt } = await room.now();
      if (nextCheckAt === null) break;
      const minutes = (Date.parse(nextCheckAt) - room.clock().getTime()) / 60_000;
      waits.push(minutes);
      room.wait(minutes + 0.001);
      await work();
    }

    expect(waits.length).toBeGreaterThan(4);
    expect(waits.length).toBeLessThan(12);
    expect(waits.slice(0, -1)).toEqual(waits.slice(0, -1).toSorted((a, b) => a - b));
    expect(await room.now()).toMatchObject({
      state: 'applied',
      nextCheckAt: null,
      says: expect.stringContaining('nothing more is asked by itself'),
    });
  });

  it('is asked by one of two processes', async () => {
    const other = room.anotherProcess();
    room.faultWith(null);
    room.wait(0.2);
    const before = room.lab.requests.length;

    const [one, two] = await Promise.all([work(), other.remediation.work()]);

    expect([...one, ...two]).toHaveLength(1);
    expect(room.lab.requests.slice(before).filter(({ method, path }) => method === 'GET' && /\/operations$/.test(path))).toHaveLength(1);
  });

  it('is not asked once the fix was taken back', async () => {
    room.faultWith(null);
    await room.undoes('ada');
    await room.confirms('ada');
    room.wait(1);

    expect(await work()).toEqual([]);
    expect(await room.now()).toMatchObject({ state: 'undone' });
  });
});

describe('what Azure cannot prove', () => {
  beforeEach(async () => {
    room = await openPlan(first(propagating), 'key-not-propagated');
  });

  it('stays pending until its deadline, and says what would prove it', async () => {
    const plan = await mended();
    expect(plan).toMatchObject({ verified: 'pending', callable: expect.stringMatching(/^(?:GET|HEAD) http/) });
    room.wait(5);
    expect(await work()).toEqual([]);
    room.wait(6);

    expect(await work()).toMatchObject([{ nextCheckAt: null }]);
    room.wait(60);
    expect(await work()).toEqual([]);
  });

  it('is proven by a call that somebody agreed to, with a key that is nowhere afterwards', async () => {
    await mended();
    const before = room.lab.requests.length;

    const answer = await room.engine.remediation.check(room.plan.id, pressOf('ada'));

    expect(answer).toMatchObject({
      kind: 'checked',
      plan: { verified: 'ruled-out', checkCall: { status: 200, calls: 1, by: { name: 'Ada' } } },
    });
    expect(room.lab.requests.slice(before).filter(({ path }) => /listSecrets$/.test(path)).length).toBeGreaterThan(0);
    expect(JSON.stringify([answer, room.audit()])).not.toMatch(/a10fa10f|5ea15e/);
    expect(room.audit().at(-1)).toMatchObject({ step: 'called', says: expect.stringContaining('not 401 any more') });
  });

  it('is called again by itself while the gateway still says 401, and no longer than agreed', async () => {
    await mended();
    // Azure took the change, but this gateway hears of it late: the key in Azure is another one than the gateway has.
    room.faultWith(({ path }) => (/listSecrets$/.test(path) ? wrongKeys : undefined));
    expect(await room.engine.remediation.check(room.plan.id, pressOf('ada'))).toMatchObject({
      plan: { verified: 'pending', checkCall: { status: 401, calls: 1 } },
    });
    room.wait(0.3);
    await work();
    expect(await room.now()).toMatchObject({ checkCall: { status: 401, calls: 2, by: { name: 'Ada' } } });
    room.faultWith(null);
    room.wait(1);

    expect(await work()).toMatchObject([{ verified: 'ruled-out', nextCheckAt: null, checkCall: { status: 200, calls: 3 } }]);
  });

  it('is not called by somebody who may not press', async () => {
    await mended();

    expect(await room.engine.remediation.check(room.plan.id, pressOf('dan'))).toMatchObject({ kind: 'not-allowed' });
    expect(await room.now()).toMatchObject({ checkCall: null });
  });
});

const wrongKeys = { answer: { status: 200, headers: {}, body: { primaryKey: 'not-the-one-it-was', secondaryKey: 'nor-this-one-either' } } };

it('keeps what it knows while Azure answers nothing but errors', async () => {
  const troubles: unknown[] = [];
  room = await openPlan(first(propagating), 'key-not-propagated', { trouble: (error) => troubles.push(error) });
  await mended();
  room.faultWith(() => ({ answer: refusal(500) }));
  room.wait(11);

  await work();

  expect(await room.now()).toMatchObject({ state: 'applied', verified: 'pending', nextCheckAt: null });
  expect(troubles).toEqual([]);
});
