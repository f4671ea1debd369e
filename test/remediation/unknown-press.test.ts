// A press with a plan id that is not known: one audit line, and no way to fill the audit or to write into it what one likes.
import { scenarios } from '../../src/causes/key-not-propagated/scenarios.ts';
import { first } from '../harness/first.ts';
import { openPlan, type PlanRoom, pressOf } from '../harness/plan-room.ts';

let room: PlanRoom;

beforeEach(async () => {
  room = await openPlan(first(scenarios), 'key-not-propagated');
});
afterEach(() => room.close());

it.each(['prepare', 'cancel', 'undo', 'check'] as const)('%s leaves one line, which says who, where and which plan', async (verb) => {
  expect(await room.engine.remediation[verb]('no-such_plan', pressOf('ada'))).toMatchObject({ kind: 'unknown-plan', plan: null });

  expect(room.audit()).toEqual([
    {
      at: expect.any(String),
      step: 'refused',
      plan: 'no-such_plan',
      cause: '',
      service: '',
      who: pressOf('ada').who,
      conversation: 'room',
      digest: null,
      changes: [],
      requestIds: [],
      says: expect.stringContaining('not known here'),
    },
  ]);
});

it('confirm leaves one, too', async () => {
  await room.engine.remediation.confirm('no-such_plan', pressOf('ada'), 'x');

  expect(room.audit()).toMatchObject([{ step: 'refused', plan: 'no-such_plan' }]);
});

it.each([
  ['with other characters', '<b>bold</b>'],
  ['with a new line', 'plan\n'],
  ['too long', 'x'.repeat(65)],
  ['empty', ''],
])('keeps an id %s out of the audit', async (_, id) => {
  await room.engine.remediation.prepare(id, pressOf('ada'));

  expect(room.audit()).toMatchObject([{ step: 'refused', plan: '' }]);
});

it('leaves at most one line a minute for each person, whatever the ids are', async () => {
  const { remediation } = room.engine;
  await Promise.all(['one', 'two', 'three'].map((id) => remediation.prepare(id, pressOf('ada'))));
  await remediation.undo('four', pressOf('ben'));
  room.wait(0.9);
  await remediation.prepare('five', pressOf('ada'));
  room.wait(0.2);
  await remediation.prepare('six', pressOf('ada'));

  expect(room.audit().map(({ who, plan }) => `${who.name} ${plan}`)).toEqual([
    expect.stringMatching(/^Ada (one|two|three)$/),
    'Ben four',
    'Ada six',
  ]);
});

it('leaves none for a plan that is known', async () => {
  await room.prepares('ada');

  expect(room.audit()).toMatchObject([{ step: 'prepared', plan: room.plan.id }]);
});
