// What anybody could send instead of pressing a button, against a really started bot over the lab with a plan in each open state. One bot
// for all runs: nothing that is sent here may change anything, so that each run finds it as the one before.
import fc from 'fast-check';
import { scenarios as malformedScope } from '../../src/causes/subscription-scope-malformed/scenarios.ts';
import { scenarios as suspended } from '../../src/causes/subscription-suspended/scenarios.ts';
import { textOf } from '../harness/card-text.ts';
import type { Member } from '../harness/connector.ts';
import { first } from '../harness/first.ts';
import { estatesOf, pasteOf } from '../harness/healthy-estate.ts';
import { hostileNames } from '../harness/hostile.ts';
import { readPlans } from '../harness/kept.ts';
import { ada, ben, cleo, dan, eve } from '../harness/team.ts';
import { answerOf, buttonOn, channel, openWholeBot, type WholeBot } from '../harness/whole-bot.ts';

type Data = Readonly<Record<string, unknown>>;
interface Press {
  readonly verb: string;
  readonly data: Data;
}

let room: WholeBot;
let minutesPassed = 0;
/** Presses of real buttons, by the state that their plan is in. */
let real: Readonly<Record<'offered' | 'prepared' | 'waiting' | 'applied' | 'undone' | 'cancelled', readonly Press[]>>;
const [activate, correct] = ['Activate the subscription', 'Correct the scope'];

beforeAll(async () => {
  const suspendedOne = first(suspended);
  const given = {
    ...suspendedOne.given,
    'subscriptions/partner-app': first(malformedScope).given['subscriptions/mobile-app'] ?? null,
  };
  const clock = (): Date => new Date(Date.now() + minutesPassed * 60_000);
  room = await openWholeBot({ lab: { estate: estatesOf({ ...suspendedOne, given }) }, engine: { clock } });
  const asked = async (): Promise<Press> => buttonOn(await room.asks(ada, pasteOf(suspendedOne)), activate);
  const scope = { ...suspendedOne, given, paste: suspendedOne.paste.replace('mobile-app', 'partner-app') };
  const pressed = async (who: Member, press: Press, title: string): Promise<Press> => buttonOn((await room.press(who, press)).value, title);

  const [offered, prepare, wait, stop] = [await asked(), await asked(), await asked(), await asked()];
  const prepared = await pressed(ada, prepare, 'Confirm');
  const waiting = await pressed(ada, wait, 'Confirm');
  await room.press(ada, waiting);
  const cancelled = await pressed(ada, stop, 'Cancel');
  await room.press(ada, cancelled);
  const scoped = async (): Promise<Press> => buttonOn(await room.asks(ada, pasteOf(scope)), correct);
  const [fixFirst, undoneConfirm, undo, undoConfirm] = await (async () => {
    const fix = await scoped();
    const confirm = await pressed(ada, fix, 'Confirm');
    const back = await pressed(ada, confirm, 'Undo');
    const confirmBack = await pressed(ada, back, 'Confirm');
    await room.press(ada, confirmBack);
    return [fix, confirm, back, confirmBack] as const;
  })();
  const fixAgain = await scoped();
  const applied = await pressed(ada, fixAgain, 'Confirm');
  await room.press(ada, applied);
  real = {
    offered: [offered],
    prepared: [prepared],
    waiting: [waiting],
    applied: [fixAgain, applied],
    undone: [fixFirst, undoneConfirm, undo, undoConfirm],
    cancelled: [stop, cancelled],
  };
});
afterAll(() => room.close());
afterEach(() => {
  minutesPassed = 0;
});

/** Everything that a press could change. */
function everything() {
  return { estate: room.estate(), writes: room.writes(), plans: readPlans(room.stateDir) };
}

function refusals(): number {
  return room.audit().filter(({ step }) => step === 'refused').length;
}

const cardType = 'application/vnd.microsoft.card.adaptive';

/** One of the forms of Microsoft's Universal Actions: a card, or an error with a sentence. */
function expectWellFormed({ http, statusCode, type, value }: Awaited<ReturnType<typeof answerOf>>): void {
  expect(http).toBe(200);
  if (type === cardType) {
    expect(statusCode).toBe(200);
    expect(value).toMatchObject({ type: 'AdaptiveCard', version: expect.any(String), body: expect.any(Array) });
    return;
  }
  expect([type, statusCode]).toEqual(['application/vnd.microsoft.error', 400]);
  expect(value).toEqual({ code: expect.any(String), message: expect.stringMatching(/\.$/) });
}

