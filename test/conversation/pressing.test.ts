// What buttons do, and what they do not let anybody do.
import type { PressResult } from '../../src/remediation/plan-record.ts';
import { buttonsOf, textOf, titlesOf } from '../harness/card-text.ts';
import { appliedPlan, diagnosisWith, invalidKey, planWith } from '../harness/diagnoses.ts';
import { closeRooms, openRoom } from '../harness/room.ts';

afterEach(closeRooms);

const card = 'message-1';
const preview: PressResult = { kind: 'preview', plan: planWith({ state: 'prepared', card }), says: 'It is suspended.' };
const applied: PressResult = { kind: 'applied', plan: { ...appliedPlan, card }, says: appliedPlan.says };
const [back] = appliedPlan.shown.map((change) => ({ ...change, before: change.after, after: change.before }));
const undoShown: PressResult = {
  kind: 'preview',
  plan: planWith({
    id: 'undo-1',
    kind: 'undo',
    undoes: 'plan-1',
    state: 'prepared',
    label: 'Undo: Activate the subscription',
    shown: back === undefined ? [] : [back],
    undo: null,
    card,
  }),
  says: '',
};
const undone: PressResult = {
  kind: 'undone',
  plan: { ...appliedPlan, card, state: 'undone', undoneAt: '2026-11-20T09:05:00.000Z' },
  says: 'Megan undid it. Everything is as it was before.',
};

it('goes from the cause over the preview to mended, and back', async () => {
  const room = openRoom({
    diagnoses: [diagnosisWith()],
    presses: [
      ['prepare', preview],
      ['confirm', applied],
      ['undo', undoShown],
      ['confirm', undone],
    ],
  });
  await room.says('Alex', invalidKey);

  await room.pushes('Megan', 'Activate the subscription');
  expect(textOf(room.last())).toContain('Nothing is changed yet');
  expect(textOf(room.last())).toContain('Subscription mobile-app, state\nnow suspended\nthen active');
  expect(textOf(room.last())).toContain('Needs: Microsoft.ApiManagement/service/subscriptions/write');
  expect(titlesOf(room.last())).toEqual(['Confirm', 'Cancel']);

  await room.pushes('Megan', 'Confirm');
  expect(textOf(room.last())).toContain('Mended and checked');
  expect(textOf(room.last())).toContain('Confirmed by: Megan, 20 Nov, 09:02 UTC');
  expect(titlesOf(room.last())).toEqual(['Undo', 'Look again']);

  await room.pushes('Megan', 'Undo');
  expect(textOf(room.last())).toContain('Undo: Activate the subscription');
  expect(textOf(room.last())).toContain('now active\nthen suspended');
  await room.pushes('Megan', 'Confirm');
  expect(textOf(room.last())).toContain('was active\nis suspended');
  expect(titlesOf(room.last())).toEqual(['Look again']);
  expect(room.messages).toHaveLength(1);
});

it('keeps Undo on the card when somebody looks again after the mending', async () => {
  const healthy = diagnosisWith({ verdicts: [], headline: null });
  const room = openRoom({
    diagnoses: [diagnosisWith(), healthy, diagnosisWith()],
    presses: [
      ['prepare', preview],
      ['confirm', applied],
      ['undo', undoShown],
      ['confirm', undone],
    ],
  });
  await room.says('Alex', invalidKey);
  await room.pushes('Megan', 'Activate the subscription');
  await room.pushes('Megan', 'Confirm');

  await room.pushes('Alex', 'Look again');
  expect(titlesOf(room.last())).toEqual(['Undo', 'Look again']);
  expect(textOf(room.last())).toContain('Undo takes back "Activate the subscription", until 21 Nov, 09:02 UTC.');

  await room.pushes('Alex', 'Undo');
  await room.pushes('Alex', 'Confirm');
  await room.pushes('Alex', 'Look again');
  expect(titlesOf(room.last())).toEqual(['Activate the subscription', 'Look again']);
});

