// Which requests wait for a second person in a conversation: the newest first, and only while they can still be agreed to.
import { scenarios as suspended } from '../../src/causes/subscription-suspended/scenarios.ts';
import { first } from '../harness/first.ts';
import { openPlan, type PlanRoom, pressOf } from '../harness/plan-room.ts';

let room: PlanRoom;

beforeEach(async () => {
  room = await openPlan(first(suspended), 'subscription-suspended');
});

afterEach(() => room.close());

const waiting = async (conversation = 'room'): Promise<readonly string[]> =>
  (await room.engine.remediation.waiting(conversation)).map(({ id }) => id);

/** Another plan of the same kind, asked for a minute later. */
async function askAgain(): Promise<string> {
  room.wait(1);
  const { remediation } = room.engine;
  const { cause, label, consequence, permission, undo, secondPerson, shown, symptom, service } = room.plan;
  const offer = { ...pressOf('ada'), cause, label, consequence, permission, undo, secondPerson, shown, symptom, service };
  const { id } = await remediation.offer(offer);
  const { plan } = await remediation.prepare(id, pressOf('ada'));
  await remediation.confirm(id, pressOf('ada'), plan?.digest ?? null);
  return id;
}

it('is what somebody confirmed and nobody has agreed to, in that conversation', async () => {
  await room.prepares('ada');
  expect(await waiting()).toEqual([]);

  await room.confirms('ada');
  expect(await waiting()).toEqual([room.plan.id]);
  expect(await waiting('another room')).toEqual([]);

  await room.confirms('cleo');
  expect(await waiting()).toEqual([]);
});

it('has the newest request first', async () => {
  await room.prepares('ada');
  await room.confirms('ada');
  const second = await askAgain();

  expect(await waiting()).toEqual([second, room.plan.id]);
});

it('ends when the time to agree is over, also before anybody has said so', async () => {
  await room.prepares('ada');
  await room.confirms('ada');
  room.wait(61);

  expect((await room.now()).state).toBe('waiting');
  expect(await waiting()).toEqual([]);
});
