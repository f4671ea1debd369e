// Any rule on any snapshot returns a verdict: facts are taken away at random, for every reason that there is, and nothing breaks or is made up.
import fc from 'fast-check';
import { causes } from '../../src/causes/catalogue.ts';
import type { Scenario } from '../../src/causes/contract.ts';
import { diagnoseAgain } from '../../src/diagnosis/diagnose.ts';
import type { FactName, Snapshot, UnreadableReason } from '../../src/snapshot/snapshot.ts';
import { scenariosOf } from '../harness/cause-folders.ts';
import { estatesOf, pasteOf } from '../harness/healthy-estate.ts';
import { openLabEngine } from '../harness/lab-engine.ts';

jest.setTimeout(120_000);

const reasons: readonly UnreadableReason[] = [
  'forbidden',
  'throttled',
  'deadline',
  'unavailable',
  'not-found',
  'no-service',
  'unresolved',
  'ambiguous',
  'not-given',
];
let snapshots: Snapshot[];

beforeAll(async () => {
  snapshots = [];
  for (const { rule } of causes) {
    const [scenario] = await scenariosOf(rule.id);
    if (scenario !== undefined) snapshots.push(await snapshotOf(scenario));
  }
});

async function snapshotOf(scenario: Scenario): Promise<Snapshot> {
  const room = await openLabEngine({ estate: estatesOf(scenario) });
  const { snapshot } = await room.engine.ask({
    paste: pasteOf(scenario),
    ...(scenario.keyPrefix ? { keyPrefix: scenario.keyPrefix } : {}),
  });
  await room.close();
  return JSON.parse(JSON.stringify(snapshot)) as Snapshot;
}

function without(snapshot: Snapshot, taken: readonly FactName[], reason: UnreadableReason): Snapshot {
  const gone = taken
    .filter((name) => name in snapshot.facts)
    .map((name) => [name, { status: 'unreadable', reason, at: '/subscriptions/x', action: null, says: 'Taken away.' }]);
  return { ...snapshot, facts: { ...snapshot.facts, ...Object.fromEntries(gone) } };
}

it('gives one verdict for every cause, with evidence where it claims something, whatever is missing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.array(fc.nat(), { maxLength: 12 }), fc.constantFrom(...reasons), async (which, picks, reason) => {
      const whole = snapshots[which % snapshots.length] as Snapshot;
      const names = Object.keys(whole.facts) as FactName[];
      const taken = names.length === 0 ? [] : picks.map((pick) => names[pick % names.length] as FactName);

      const { diagnosis } = await diagnoseAgain(without(whole, taken, reason));

      expect(diagnosis.verdicts.map(({ cause }) => cause)).toEqual(causes.map(({ rule }) => rule.id));
      for (const { cause, outcome, says, evidence } of diagnosis.verdicts) {
        if (['confirmed', 'suspected', 'ruled-out'].includes(outcome) && evidence.length === 0)
          throw new Error(`${cause} is ${outcome} without evidence`);
        if (says.startsWith('This check failed')) throw new Error(`${cause} failed without ${taken.join(', ')} (${reason})`);
        if (says.trim() === '') throw new Error(`${cause} says nothing`);
      }
      expect(diagnosis.answer.next.length).toBeGreaterThan(0);
    }),
    { numRuns: 400 },
  );
});

it('says the same again from a snapshot that was saved, for every cause', async () => {
  for (const snapshot of snapshots) {
    const [first, second] = [await diagnoseAgain(snapshot), await diagnoseAgain(JSON.parse(JSON.stringify(snapshot)) as Snapshot)];
    expect(second.diagnosis.verdicts).toEqual(first.diagnosis.verdicts);
  }
});