const strange = fc.oneof(
  fc.anything({ maxDepth: 3 }),
  fc.constantFrom(...hostileNames),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'a\u0000b', '\ud800', '', ' ', '../../x', 'x'.repeat(5000)),
  fc.string({ unit: 'grapheme' }),
);
const name = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'plan ', 'Plan', 'PLAN', 'verb', 'msteams', 'seen\u0000', 'ask'),
  fc.string(),
);
const open = fc.constantFrom('offered', 'prepared', 'waiting', 'applied').chain((state) => fc.nat().map((n) => realOf(state, n)));

function realOf(state: keyof typeof real, n: number): () => Press {
  return () => real[state][n % real[state].length] as Press;
}

/** A character of an id changed, one added, one taken away, the letters of the other case. */
const otherId = fc.tuple(fc.nat(), fc.nat({ max: 5 })).map(([at, how]) => (id: string): string => {
  const letter = id[at % id.length];
  const changed = id.slice(0, at % id.length) + (letter === 'x' ? 'y' : 'x') + id.slice((at % id.length) + 1);
  return [changed, `${id}x`, id.slice(1), `${id}\u0000`, `${id} `, `${id.toUpperCase()}-`][how] ?? changed;
});

type Change = (press: Press) => { readonly verb: string; readonly data: unknown };

/** Tampered: each makes of a real press one that no button can have sent. */
const tampered = fc
  .tuple(
    open,
    fc.oneof<fc.Arbitrary<Change>[]>(
      otherId.map((change) => (press: Press) => ({ ...press, data: { ...press.data, plan: change(String(press.data.plan)) } })),
      otherId.map((change) => ({ verb: _verb, data }: Press) => ({
        verb: 'confirm',
        data: { ...data, seen: change(String(data.seen ?? 'f')) },
      })),
      fc.tuple(name, strange).map(([field, value]) => ({ verb, data }: Press) => ({ verb, data: withField(data, field, value) })),
      fc.tuple(fc.constantFrom('plan', 'seen'), strange).map(([field, value]) => ({ verb, data }: Press) => ({
        verb: field === 'seen' ? 'confirm' : verb,
        data: { ...data, [field]: value },
      })),
      strange.map((wrap) => ({ verb, data }: Press) => ({ verb, data: { wrap, data } })),
      fc.constant(({ verb, data }: Press) => ({ verb, data: { plan: data } })),
      fc.constant(({ verb, data }: Press) => ({ verb, data: { plan: [data.plan] } })),
      fc.constant(({ verb, data }: Press) => ({ verb, data: [data] })),
      fc.constant(({ verb, data }: Press) => ({ verb, data: JSON.stringify(data) })),
      // Verbs that do not go with what the button holds, and some that there are none of.
      fc
        .constantFrom('Confirm', 'confirm ', 'apply', 'approve', '__proto__', 'constructor', 'hasOwnProperty')
        .map((verb) => (press: Press) => ({ ...press, verb })),
      fc.constant(({ data: { plan } }: Press) => ({ verb: 'confirm', data: { plan } })),
      fc.constant(({ data: { plan } }: Press) => ({ verb: 'fix', data: { plan, seen: 'x' } })),
      fc.constant(({ data: { plan } }: Press) => ({ verb: 'look-again', data: { ask: plan } })),
      fc.constant(({ data: { plan } }: Press) => ({ verb: 'fix', data: { plan, verb: 'confirm' } })),
    ),
  )
  .map(
    ([press, change]) =>
      () =>
        change(press()),
  );

function withField(data: Data, field: string, value: unknown): Data {
  const made = { ...data };
  // Assigned, `__proto__` would set the prototype instead of a field of that name.
  Object.defineProperty(made, field === 'plan' || field === 'seen' ? `${field}2` : field, { value, enumerable: true });
  return made;
}

/** Whether a press is one that its button can send after all: what JSON leaves out, or Teams adds, is no tampering. */
function isGood({ verb, data }: ReturnType<Change>, left: readonly string[]): boolean {
  const wire: unknown = JSON.parse(JSON.stringify(data ?? null));
  if (typeof wire !== 'object' || wire === null || Array.isArray(wire)) return false;
  const fields = Object.entries(wire).filter(([field]) => !left.includes(field));
  const names = fields
    .map(([field]) => field)
    .sort()
    .join();
  const known = Object.values(real).flat();
  const { plan, seen } = wire as Data;
  if (names === 'plan') return ['fix', 'cancel', 'undo', 'check', 'view'].includes(verb) && known.some((one) => one.data.plan === plan);
  return names === 'plan,seen' && verb === 'confirm' && known.some(({ data: own }) => own.plan === plan && own.seen === seen);
}

