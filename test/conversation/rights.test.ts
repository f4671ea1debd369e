// One message, several readers: buttons are for those who may press them; and what a person without a right gets to go on.
import type { PressResult } from '../../src/remediation/plan-record.ts';
import { buttonsOf, textOf, titlesOf } from '../harness/card-text.ts';
import { appliedPlan, diagnosisWith, invalidKey, megan, planWith } from '../harness/diagnoses.ts';
import { closeRooms, openRoom } from '../harness/room.ts';

afterEach(closeRooms);

const card = 'message-1';
const preview: PressResult = { kind: 'preview', plan: planWith({ state: 'prepared', card }), says: 'It is suspended.' };
const everybody = ['Alex', 'Adele', 'Megan'];

interface Refresh {
  readonly action: { readonly verb: string; readonly data: unknown };
  readonly userIds: readonly string[];
}

function refreshOf(shown: unknown): Refresh {
  const { refresh } = shown as { refresh?: Refresh };
  if (refresh === undefined) throw new Error('The card asks for no view of anybody.');
  return refresh;
}

it('shows a viewer what is wrong without a button that changes anything, and says who has one', async () => {
  const room = openRoom({ diagnoses: [diagnosisWith()] }, { viewers: ['Adele'] });

  await room.says('Adele', invalidKey);

  expect(titlesOf(room.last())).toEqual(['Look again']);
  expect(textOf(room.last())).toContain('fixer role');
  expect(textOf(room.last())).toContain('suspended');
});

it("gives every other reader of a fixer's card a view of their own, decided when they look", async () => {
  const room = openRoom({ diagnoses: [diagnosisWith()] }, { viewers: ['Adele'], members: everybody });
  await room.says('Alex', invalidKey);
  const { action, userIds } = refreshOf(room.last());

  expect(titlesOf(room.last())).toEqual(['Activate the subscription', 'Look again']);
  expect(userIds).toEqual(['29:adele', '29:megan']);
  expect(titlesOf(await room.sends('Adele', action.verb, action.data))).toEqual(['Look again']);
  expect(titlesOf(await room.sends('Megan', action.verb, action.data))).toEqual(['Activate the subscription', 'Look again']);
});

it("gives a fixer the buttons on a viewer's card", async () => {
  const room = openRoom({ diagnoses: [diagnosisWith()] }, { viewers: ['Adele'], members: everybody });
  await room.says('Adele', invalidKey);
  const { action } = refreshOf(room.last());

  expect(titlesOf(room.last())).toEqual(['Look again']);
  expect(titlesOf(await room.sends('Alex', action.verb, action.data))).toEqual(['Activate the subscription', 'Look again']);
});

it('shows a plan to each reader in the same way, also when it is pressed on', async () => {
  const room = openRoom({ diagnoses: [diagnosisWith()], presses: [['prepare', preview]] }, { viewers: ['Adele'], members: everybody });
  await room.says('Alex', invalidKey);

  const answer = await room.pushes('Alex', 'Activate the subscription');

  expect(titlesOf(answer)).toEqual(['Confirm', 'Cancel']);
  const { action, userIds } = refreshOf(room.last());
  expect(userIds).toEqual(['29:adele', '29:megan']);
  const adele = await room.sends('Adele', action.verb, action.data);
  expect(titlesOf(adele)).toEqual([]);
  expect(textOf(adele)).toContain('now suspended');
  expect(titlesOf(await room.sends('Megan', action.verb, action.data))).toEqual(['Confirm', 'Cancel']);
});

it('shows no buttons to all in a room that is too large for views, and gives whoever asked theirs', async () => {
  const crowd = Array.from({ length: 80 }, (_, index) => `Person${index}`);
  const room = openRoom({ diagnoses: [diagnosisWith()] }, { members: ['Alex', ...crowd] });

  await room.says('Alex', invalidKey);

  expect(titlesOf(room.last())).toEqual(['Look again']);
  const { action, userIds } = refreshOf(room.last());
  expect(userIds).toHaveLength(60);
  expect(userIds[0]).toBe('29:alex');
  expect(titlesOf(await room.sends('Alex', action.verb, action.data))).toEqual(['Activate the subscription', 'Look again']);
});

it('keeps a view inside its conversation, and says so when what it is of is forgotten', async () => {
  const room = openRoom({ diagnoses: [diagnosisWith()] }, { members: everybody });
  await room.says('Alex', invalidKey);
  const { action } = refreshOf(room.last());
  room.wait(16);

  expect(textOf(await room.sends('Megan', action.verb, action.data))).toContain('Please paste it again.');
  expect(textOf(await room.sends('Megan', 'view', { plan: 'plan-of-another-room' }))).toContain('Nothing was changed.');
});

it('looks nothing up for somebody without a role', async () => {
  const room = openRoom({}, { outsiders: ['Mallory'] });

  await room.says('Mallory', invalidKey);

  expect(textOf(room.last())).toContain('Mallory may not look.');
  expect(room.questions).toEqual([]);
});