it('says who pressed, and where', async () => {
  const room = openRoom({ diagnoses: [diagnosisWith()], presses: [['prepare', preview]] });
  await room.says('Alex', invalidKey);

  await room.pushes('Megan', 'Activate the subscription');

  expect(room.pressed).toEqual([
    ['prepare', 'plan-1', { who: { id: 'megan', name: 'Megan', tenant: 'contoso' }, conversation: 'room-1', signOn: null }],
  ]);
});

it('gives the presser the card that everybody sees', async () => {
  const room = openRoom({ diagnoses: [diagnosisWith()], presses: [['prepare', preview]] });
  await room.says('Alex', invalidKey);

  const answer = await room.pushes('Megan', 'Activate the subscription');

  expect(answer).toEqual(room.last());
});

it('finds the message by the question while the plan does not know it yet', async () => {
  const unplaced: PressResult = { ...preview, plan: planWith({ state: 'prepared', card: null }) };
  const room = openRoom({ diagnoses: [diagnosisWith()], presses: [['prepare', unplaced]] });
  await room.says('Alex', invalidKey);

  await room.pushes('Megan', 'Activate the subscription');

  expect(titlesOf(room.last())).toEqual(['Confirm', 'Cancel']);
});

it('cancels, and offers to look again', async () => {
  const cancelled: PressResult = {
    kind: 'cancelled',
    plan: planWith({ state: 'cancelled', card }),
    says: 'Megan cancelled it. Nothing was changed.',
  };
  const room = openRoom({
    diagnoses: [diagnosisWith(), diagnosisWith({ ms: 99 })],
    presses: [
      ['prepare', preview],
      ['cancel', cancelled],
    ],
  });
  await room.says('Alex', invalidKey);
  await room.pushes('Megan', 'Activate the subscription');

  await room.pushes('Megan', 'Cancel');
  expect(textOf(room.last())).toContain('Megan cancelled it.');

  await room.pushes('Alex', 'Look again');
  expect(room.questions).toEqual([{ paste: invalidKey }, { paste: invalidKey }]);
  expect(titlesOf(room.last())).toEqual(['Activate the subscription', 'Look again']);
  expect(room.placed).toEqual([
    ['plan-1', 'message-1'],
    ['plan-2', 'message-1'],
  ]);
});

it('shows a second press what happened, by whom and when, and still offers Undo', async () => {
  const already: PressResult = {
    kind: 'already',
    plan: { ...appliedPlan, card },
    says: `It was applied before. This press changed nothing. ${appliedPlan.says}`,
  };
  const room = openRoom({ diagnoses: [diagnosisWith()], presses: [['confirm', already]] });
  await room.says('Alex', invalidKey);

  const answer = await room.sends('Alex', 'confirm', { plan: 'plan-1', seen: 'd1g357' });

  expect(textOf(answer)).toContain('This press changed nothing.');
  expect(textOf(answer)).toContain('Confirmed by: Megan, 20 Nov, 09:02 UTC');
  expect(titlesOf(answer)).toEqual(['Undo', 'Look again']);
});

it('keeps the result on the card when a press during the work is answered late', async () => {
  const second = Promise.withResolvers<PressResult>();
  const room = openRoom({
    diagnoses: [diagnosisWith()],
    presses: [
      ['confirm', second.promise],
      ['confirm', applied],
    ],
  });
  await room.says('Alex', invalidKey);

  const late = room.sends('Alex', 'confirm', { plan: 'plan-1', seen: 'd1g357' });
  await room.sends('Megan', 'confirm', { plan: 'plan-1', seen: 'd1g357' });
  second.resolve({
    kind: 'already',
    plan: planWith({ state: 'applying', card }),
    says: 'It is being applied at this moment. This press changed nothing.',
  });

  expect(textOf(await late)).toContain('being applied at this moment');
  expect(textOf(room.last())).toContain('Mended and checked');
});

it('tells one person that they may not, and leaves the buttons to those who may', async () => {
  const refused: PressResult = { kind: 'not-allowed', plan: planWith({ card }), says: 'You may look here, but not change anything.' };
  const room = openRoom({ diagnoses: [diagnosisWith()], presses: [['prepare', refused]] });
  await room.says('Alex', invalidKey);
  const before = room.last();

  const answer = await room.pushes('Adele', 'Activate the subscription');

  expect(textOf(answer)).toContain('You may look here, but not change anything.');
  expect(room.last()).toEqual(before);
});

