// "waiting": the second person finds what waits for them, wherever the card has scrolled to.
import { whatIsAsked } from '../../src/conversation/what-is-asked.ts';
import type { PlanRecord, PressResult } from '../../src/remediation/plan-record.ts';
import { textOf, titlesOf } from '../harness/card-text.ts';
import { appliedPlan, diagnosisWith, invalidKey, megan, planWith, symptomOf } from '../harness/diagnoses.ts';
import { closeRooms, openRoom } from '../harness/room.ts';

afterEach(closeRooms);

const alex = { id: 'alex', name: 'Alex', tenant: 'contoso' };

function request(over: Partial<PlanRecord> = {}): PlanRecord {
  return planWith({ state: 'waiting', secondPerson: true, requestedBy: alex, approvalUntil: '2026-11-20T10:00:00.000Z', ...over });
}

it.each([
  ['waiting', 1],
  ['Waiting?', 1],
  ['/waiting', 1],
  ['what is waiting', 1],
  ["What's waiting for approval?", 1],
  ['waiting for a second person', 1],
  ['approvals', 1],
  ['show open approvals', 1],
  ['waiting 3', 3],
  ['waiting 0', 1],
])('takes "%s" for the question what waits', (text, nth) => {
  expect(whatIsAsked(text, symptomOf, false)).toEqual({ kind: 'waiting', nth });
  expect(whatIsAsked(text, symptomOf, true)).toEqual({ kind: 'waiting', nth });
});

it.each(['waiting for the backend, then HTTP/1.1 401 Unauthorized', 'approvals subscription 9b1c22aa gets a 401', 'waiting\n401'])(
  'does not take "%s" for it',
  (text) => {
    expect(whatIsAsked(text, symptomOf, false).kind).not.toBe('waiting');
  },
);

it('shows whoever may agree the request with its buttons, and each reader their own view', async () => {
  const room = openRoom({ waiting: [request()] }, { viewers: ['Adele'], members: ['Alex', 'Megan', 'Adele'] });

  await room.says('Megan', 'waiting');

  expect(titlesOf(room.last())).toEqual(['Confirm', 'Cancel']);
  expect(textOf(room.last())).toContain('Alex pressed Confirm.');
  expect(textOf(room.last())).not.toContain('that wait here');
  expect(room.last().refresh).toMatchObject({ action: { verb: 'view', data: { plan: 'plan-1' } }, userIds: ['29:alex', '29:adele'] });
});

it('shows a viewer the request without its buttons', async () => {
  const room = openRoom({ waiting: [request()] }, { viewers: ['Adele'] });

  await room.says('Adele', 'waiting');

  expect(titlesOf(room.last())).toEqual([]);
  expect(textOf(room.last())).toContain('now suspended');
});

it('shows the newest of several, says how many there are, and gives the others by number', async () => {
  const newest = request({ id: 'plan-3', label: 'Approve the subscription' });
  const room = openRoom({ waiting: [newest, request({ id: 'plan-2', label: 'Extend it' }), request()] });

  await room.says('Megan', 'waiting');
  expect(textOf(room.last())).toContain('Approve the subscription');
  expect(textOf(room.last())).toContain('This is 1 of 3 that wait here, the newest first. Write "waiting 2" for the next.');

  await room.says('Megan', 'waiting 2');
  expect(textOf(room.last())).toContain('Extend it');

  await room.says('Megan', 'waiting 9');
  expect(textOf(room.last())).toContain('This is 3 of 3 that wait here, the newest first. Write "waiting" for the newest.');
});

it('says so when nothing waits in this conversation, and in a channel where else to ask', async () => {
  const elsewhere = [request({ conversation: 'room-2' })];
  const room = openRoom({ waiting: elsewhere });
  await room.says('Megan', 'waiting');
  expect(textOf(room.last())).toContain('Nothing waits for a second person');
  expect(textOf(room.last())).toContain('in this conversation.');
  expect(titlesOf(room.last())).toEqual([]);

  const channel = openRoom({ waiting: elsewhere }, { kind: 'channel' });
  await channel.says('Megan', 'waiting');
  expect(textOf(channel.last())).toContain('as a reply in the post where it was asked');
});

it('tells nobody without a role', async () => {
  const room = openRoom({}, { outsiders: ['Mallory'] });

  await room.says('Mallory', 'waiting');

  expect(textOf(room.last())).toContain('Mallory may not look.');
});

it('shows the outcome in the message of the plan, where that is, and in every copy', async () => {
  const preview: PressResult = { kind: 'preview', plan: planWith({ state: 'prepared', card: 'message-1' }), says: '' };
  const asked: PressResult = { kind: 'waiting', plan: request({ card: 'message-1', address: 'address-of-alex' }), says: '' };
  const agreed: PressResult = {
    kind: 'applied',
    plan: { ...appliedPlan, card: 'message-1', address: 'address-of-alex', approvedBy: megan },
    says: appliedPlan.says,
  };
  const room = openRoom({
    diagnoses: [diagnosisWith()],
    presses: [
      ['prepare', preview],
      ['confirm', asked],
      ['confirm', agreed],
    ],
    waiting: [request({ card: 'message-1', address: 'address-of-alex' })],
  });
  await room.says('Alex', invalidKey);
  await room.pushes('Alex', 'Activate the subscription');
  await room.pushes('Alex', 'Confirm');
  await room.says('Megan', 'waiting');
  await room.says('Adele', 'approvals');
  const before = room.edits.length;

  const answer = await room.pushes('Megan', 'Confirm');

  expect(room.messages.map(({ cards }) => textOf(cards.at(-1)).includes('Agreed to by: Megan'))).toEqual([true, true, true]);
  expect(textOf(answer)).toContain('Agreed to by: Megan');
  expect(room.edits.slice(before)).toEqual([
    ['message-1', 'address-of-alex'],
    ['message-2', 'address-1'],
    ['message-3', 'address-1'],
  ]);
  if (agreed.plan === null) throw new Error('There is no plan.');
  expect(room.conversation.placesOf(agreed.plan)).toHaveLength(3);
  expect(room.conversation.placesOf(planWith({ id: 'its-undo', undoes: 'plan-1', card: 'message-1' }))).toHaveLength(3);
  expect(room.conversation.placesOf(planWith({ id: 'another' }))).toEqual([]);
});

it('shows the outcome on a copy that a viewer asked for without its buttons', async () => {
  const agreed: PressResult = { kind: 'applied', plan: { ...appliedPlan, card: null }, says: appliedPlan.says };
  const room = openRoom({ presses: [['confirm', agreed]], waiting: [request()] }, { viewers: ['Adele'] });
  await room.says('Adele', 'waiting');
  await room.says('Megan', 'waiting');

  await room.pushes('Megan', 'Confirm');

  const [adele, megans] = room.messages.map(({ cards }) => cards.at(-1));
  expect(textOf(adele)).toContain('Mended and checked');
  expect([titlesOf(adele ?? {}), titlesOf(megans ?? {})]).toEqual([[], ['Undo']]);
  const [place] = room.conversation.placesOf(request());
  if (place === undefined) throw new Error('Nothing shows it.');
  expect(titlesOf(await room.conversation.cardOf(appliedPlan, place))).toEqual([]);
});

it('edits the four newest copies, and no more', async () => {
  const room = openRoom({ waiting: [request()] });
  for (let copy = 1; copy <= 6; copy += 1) await room.says('Megan', 'waiting');

  const places = room.conversation.placesOf(request());

  expect(places.map(({ message }) => message)).toEqual(['message-3', 'message-4', 'message-5', 'message-6']);
});
