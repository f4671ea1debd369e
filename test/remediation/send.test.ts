// What is made of ARM's answers when they do not tell: with a writer that plays exactly what it is told, and nothing else.
import type { PlannedChange } from '../../src/remediation/plan-record.ts';
import type { ArmWriter, Look, WriteOutcome } from '../../src/remediation/ports.ts';
import { type Sent, send } from '../../src/remediation/send.ts';
import { serviceId } from '../harness/healthy-estate.ts';

type Step = { readonly look: Look | 'unreadable' } | { readonly write: WriteOutcome };

const field: PlannedChange = {
  on: `${serviceId}/subscriptions/s`,
  field: 'properties.state',
  before: 'suspended',
  after: 'active',
  etag: '"1"',
};
const create: PlannedChange = {
  on: `${serviceId}/subscriptions/new`,
  field: '',
  before: null,
  after: { properties: { scope: '/apis/echo', displayName: 'New' } },
  etag: null,
};
const link: PlannedChange = {
  on: `${serviceId}/products/p/apis/echo`,
  field: '',
  before: null,
  after: { id: `${serviceId}/products/p/apis/echo` },
  etag: null,
};
const refresh: PlannedChange = { on: `${serviceId}/namedValues/n`, field: '!refreshSecret', before: null, after: null, etag: null };

const lost: WriteOutcome = { kind: 'uncertain', says: 'No answer.', mayStillLand: true };
const busy: WriteOutcome = { kind: 'uncertain', says: 'Busy (409).' };
const absent: Step = { look: { value: null, etag: null } };

/** Sends against a writer that plays these steps in this order. @throws at a call that is not the next one, or one that never comes */
async function played(changes: readonly PlannedChange[], steps: readonly Step[], goesOn = true): Promise<Sent> {
  const left = [...steps];
  const writer: ArmWriter = {
    async look(change) {
      const step = left.shift();
      if (step === undefined || !('look' in step)) throw new Error(`Nobody expected a look at ${change.on}.`);
      if (step.look !== 'unreadable') return { status: 'read', value: step.look };
      return { status: 'unreadable', reason: 'unavailable', at: change.on, action: null, says: 'Azure is away.' };
    },
    async write(change) {
      const step = left.shift();
      if (step === undefined || !('write' in step)) throw new Error(`Nobody expected a write to ${change.on}.`);
      return step.write;
    },
  };
  const sent = await send(writer, changes, async () => goesOn);
  if (left.length > 0) throw new Error(`${left.length} steps never came.`);
  return sent;
}

function state(value: string, etag: string): Step {
  return { look: { value, etag } };
}

it('does not call a write undone because it is not there at once, when nobody answered', async () => {
  const { done, stopped } = await played([field], [{ write: lost }, state('suspended', '"1"')]);
  expect(done).toEqual([]);
  expect(stopped).toMatchObject({ kind: 'uncertain', says: expect.stringContaining('not there') });
});

it('calls it undone when ARM said that it is through with it', async () => {
  const { stopped } = await played([field], [{ write: busy }, state('suspended', '"1"')]);
  expect(stopped).toMatchObject({ kind: 'failed', says: 'Busy (409). Reading it again shows that it was not written.' });
});

it('says that somebody else was there where the resource moved to something else', async () => {
  const { stopped } = await played([field], [{ write: busy }, state('cancelled', '"2"')]);
  expect(stopped).toMatchObject({ kind: 'failed', says: expect.stringContaining('what somebody else wrote meanwhile') });
});

it('does not take a resource of the same name that somebody else made for its own', async () => {
  const taken: Step = { look: { value: { properties: { scope: `${serviceId}/apis/orders`, displayName: 'New' } }, etag: '"9"' } };
  const { done, stopped } = await played([create], [absent, { write: busy }, taken]);
  expect(done).toEqual([]);
  expect(stopped).toMatchObject({ kind: 'failed', says: expect.stringContaining('what somebody else wrote meanwhile') });
});

it('knows its own new resource by what it holds, with the scope that ARM writes out in full', async () => {
  const own = { value: { properties: { scope: `${serviceId}/apis/echo`, displayName: 'New', state: 'active' } }, etag: '"9"' };
  const { done, stopped } = await played([create], [absent, { write: busy }, { look: own }]);
  expect(stopped).toBeNull();
  expect(done).toMatchObject([{ etag: '"9"' }]);
});

