// A real SIGKILL at each step boundary, for one fix of each kind of change and for an undo: one write, one outcome for everybody, and the
// audit holds.
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Scenario } from '../../src/causes/contract.ts';
import type { Fault } from '../../src/lab/faults.ts';
import { type Lab, startLab } from '../../src/lab/lab.ts';
import type { PlanRecord, Remediation } from '../../src/remediation/plan-record.ts';
import { type Boundary, boundaries, isWritten, laterPress, press } from '../harness/boundaries.ts';
import { locksmith } from '../harness/command.ts';
import { isWriteRequest } from '../harness/faults.ts';
import { allFixables, type Fixable, onePerKind } from '../harness/fixables.ts';
import { estatesOf, pasteOf, serviceId } from '../harness/healthy-estate.ts';
import { endKilling, runAndKill } from '../harness/kill.ts';
import { mend } from '../harness/press-through.ts';
import { makeStateDir } from '../harness/state-dir.ts';
import { openWired, type Wired, wireRemediation } from '../harness/wired.ts';

// For a loaded machine.
jest.setTimeout(120_000);

const load = (cause: string): readonly Scenario[] =>
  (require(`../../src/causes/${cause}/scenarios.ts`) as { scenarios: readonly Scenario[] }).scenarios;
// A gateway's link is a link like a product's.
const kinds = onePerKind(allFixables(load)).filter(({ name }) => !name.includes('gateways'));
const undoable = kinds.find(({ name }) => name.includes('properties.state')) as Fixable;

const stateDirs: string[] = [];

afterAll(async () => {
  await endKilling();
  for (const folder of stateDirs) rmSync(folder, { recursive: true, force: true });
});

describe.each(kinds)('$name, killed', (fixable) => {
  it.each(boundaries)('%s', async (boundary) => {
    await using room = await open(fixable);
    const { lab, later, offered, original } = room;
    const changes = offered.shown.length;

    await killAt(room, 'fix', boundary);

    // What the background finds, or whoever presses next.
    if (boundaries.indexOf(boundary) % 2 === 0) await later.work();
    const kept = await planOf(later, offered.id);
    const pressed = await later.confirm(offered.id, laterPress, kept.digest);
    const isTaken = boundary !== 'before it is taken';
    expect(pressed.kind).toBe(isTaken ? 'already' : 'applied');
    const written = isTaken ? (isWritten(boundary) ? sentBy(boundary, changes) : 0) : changes;
    expect(lab.writes).toHaveLength(written);
    expect(pressed.plan).toMatchObject(
      written === 0
        ? { state: 'failed', says: expect.stringMatching(/The bot was stopped .* Nothing was changed\.$/) }
        : { state: 'applied', confirmedBy: { name: isTaken ? 'Somebody' : 'Another' }, verified: expect.any(String) },
    );
    if (written > 0 && written < changes) expect(pressed.plan?.says).toContain(`${written} of ${changes} changes were written`);
    await sameForEverybody(room, offered.id);

    if (pressed.plan?.state === 'applied' && pressed.plan.undo !== null) {
      expect((await undoAndConfirm(later, offered.id)).state).toBe('undone');
      expect(lab.writes).toHaveLength(2 * written);
      expect(withoutMoments(lab)).toBe(original);
    }
    if (written === 0) expect(withoutMoments(lab)).toBe(original);
    expect(room.wired.storage.audit.verify().broken).toBeNull();
  });
});

// An undo ends when it is noted: there is nothing to ask again.
describe('an undo, killed', () => {
  it.each(boundaries.slice(0, -1))('%s', async (boundary) => {
    await using room = await open(undoable);
    const { lab, later, offered, original } = room;
    expect(await mend(room.now, offered.id, press)).toMatchObject({ kind: 'applied' });

    const shown = await killAt(room, 'undo', boundary);

    if (boundaries.indexOf(boundary) % 2 === 0) await later.work();
    const pressed = await later.confirm(shown.plan, laterPress, shown.digest);
    const isTaken = boundary !== 'before it is taken';
    expect(pressed.kind).toBe(isTaken ? 'already' : 'undone');
    const isUndone = !isTaken || isWritten(boundary);
    expect(lab.writes).toHaveLength(isUndone ? 2 : 1);
    const fix = await planOf(later, offered.id);
    expect(fix).toMatchObject(
      isUndone
        ? { state: 'undone', undoneBy: { name: isTaken ? 'Somebody' : 'Another' }, undoneAt: expect.any(String) }
        : { state: 'applied', says: expect.stringMatching(/The undo did not go through\. The bot was stopped .* Nothing was changed\.$/) },
    );
    await sameForEverybody(room, offered.id);
    if (!isUndone) expect((await undoAndConfirm(later, offered.id)).state).toBe('undone');
    expect(withoutMoments(lab)).toBe(original);
    expect(room.wired.storage.audit.verify().broken).toBeNull();
  });
});