it('does nothing for a press that was tampered with, and answers in a form that Teams knows', async () => {
  const before = everything();
  await fc.assert(
    fc.asyncProperty(tampered, fc.constantFrom(ada, ben, cleo), async (forged, who) => {
      const press = forged();
      fc.pre(!isGood(press, []));
      expectWellFormed(await room.press(who, press));
    }),
    { numRuns: 250 },
  );
  expect(everything()).toEqual(before);
});

it('does nothing for the same sent as an Action.Submit of older clients', async () => {
  const before = everything();
  let sent = room.connector.sent.filter(({ type }) => type === 'message').length;
  await fc.assert(
    fc.asyncProperty(tampered, async (forged) => {
      const press = forged();
      fc.pre(press.verb !== '' && !isGood(press, ['verb', 'msteams']));
      const { verb, data } = press;
      const value = typeof data === 'object' && !Array.isArray(data) ? { ...data, verb } : { verb, data };
      expect((await room.post(ada, { type: 'message', value })).status).toBe(200);
      sent += 1;
      await room.connector.messages(sent);
    }),
    { numRuns: 60 },
  );
  expect(everything()).toEqual(before);
});

const elsewhere = { conversation: { id: '19:elsewhere@thread.tacv2', conversationType: 'channel', isGroup: true, tenantId: ada.tenantId } };
const otherTenant = '10000000-0000-4000-8000-00000000000f';
const openStates = ['offered', 'prepared', 'waiting', 'applied'] as const;

/** What its buttons do in each open state: the fix, Confirm and Cancel, Undo. */
function buttonsIn(state: (typeof openStates)[number]): readonly Press[] {
  const [press] = real[state];
  if (press === undefined) throw new Error(`There is no plan that is ${state}.`);
  const { plan } = press.data;
  if (state === 'applied') return [{ verb: 'undo', data: { plan } }];
  return state === 'offered' ? [press] : [press, { verb: 'cancel', data: { plan } }];
}

it.each<readonly [string, Member, object]>([
  ['from another conversation', ada, elsewhere],
  [
    'from a conversation of another tenant',
    { ...ada, tenantId: otherTenant },
    { ...elsewhere, ...{ channelData: { tenant: { id: otherTenant } } } },
  ],
  ['from the same conversation id in another tenant', { ...ada, tenantId: otherTenant }, {}],
  ['from a conversation without a tenant', ada, { conversation: { id: channel, conversationType: 'channel' }, channelData: {} }],
  ['by somebody who may only look', dan, {}],
  ['by somebody without a role', eve, {}],
  ['by somebody without a role, named like a fixer', { ...eve, name: ada.name }, {}],
  ['by a guest', ada, { from: { id: ada.id, name: ada.name, aadObjectId: ada.aadObjectId, userRole: 'guest' } }],
  ['without an object id', ada, { from: { id: ada.id, name: ada.name } }],
  ['with the object id where the channel has its own', ada, { from: { id: ada.aadObjectId, name: ada.name } }],
  ['with an object id that is a list', ada, { from: { id: ada.id, name: ada.name, aadObjectId: [ada.aadObjectId] } }],
  ['with an object id with a blank after it', ada, { from: { id: ada.id, name: ada.name, aadObjectId: `${ada.aadObjectId} ` } }],
  ['by nobody', ada, { from: null }],
])('does nothing for a real button that is pressed %s, and writes down that it refused', async (_what, who, activity) => {
  for (const state of openStates) {
    for (const press of buttonsIn(state)) {
      const [before, refused] = [everything(), refusals()];

      const answer = await room.press(who, press, {}, activity as Data);

      expectWellFormed(answer);
      expect(textOf(answer.value)).toMatch(
        /Nothing (was|is) changed|nothing was (changed|done)|do nothing here|You may look|guest|not among/i,
      );
      expect(JSON.stringify(answer.value)).not.toContain('"verb":"confirm"');
      expect([state, press.verb, everything(), refusals()]).toEqual([state, press.verb, before, refused + 1]);
    }
  }
});

it('does nothing when a real press comes again after all is over', async () => {
  for (const state of ['applied', 'undone', 'cancelled'] as const) {
    for (const press of real[state]) {
      const before = everything();

      for (const who of [ada, ben]) expectWellFormed(await room.press(who, press));

      expect([state, press.verb, everything()]).toEqual([state, press.verb, before]);
    }
  }
});

/** An activity as text, with one part of it replaced by text that JSON.stringify could not make. */
function raw(part: string, text: string): string {
  const value = { action: { type: 'Action.Execute', verb: 'fix', data: real.offered[0]?.data } };
  const activity = { type: 'invoke', name: 'adaptiveCard/action', serviceUrl: room.connector.url, conversation: { id: channel }, value };
  return JSON.stringify({ ...activity, [part]: '<here>' }).replace('"<here>"', () => text);
}