it('asks for a second person on the same card, and shows who agreed', async () => {
  const waiting: PressResult = {
    kind: 'waiting',
    plan: planWith({ state: 'waiting', card, requestedBy: megan, approvalUntil: '2026-11-20T10:00:00.000Z', secondPerson: true }),
    says: '',
  };
  const agreed: PressResult = {
    kind: 'applied',
    plan: { ...appliedPlan, card, requestedBy: { id: 'alex', name: 'Alex', tenant: null }, approvedBy: megan },
    says: appliedPlan.says,
  };
  const room = openRoom({
    diagnoses: [diagnosisWith()],
    presses: [
      ['prepare', preview],
      ['confirm', waiting],
      ['confirm', agreed],
    ],
  });
  await room.says('Alex', invalidKey);
  await room.pushes('Alex', 'Activate the subscription');

  await room.pushes('Alex', 'Confirm');
  expect(textOf(room.last())).toContain('Waiting for a second person');
  expect(textOf(room.last())).toContain('20 Nov, 10:00 UTC');
  expect(titlesOf(room.last())).toEqual(['Confirm', 'Cancel']);

  await room.pushes('Megan', 'Confirm');
  expect(textOf(room.last())).toContain('Asked for by: Alex');
  expect(textOf(room.last())).toContain('Agreed to by: Megan, 20 Nov, 09:02 UTC');
});

it('names the missing right, who has it and who can grant it, with a way to go on', async () => {
  const refused: PressResult = {
    kind: 'not-allowed',
    plan: planWith({ state: 'prepared', card }),
    says: 'Azure did not allow it: the permission Microsoft.ApiManagement/service/subscriptions/write is missing. Nothing was changed.',
    missing: {
      action: 'Microsoft.ApiManagement/service/subscriptions/write',
      role: 'API Management Service Contributor',
      grantedBy: 'An owner of the service can grant it.',
      portal: 'https://portal.azure.com/#resource/subscriptions/x',
      azRest: "az rest --method patch --uri 'https://management.azure.com/x' --body '{}'",
    },
  };
  const room = openRoom({
    diagnoses: [diagnosisWith()],
    presses: [
      ['prepare', preview],
      ['confirm', refused],
    ],
  });
  await room.says('Alex', invalidKey);
  await room.pushes('Alex', 'Activate the subscription');
  const shown = room.last();

  const answer = await room.pushes('Alex', 'Confirm');

  const text = textOf(answer);
  expect(text).toContain('Missing permission: Microsoft.ApiManagement/service/subscriptions/write');
  expect(text).toContain('A role that has it: API Management Service Contributor');
  expect(text).toContain('Who can grant it: An owner of the service can grant it.');
  expect(text).toContain("az rest --method patch --uri 'https://management.azure.com/x' --body '{}'");
  expect(JSON.stringify(answer)).toContain('"url":"https://portal.azure.com/#resource/subscriptions/x"');
  expect(room.last()).toEqual(shown);
});

it('offers a call through the gateway where Azure proves nothing, and makes it only when pressed', async () => {
  const pending = { ...appliedPlan, card, verified: 'pending' as const, callable: 'GET https://contoso.azure-api.net/echo/resource' };
  const called: PressResult = {
    kind: 'checked',
    plan: { ...pending, verified: 'ruled-out' },
    says: 'Called GET https://contoso.azure-api.net/echo/resource through the gateway: 200, not 401 any more.',
  };
  const room = openRoom({
    diagnoses: [diagnosisWith()],
    presses: [
      ['prepare', preview],
      ['confirm', { kind: 'applied', plan: pending, says: 'Done.' }],
      ['check', called],
    ],
  });
  await room.says('Alex', invalidKey);
  await room.pushes('Alex', 'Activate the subscription');
  await room.pushes('Alex', 'Confirm');
  expect(titlesOf(room.last())).toEqual(['Make the call', 'Undo', 'Look again']);
  expect(textOf(room.last())).toContain('"Make the call" sends GET https://contoso.azure-api.net/echo/resource once through the gateway');

  await room.pushes('Alex', 'Make the call');

  expect(textOf(room.last())).toContain('200, not 401 any more');
  expect(titlesOf(room.last())).toEqual(['Undo', 'Look again']);
});

it('carries the digest of the preview with its Confirm', async () => {
  const room = openRoom({ diagnoses: [diagnosisWith()], presses: [['prepare', preview]] });
  await room.says('Alex', invalidKey);
  await room.pushes('Alex', 'Activate the subscription');

  expect(buttonsOf(room.last()).map(({ verb, data }) => [verb, data])).toEqual([
    ['confirm', { plan: 'plan-1', seen: 'd1g357' }],
    ['cancel', { plan: 'plan-1' }],
  ]);
});