it('leaves an audit that `locksmith audit verify` finds whole, wherever it was killed', async () => {
  expect(stateDirs).toHaveLength(kinds.length * boundaries.length + boundaries.length - 1);
  // A process for each would take as long as all the kills.
  const some = stateDirs.filter((_, index) => index % 12 === 4);
  for (const folder of some) {
    const ran = await locksmith(['audit', 'verify'], '', { LOCKSMITH_STATE_DIR: folder });
    expect(ran).toMatchObject({ code: 0, stderr: '' });
  }
});

/** Of several changes, a process that is killed after the first answer has sent one. */
function sentBy(boundary: Boundary, changes: number): number {
  return boundary === 'on its way, written' || boundary === 'answered, before it is noted' ? 1 : changes;
}

interface Room extends AsyncDisposable {
  readonly lab: Lab;
  readonly stateDir: string;
  readonly wired: Wired;
  readonly now: Remediation;
  /** Another process on the same state, when the time of the killed one is over. */
  readonly later: Remediation;
  readonly offered: PlanRecord;
  readonly original: string;
  /** What the next write meets. */
  meet(fault: Fault): Promise<void>;
}

async function open(fixable: Fixable): Promise<Room> {
  let next: Fault | null = null;
  let onItsWay = Promise.withResolvers<void>();
  const lab = await startLab({
    estate: estatesOf(fixable.scenario),
    faults: (request) => {
      if (next === null || !isWriteRequest(request)) return undefined;
      const fault = next;
      next = null;
      onItsWay.resolve();
      return fault;
    },
  });
  const stateDir = makeStateDir('kill');
  stateDirs.push(stateDir);
  const wired = openWired(lab, stateDir);
  const { keyPrefix } = fixable.scenario;
  const { diagnosis, offers } = await wired.engine.ask({
    paste: pasteOf(fixable.scenario),
    ...(keyPrefix === undefined ? {} : { keyPrefix }),
  });
  const offer = offers.get(fixable.offer) ?? diagnosis.verdicts.find(({ cause }) => cause === fixable.offer)?.fix;
  if (offer === null || offer === undefined) throw new Error(`${fixable.name} is not offered.`);
  const { changes, ...rest } = offer;
  const now = wired.remediation;
  const offered = await now.offer({ ...press, ...rest, shown: changes, symptom: diagnosis.symptom, service: serviceId });
  const clock = (): Date => new Date(Date.now() + 3 * 60_000);
  return {
    lab,
    stateDir,
    wired,
    now,
    later: wireRemediation(lab, wired.engine, wired.storage, { clock }),
    offered,
    original: withoutMoments(lab),
    meet(fault) {
      next = fault;
      onItsWay = Promise.withResolvers();
      return onItsWay.promise;
    },
    async [Symbol.asyncDispose]() {
      wired.close();
      await lab.stop();
    },
  };
}

async function killAt(room: Room, verb: 'fix' | 'undo', boundary: Boundary): ReturnType<typeof runAndKill> {
  const { lab, stateDir, offered } = room;
  const { managementUrl, gatewayUrl, ca, services } = lab;
  const orders = { lab: { managementUrl, gatewayUrl, ca, services }, stateDir, plan: offered.id, verb, boundary };
  const before = lab.writes.length;
  if (boundary === 'on its way, not written') return runAndKill(orders, room.meet({ hang: true }));
  if (boundary !== 'on its way, written') return runAndKill(orders, new Promise(() => undefined));
  const isWritten = room.meet({ hang: true, after: true }).then(async () => {
    while (lab.writes.length === before) await sleep(5);
  });
  return runAndKill(orders, isWritten);
}

async function planOf(remediation: Remediation, id: string): Promise<PlanRecord> {
  const plan = await remediation.find(id);
  if (plan === null) throw new Error('The plan is gone.');
  return plan;
}

/** Whoever presses, in whichever process, gets the same plan with the same names and times; and no press writes. */
async function sameForEverybody({ lab, stateDir, later }: Room, id: string): Promise<void> {
  const written = lab.writes.length;
  await later.work();
  const other = openWired(lab, stateDir);
  try {
    const [mine, theirs] = [await planOf(later, id), await planOf(other.remediation, id)];
    expect(theirs).toEqual(mine);
    expect(await other.remediation.confirm(id, laterPress, mine.digest)).toMatchObject({ kind: 'already', plan: theirs });
    expect(await later.prepare(id, press)).toMatchObject({ kind: 'already', plan: mine });
  } finally {
    other.close();
  }
  expect(lab.writes).toHaveLength(written);
}

async function undoAndConfirm(remediation: Remediation, id: string): Promise<PlanRecord> {
  const shown = await remediation.undo(id, laterPress);
  if (shown.kind !== 'preview' || shown.plan === null) throw new Error(`No preview: ${shown.kind}: ${shown.says}`);
  await remediation.confirm(shown.plan.id, laterPress, shown.plan.digest);
  return planOf(remediation, id);
}

/** The lab's resources without what it counts by itself. */
function withoutMoments(lab: Lab): string {
  return JSON.stringify(lab.exportEstate(), (key, value) => (['now', 'etag', 'activityLog', 'gateway'].includes(key) ? undefined : value));
}