const deep = (times: number): string => `${'['.repeat(times)}${']'.repeat(times)}`;
const deepAction = (verb: string): string =>
  `{"action":{"type":"Action.Execute","verb":"${verb}","data":{"plan":${deep(200_000)},"seen":"x"}}}`;

it.each<readonly [string, () => string, readonly number[]]>([
  ['no JSON', () => 'plan=1&verb=confirm', [400]],
  ['half of JSON', () => raw('value', '{'), [400]],
  ['two of them', () => `[${raw('id', '"1"')},${raw('id', '"2"')}]`, [400]],
  ['no action', () => raw('value', '{}'), [200]],
  ['an action that is null', () => raw('value', '{"action":null}'), [200]],
  ['an action of another type', () => raw('value', '{"action":{"type":"Action.Submit","verb":"fix"}}'), [200]],
  [
    'a million characters',
    () => raw('value', `{"action":{"type":"Action.Execute","verb":"fix","data":{"plan":"${'x'.repeat(1_000_000)}"}}}`),
    [200],
  ],
  ['a million characters of a verb', () => raw('value', `{"action":{"type":"Action.Execute","verb":"${'x'.repeat(1_000_000)}"}}`), [200]],
  ['two million characters', () => raw('value', `"${'x'.repeat(2_000_000)}"`), [413]],
  ['a depth of two hundred thousand', () => raw('value', deepAction('fix')), [200]],
  ['a Confirm as deep', () => raw('value', deepAction('confirm')), [200]],
  ['nothing but depth', () => deep(500_000), [400]],
  ['depth where a name should be', () => raw('from', deep(200_000)), [200]],
  ['the fields of a prototype', () => raw('__proto__', '{"type":"invoke","value":{}}'), [200]],
])('answers %s properly', async (_what, body, statuses) => {
  const before = everything();

  for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
    const answer = await fetch(`${room.bot.url}/api/messages`, { method: 'POST', headers: { 'content-type': type }, body: body() });
    expect(statuses).toContain(answer.status);
    if (answer.status === 200) expectWellFormed(await answerOf(answer));
    else expect(await answer.json()).toEqual({ error: { message: expect.stringMatching(/\.$/) } });
  }
  expect(everything()).toEqual(before);
});

const fields = ['name', 'value', 'from', 'recipient', 'conversation', 'channelData', 'serviceUrl', 'replyToId', 'id', 'channelId'];
const more = ['entities', 'attachments', 'text', 'textFormat', 'locale', 'timestamp', 'localTimestamp', 'relatesTo', 'type', 'callerId'];

it('answers an activity whose fields are something else, and goes on', async () => {
  const before = everything();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...fields, ...more), strange, fc.constantFrom('prepared', 'waiting'), async (field, value, state) => {
      const [press] = real[state];
      const action = { type: 'Action.Execute', ...press };
      const activity = { type: 'invoke', name: 'adaptiveCard/action', value: { action }, [field]: value };
      const answer = await room.post(eve, activity);
      expect([field, [200, 400, 403, 501].includes(answer.status)]).toEqual([field, true]);
      expect(await answer.json()).toEqual(expect.anything());
    }),
    { numRuns: 150 },
  );
  expect(everything()).toEqual(before);
});

it('takes the real presses after all that', async () => {
  const [fix] = real.offered;
  const [agree] = real.waiting;
  if (fix === undefined || agree === undefined) throw new Error('There is nothing left to press.');
  const writes = room.writes().length;

  expect(buttonOn((await room.press(ada, fix)).value, 'Confirm').data.plan).toBe(fix.data.plan);
  expect(textOf((await room.press(cleo, agree)).value)).toContain('Agreed to by: Cleo');

  expect(room.writes().slice(writes)).toEqual(['PATCH 200']);
});

it('does nothing for a press that comes too late, and says so', async () => {
  const [confirm] = real.prepared;
  const [, applied] = real.applied;
  if (confirm === undefined || applied === undefined) throw new Error('There is nothing left to press.');
  const [estate, writes] = [room.estate(), room.writes()];
  minutesPassed = 25 * 60;

  const tooLate = await room.press(ada, confirm);
  const gone = await room.press(ada, { verb: 'undo', data: { plan: applied.data.plan } });

  for (const answer of [tooLate, gone]) expectWellFormed(answer);
  expect(textOf(tooLate.value)).toMatch(/expired. Nothing was changed/);
  expect(textOf(gone.value)).toMatch(/time for an undo is over.*Nothing was changed/);
  expect([room.estate(), room.writes()]).toEqual([estate, writes]);
  expect(
    room
      .audit()
      .filter(({ step }) => step === 'refused')
      .slice(-2)
      .map(({ plan }) => plan),
  ).toEqual([confirm.data.plan, applied.data.plan]);
});