it.each([
  ['stale', 'Somebody changed the resource since this plan was shown, so nothing was changed. Look again.'],
  ['expired', 'This offer has expired. Nothing was changed; look again to get a fresh one.'],
] as const)('answers a press that is %s with a way forward', async (kind, says) => {
  const room = openRoom({
    diagnoses: [diagnosisWith()],
    presses: [['prepare', { kind, plan: planWith({ state: 'refused', card }), says }]],
  });
  await room.says('Alex', invalidKey);

  await room.pushes('Megan', 'Activate the subscription');

  expect(textOf(room.last())).toContain(says);
  expect(titlesOf(room.last())).toEqual(['Look again']);
});

it('keeps the button of a fix that could not be prepared, for another try', async () => {
  const failed: PressResult = {
    kind: 'failed',
    plan: planWith({ card }),
    says: 'The plan could not be made: Azure did not answer in time. Nothing was changed.',
  };
  const room = openRoom({ diagnoses: [diagnosisWith()], presses: [['prepare', failed]] });
  await room.says('Alex', invalidKey);

  await room.pushes('Megan', 'Activate the subscription');

  expect(titlesOf(room.last())).toEqual(['Activate the subscription', 'Look again']);
});

it('shows what was put back in the order in which it was', async () => {
  const [change] = undone.plan?.shown ?? [];
  const shown = [1, 2].map((number) => ({
    on: `${change?.on}-${number}`,
    field: 'properties.state',
    before: 'suspended',
    after: 'active',
  }));
  const room = openRoom({ presses: [['confirm', { ...undone, plan: { ...appliedPlan, state: 'undone', shown } }]] });

  const answer = textOf(await room.sends('Megan', 'confirm', { plan: 'undo-1', seen: 'd1g357' }));

  expect(answer.indexOf('mobile-app-2')).toBeGreaterThan(-1);
  expect(answer.indexOf('mobile-app-1')).toBeGreaterThan(answer.indexOf('mobile-app-2'));
});

it('does not promise that Look again works when the paste is forgotten', async () => {
  const room = openRoom({ diagnoses: [diagnosisWith()], presses: [['confirm', applied]] });
  await room.says('Alex', invalidKey);
  const [, again] = buttonsOf(room.last());
  room.wait(16);

  await room.sends('Megan', 'confirm', { plan: 'plan-1', seen: 'd1g357' });
  expect(titlesOf(room.last())).toEqual(['Undo']);

  const answer = await room.sends('Alex', 'look-again', again?.data);
  expect(textOf(answer)).toContain('Please paste it again.');
  expect(room.questions).toHaveLength(1);
});

it('keeps a question inside its conversation', async () => {
  const here = openRoom({ diagnoses: [diagnosisWith()] });
  await here.says('Alex', invalidKey);
  const [, again] = buttonsOf(here.last());
  const elsewhere = { ...turnIn('room-2') };

  const answer = await here.conversation.press(elsewhere, 'look-again', again?.data);

  expect(textOf(answer)).toContain('Please paste it again.');
});

it('answers the presser also when the message cannot be edited', async () => {
  const room = openRoom({ presses: [['prepare', preview]] }, { brokenEdit: true });

  const answer = await room.sends('Megan', 'fix', { plan: 'plan-1' });

  expect(titlesOf(answer)).toEqual(['Confirm', 'Cancel']);
});

it('notes what the card shows once the channel took it, and not before', async () => {
  const fine = openRoom({ presses: [['confirm', applied]] }, {});
  await fine.joins('Alex');
  await fine.sends('Megan', 'confirm', { plan: 'plan-1', seen: 'd1g357' });
  const broken = openRoom({ presses: [['confirm', applied]] }, { brokenEdit: true });
  await broken.sends('Megan', 'confirm', { plan: 'plan-1', seen: 'd1g357' });

  expect([fine.shown, broken.shown]).toEqual([['plan-1'], []]);
});