it('looks for the ETag of what it made when the answer has none, so that it can be taken back', async () => {
  const answered: WriteOutcome = { kind: 'done', requestId: 'r', etag: null };
  const { done } = await played([create], [absent, { write: answered }, { look: { value: {}, etag: '"3"' } }]);
  expect(done).toMatchObject([{ etag: '"3"' }]);
});

it('leaves in doubt what reading cannot tell: an action without anything that would show it', async () => {
  const same: Step = { look: { value: null, etag: null } };
  const { stopped } = await played([refresh], [same, { write: busy }, same]);
  expect(stopped).toMatchObject({ kind: 'uncertain', says: expect.stringContaining('does not tell either') });
});

it.each([
  ['a link', link],
  ['an action', refresh],
])('sends nothing where it cannot see that %s is still to be done', async (_, change) => {
  const { stopped } = await played([change], [{ look: 'unreadable' }]);
  expect(stopped).toMatchObject({ kind: 'failed', says: 'It could not be read before sending: Azure is away.' });
});

it('compares a field that has no ETag by what it holds, and sends nothing where that has changed', async () => {
  const untagged = { ...field, etag: null };
  const changed: Step = { look: { value: 'cancelled', etag: null } };
  expect(await played([untagged], [changed])).toEqual({ done: [], requestIds: [], stopped: { kind: 'stale', there: false } });

  const asPlanned: Step = { look: { value: 'suspended', etag: '"7"' } };
  const done: WriteOutcome = { kind: 'done', requestId: null, etag: '"8"' };
  expect(await played([untagged], [asPlanned, { write: done }])).toMatchObject({ stopped: null, done: [{ etag: '"8"' }] });
});

it('does not say of a 412 that nothing was changed when it could not look', async () => {
  const { stopped } = await played([field], [{ write: { kind: 'stale' } }, { look: 'unreadable' }]);
  expect(stopped).toEqual({ kind: 'stale' });
});

describe('after a 429', () => {
  const throttled = (waitMs: number): WriteOutcome => ({ kind: 'uncertain', says: 'Too fast (429).', waitMs });
  const done: WriteOutcome = { kind: 'done', requestId: 'r', etag: '"2"' };

  it('sends once more when the wait is short and nothing was written', async () => {
    const sent = await played([field], [{ write: throttled(1) }, state('suspended', '"1"'), { write: done }]);
    expect(sent).toMatchObject({ stopped: null, requestIds: ['r'], done: [{ etag: '"2"' }] });
  });

  it('does not when it was written all the same', async () => {
    expect(await played([field], [{ write: throttled(1) }, state('active', '"2"')])).toMatchObject({ stopped: null });
  });

  it('does not when the wait is long', async () => {
    const { stopped } = await played([field], [{ write: throttled(60_000) }, state('suspended', '"1"')]);
    expect(stopped).toMatchObject({ kind: 'failed' });
  });
});

describe('of two changes', () => {
  const second = { ...field, on: `${serviceId}/subscriptions/t` };
  const bothAsPlanned = [state('suspended', '"1"'), state('suspended', '"1"')];
  const done: WriteOutcome = { kind: 'done', requestId: null, etag: '"2"' };

  it('sends none where one has moved', async () => {
    const { done: sent, stopped } = await played([field, second], [state('suspended', '"1"'), state('suspended', '"2"')]);
    expect(sent).toEqual([]);
    expect(stopped).toEqual({ kind: 'stale', there: false });
  });

  it('keeps the first when the second is refused', async () => {
    const refused: WriteOutcome = { kind: 'refused', action: 'a/write' };
    const sent = await played([field, second], [...bothAsPlanned, { write: done }, { write: refused }]);
    expect(sent).toMatchObject({ done: [{ on: field.on }], stopped: { kind: 'refused' } });
  });

  it('stops between them when another process has taken over', async () => {
    const sent = await played([field, second], [...bothAsPlanned, { write: done }], false);
    expect(sent).toMatchObject({ done: [{ on: field.on }], stopped: null });
  });
});