it('does not let somebody without a role look again, and leaves the card to the others', async () => {
  const room = openRoom({ diagnoses: [diagnosisWith()] }, { outsiders: ['Mallory'] });
  await room.says('Alex', invalidKey);
  const before = room.last();

  expect(textOf(await room.pushes('Mallory', 'Look again'))).toContain('Mallory may not look.');
  expect(room.last()).toEqual(before);
});

it('leaves the buttons to whoever asked when a viewer looks again', async () => {
  const room = openRoom({ diagnoses: [diagnosisWith(), diagnosisWith()] }, { viewers: ['Adele'] });
  await room.says('Alex', invalidKey);

  expect(titlesOf(await room.pushes('Adele', 'Look again'))).toEqual(['Look again']);
  expect(titlesOf(room.last())).toEqual(['Activate the subscription', 'Look again']);
});

it('leads back to the plan from a refusal while it waits', async () => {
  const waiting = planWith({ state: 'waiting', card, requestedBy: megan, approvalUntil: '2026-11-20T10:00:00.000Z', secondPerson: true });
  const room = openRoom({
    diagnoses: [diagnosisWith()],
    presses: [
      ['prepare', { ...preview, plan: waiting }],
      ['confirm', { kind: 'not-allowed', plan: waiting, says: 'Your sign-in has run out.' }],
    ],
  });
  await room.says('Alex', invalidKey);
  await room.pushes('Alex', 'Activate the subscription');

  const refused = await room.pushes('Alex', 'Confirm');
  const [show] = buttonsOf(refused);

  expect(show).toMatchObject({ title: 'Show the plan', verb: 'view' });
  expect(titlesOf(await room.sends('Alex', show?.verb ?? '', show?.data))).toEqual(['Confirm', 'Cancel']);
});

it('says in a chat of one that nobody can agree there', async () => {
  const two = { ...preview, plan: planWith({ state: 'prepared', card, secondPerson: true }) };
  for (const kind of ['personal', 'channel'] as const) {
    const room = openRoom({ diagnoses: [diagnosisWith()], presses: [['prepare', two]] }, { kind });
    await room.says('Alex', invalidKey);

    const text = textOf(await room.pushes('Alex', 'Activate the subscription'));

    expect(text.includes('Nobody else reads this chat')).toBe(kind === 'personal');
  }
});

it('gives a viewer who looks again a view of their own on the card that keeps its buttons', async () => {
  const room = openRoom({ diagnoses: [diagnosisWith(), diagnosisWith()] }, { viewers: ['Adele'], members: everybody });
  await room.says('Alex', invalidKey);

  await room.pushes('Adele', 'Look again');

  const { action, userIds } = refreshOf(room.last());
  expect(titlesOf(room.last())).toEqual(['Activate the subscription', 'Look again']);
  expect(userIds).toEqual(['29:adele', '29:alex', '29:megan']);
  expect(titlesOf(await room.sends('Adele', action.verb, action.data))).toEqual(['Look again']);
});

describe('what changes when nobody presses', () => {
  const applied: PressResult = { kind: 'applied', plan: { ...appliedPlan, card }, says: appliedPlan.says };
  const place = { message: card, address: 'address-1', buttons: true };

  async function afterwards(options: Parameters<typeof openRoom>[1], pressed = true): Promise<ReturnType<typeof openRoom>> {
    const room = openRoom({ diagnoses: [diagnosisWith()], ...(pressed ? { presses: [['confirm', applied]] } : {}) }, options);
    await room.says('Alex', invalidKey);
    if (pressed) await room.sends('Alex', 'confirm', { plan: 'plan-1', seen: 'd1g357' });
    return room;
  }

  it('is shown with a view of their own for the readers of the last press', async () => {
    const room = await afterwards({ viewers: ['Adele'], members: everybody });

    const shown = await room.conversation.cardOf({ ...appliedPlan, card }, place);

    expect(titlesOf(shown)).toEqual(['Undo']);
    const { action, userIds } = refreshOf(shown);
    expect(userIds).toEqual(['29:adele', '29:megan']);
    expect(titlesOf(await room.sends('Adele', action.verb, action.data))).not.toContain('Undo');
  });

  it('is shown with its buttons in a chat of one', async () => {
    const room = await afterwards({ kind: 'personal' });

    expect(titlesOf(await room.conversation.cardOf({ ...appliedPlan, card }, place))).toEqual(['Undo']);
  });

  it.each([
    ['after a restart', false, everybody],
    ['where Teams does not tell', true, undefined],
  ] as const)('is shown without buttons, and with a way to them, when its readers are not known: %s', async (_when, pressed, members) => {
    const room = await afterwards(members === undefined ? {} : { members }, pressed);

    const shown = await room.conversation.cardOf({ ...appliedPlan, card }, place);

    expect(titlesOf(shown)).toEqual(['Show the plan']);
    expect(buttonsOf(shown)).toMatchObject([{ verb: 'view', data: { plan: 'plan-1' } }]);
    expect(textOf(shown)).toContain('press "Show the plan"');
  });
});