it('turns a breakdown into a card', async () => {
  const room = openRoom({ presses: [['confirm', new Error('boom')]] });

  const answer = await room.sends('Megan', 'confirm', { plan: 'plan-1', seen: 'd1g357' });

  expect(textOf(answer)).toContain('Something went wrong on my side');
  expect(room.errors).toHaveLength(1);
});

it('offers to look again after a breakdown while the question is remembered', async () => {
  const room = openRoom({ diagnoses: [diagnosisWith(), new Error('boom')], presses: [['confirm', new Error('boom')]] });
  await room.says('Alex', invalidKey);
  const [, again] = buttonsOf(room.last());

  expect(titlesOf(await room.sends('Megan', 'confirm', { plan: 'plan-1', seen: 'd1g357' }))).toEqual(['Look again']);
  expect(titlesOf(await room.sends('Megan', 'look-again', again?.data))).toEqual(['Look again']);
});

it('takes the verb inside the data, as Action.Submit sends it', async () => {
  const room = openRoom({ presses: [['prepare', preview]] });

  const answer = await room.sends('Megan', 'fix', { verb: 'fix', plan: 'plan-1' });

  expect(titlesOf(answer)).toEqual(['Confirm', 'Cancel']);
});

describe('a press that none of our buttons sends', () => {
  const forged: readonly (readonly [string, string, unknown])[] = [
    ['no data', 'fix', undefined],
    ['null', 'fix', null],
    ['a list', 'fix', ['plan-1']],
    ['a text', 'fix', 'plan-1'],
    ['a number for an id', 'fix', { plan: 1 }],
    ['an object for an id', 'confirm', { plan: { id: 'plan-1' }, seen: 'abc' }],
    ['no preview', 'confirm', { plan: 'plan-1' }],
    ['an object for a preview', 'confirm', { plan: 'plan-1', seen: {} }],
    ['a preview for the first press', 'fix', { plan: 'plan-1', seen: 'abc' }],
    ['both names for a view', 'view', { plan: 'plan-1', ask: 'ask-1' }],
    ['an empty id', 'confirm', { plan: '', seen: 'abc' }],
    ['an id with a path', 'confirm', { plan: '../plan-1', seen: 'abc' }],
    ['an ARM id beside the plan', 'confirm', { plan: 'plan-1', seen: 'abc', on: '/subscriptions/0' }],
    ['a question in place of a plan', 'confirm', { ask: 'plan-1' }],
    ['a plan in place of a question', 'look-again', { plan: 'plan-1' }],
    ['another verb in the data', 'fix', { verb: 'confirm', plan: 'plan-1' }],
    ['an unknown verb', 'delete', { plan: 'plan-1' }],
    ["an object's own name as verb", 'constructor', { plan: 'plan-1' }],
    ['a megabyte', 'fix', { plan: 'x'.repeat(1_000_000) }],
    ['a megabyte beside the plan', 'fix', { plan: 'plan-1', more: 'x'.repeat(1_000_000) }],
  ];

  it.each(forged)('%s changes nothing and gets a card', async (_name, verb, data) => {
    const room = openRoom();

    const answer = await room.sends('Megan', verb, data);

    expect(textOf(answer)).toContain('Nothing was changed.');
    expect(room.pressed).toEqual([]);
    expect(JSON.stringify(answer).length).toBeLessThan(12_000);
  });
});

function turnIn(room: string): Parameters<ReturnType<typeof openRoom>['conversation']['press']>[0] {
  const unexpected = async (): Promise<never> => {
    throw new Error('Nobody expected a message here.');
  };
  return {
    who: { id: 'alex', name: 'Alex', tenant: 'contoso' },
    reader: '29:alex',
    signOn: null,
    address: null,
    members: async () => null,
    room: { id: room, kind: 'personal' },
    now: () => new Date('2026-11-20T09:00:00Z'),
    typing: async () => undefined,
    reply: unexpected,
    editCard: unexpected,
    replaceCard: unexpected,
  };
}
