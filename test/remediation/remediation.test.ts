// What a press may and may not do: stale, expired, foreign and doubled presses change nothing; a lost answer is settled by reading.

import { readFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Scenario } from '../../src/causes/contract.ts';
import { scenarios as presets } from '../../src/causes/hard-coded-key-in-operation-header/scenarios.ts';
import { scenarios as suspended } from '../../src/causes/subscription-suspended/scenarios.ts';
import type { Fault } from '../../src/lab/lab.ts';
import type { PlanRecord } from '../../src/remediation/plan-record.ts';
import type { EngineOptions } from '../../src/wiring.ts';
import { estateOf, pasteOf, serviceId } from '../harness/healthy-estate.ts';
import { type LabEngine, openLabEngine } from '../harness/lab-engine.ts';

const ada = { who: { id: 'ada', name: 'Ada', tenant: null }, conversation: 'room' };
const [scenario = fail()] = suspended;
let room: LabEngine;
let fault: ((method: string) => Fault | undefined) | null;

function fail(): never {
  throw new Error('the cause has no scenario');
}

afterEach(() => room.close());

async function open(of: Scenario = scenario, cause = 'subscription-suspended', own: Partial<EngineOptions> = {}): Promise<PlanRecord> {
  fault = null;
  room = await openLabEngine({ estate: estateOf(of), faults: ({ method }) => fault?.(method) }, own);
  const { diagnosis } = await room.engine.ask({ paste: pasteOf(of) });
  const offer = diagnosis.verdicts.find((one) => one.cause === cause)?.fix;
  if (!offer) throw new Error(`${cause} offers nothing`);
  return room.engine.remediation.offer({ ...ada, ...offer, shown: offer.changes, symptom: diagnosis.symptom, service: serviceId });
}

function writes(): string[] {
  return room.lab.requests
    .filter(({ method }) => ['PUT', 'PATCH', 'DELETE'].includes(method))
    .map(({ method, status }) => `${method} ${status}`);
}

/** Somebody else at the portal. */
function elsewhere(properties: Readonly<Record<string, unknown>>, id = 'subscriptions/mobile-app'): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = httpsRequest(
      `${room.lab.managementUrl}${serviceId}/${id}?api-version=2024-05-01`,
      { method: 'PATCH', ca: room.lab.ca, headers: { authorization: 'Bearer x', 'content-type': 'application/json', 'if-match': '*' } },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    sent.on('error', reject);
    sent.end(JSON.stringify({ properties }));
  });
}

function audit(): { step: string; who: { name: string }; says: string; requestIds: string[] }[] {
  const db = new DatabaseSync(join(room.stateDir, 'locksmith.db'));
  const lines = db.prepare('SELECT line FROM audit ORDER BY id').all();
  db.close();
  return lines.map((row) => JSON.parse(String(row.line)));
}

it('writes one audit line for each step, with who did it and what ARM called it', async () => {
  const plan = await open();

  await room.engine.remediation.prepare(plan.id, ada);
  await room.engine.remediation.apply(plan.id, ada);
  await room.engine.remediation.undo(plan.id, ada);

  expect(audit().map(({ step, who }) => `${step} by ${who.name}`)).toEqual([
    'prepared by Ada',
    'confirmed by Ada',
    'applied by Ada',
    'verified by Ada',
    'undone by Ada',
  ]);
  expect(audit().find(({ step }) => step === 'applied')?.requestIds).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)]);
});

it('refuses a plan whose resource somebody changed after the preview, and keeps their change', async () => {
  const plan = await open();
  await room.engine.remediation.prepare(plan.id, ada);
  await elsewhere({ stateComment: 'under investigation' });

  const result = await room.engine.remediation.apply(plan.id, ada);

  expect(result).toMatchObject({ kind: 'stale', plan: { state: 'refused' } });
  expect(writes()).toEqual(['PATCH 200', 'PATCH 412']);
  expect(JSON.stringify(room.lab.exportEstate())).toContain('under investigation');
});

it('does not make a plan for a cause that is gone by the time of the press', async () => {
  const plan = await open();
  await elsewhere({ state: 'active' });

  expect(await room.engine.remediation.prepare(plan.id, ada)).toMatchObject({ kind: 'stale', plan: { state: 'refused' } });
});

it('refuses an undo when somebody changed the resource since, and says so', async () => {
  const plan = await open();
  await room.engine.remediation.prepare(plan.id, ada);
  await room.engine.remediation.apply(plan.id, ada);
  await elsewhere({ displayName: 'Renamed meanwhile' });

  expect(await room.engine.remediation.undo(plan.id, ada)).toMatchObject({ kind: 'stale', plan: { state: 'applied' } });
  expect(JSON.stringify(room.lab.exportEstate())).toContain('"active"');
});

it('lets a plan expire', async () => {
  const plan = await open(scenario, 'subscription-suspended', { planMinutes: 0 });

  expect(await room.engine.remediation.prepare(plan.id, ada)).toMatchObject({ kind: 'expired' });
  expect(await room.engine.remediation.apply(plan.id, ada)).toMatchObject({ kind: 'already' });
  expect(writes()).toEqual([]);
});

it('does nothing for a press from another conversation, an unknown id, or somebody who may not', async () => {
  const plan = await open(scenario, 'subscription-suspended', { whyNot: (who) => (who.id === 'ada' ? null : 'Only Ada may.') });
  const bob = { who: { id: 'bob', name: 'Bob', tenant: null }, conversation: 'room' };

  expect(await room.engine.remediation.prepare(plan.id, { ...ada, conversation: 'elsewhere' })).toMatchObject({
    kind: 'unknown-plan',
    plan: null,
  });
  expect(await room.engine.remediation.prepare('nonsense', ada)).toMatchObject({ kind: 'unknown-plan' });
  expect(await room.engine.remediation.prepare(plan.id, bob)).toMatchObject({ kind: 'not-allowed', says: 'Only Ada may.' });
  expect(await room.engine.remediation.prepare(plan.id, ada)).toMatchObject({ kind: 'preview' });
  expect(await room.engine.remediation.apply(plan.id, bob)).toMatchObject({ kind: 'not-allowed' });
  expect(writes()).toEqual([]);
  expect(audit().map(({ step }) => step)).toEqual(['refused', 'prepared', 'refused']);
});

it('shows what needs a second person but does not apply it for one', async () => {
  const plan = await open(scenario, 'subscription-suspended', { singleOperator: false });

  expect(await room.engine.remediation.prepare(plan.id, ada)).toMatchObject({ kind: 'preview', plan: { secondPerson: true } });
  expect(await room.engine.remediation.apply(plan.id, ada)).toMatchObject({
    kind: 'not-allowed',
    says: expect.stringContaining('second person'),
  });
  expect(writes()).toEqual([]);
});

it('cancels without a trace in ARM', async () => {
  const plan = await open();
  await room.engine.remediation.prepare(plan.id, ada);

  expect(await room.engine.remediation.cancel(plan.id, ada)).toMatchObject({ kind: 'cancelled', plan: { state: 'cancelled' } });
  expect(await room.engine.remediation.apply(plan.id, ada)).toMatchObject({ kind: 'already' });
  expect(writes()).toEqual([]);
});

it.each([
  ['ARM answers 503', { answer: { status: 503, headers: {}, body: null } }, 'failed'],
  ['the connection is cut', { disconnect: true }, 'failed'],
  ['ARM answers 409', { answer: { status: 409, headers: {}, body: null } }, 'failed'],
  ['ARM answers 429', { answer: { status: 429, headers: { 'Retry-After': '60' }, body: null } }, 'failed'],
  ['ARM refuses the write', { answer: { status: 403, headers: {}, body: null } }, 'not-allowed'],
] as const)('sends a write once when %s, and says that nothing was changed', async (_, answer, kind) => {
  const plan = await open();
  await room.engine.remediation.prepare(plan.id, ada);
  let sent = 0;
  fault = (method) => {
    if (method !== 'PATCH') return undefined;
    sent += 1;
    return answer;
  };

  const result = await room.engine.remediation.apply(plan.id, ada);

  expect(result).toMatchObject({ kind, says: expect.stringMatching(/[Nn]othing was changed/), plan: { state: 'failed' } });
  expect(sent).toBe(1);
});

it('sends a write again that ARM did not take (429), after the short wait that ARM names', async () => {
  const plan = await open();
  await room.engine.remediation.prepare(plan.id, ada);
  let sent = 0;
  fault = (method) => {
    if (method !== 'PATCH') return undefined;
    sent += 1;
    return sent === 1 ? { answer: { status: 429, headers: { 'Retry-After': '1' }, body: null } } : undefined;
  };

  expect(await room.engine.remediation.apply(plan.id, ada)).toMatchObject({ kind: 'applied', plan: { verified: 'ruled-out' } });
  expect(sent).toBe(2);
});

it.each([
  ['the connection is cut', { delayMs: 250, disconnect: true }],
  ['ARM answers 503', { delayMs: 250, answer: { status: 503, headers: {}, body: null } }],
  ['ARM answers 409', { delayMs: 250, answer: { status: 409, headers: {}, body: null } }],
  ['ARM answers 429', { delayMs: 250, answer: { status: 429, headers: { 'Retry-After': '1' }, body: null } }],
])('takes a write for done that ARM took although %s, and sends no second one', async (_, lost) => {
  const plan = await open();
  await room.engine.remediation.prepare(plan.id, ada);
  let sent = 0;
  fault = (method) => {
    if (method !== 'PATCH') return undefined;
    sent += 1;
    if (sent > 1) return undefined;
    // The same change, as if this very request had been carried out before its answer got lost.
    void elsewhere({ state: 'active' });
    return lost;
  };

  const result = await room.engine.remediation.apply(plan.id, ada);

  expect(result).toMatchObject({ kind: 'applied', plan: { state: 'applied', verified: 'ruled-out' } });
  expect(writes().filter((write) => write === 'PATCH 200')).toHaveLength(1);
  expect(sent).toBe(2);
  expect(await room.engine.remediation.undo(plan.id, ada)).toMatchObject({ kind: 'undone' });
});

describe('a process that was stopped in the middle', () => {
  let clock: Date;

  async function stoppedWhile(state: 'applying' | 'undoing', written: boolean): Promise<PlanRecord> {
    const plan = await open();
    const { remediation } = room.engine;
    await remediation.prepare(plan.id, ada);
    if (state === 'undoing' || written) await remediation.apply(plan.id, ada);
    if (state === 'undoing' && written) await elsewhere({ state: 'suspended' });
    // What such a process leaves behind: the state that it noted before it sent, two minutes old.
    const db = new DatabaseSync(join(room.stateDir, 'locksmith.db'));
    const row = db.prepare('SELECT record FROM plans WHERE id = ?').get(plan.id);
    clock = new Date(Date.now() - 3 * 60_000);
    const left = { ...(JSON.parse(String(row?.record)) as PlanRecord), state, busySince: clock.toISOString(), verified: null };
    db.prepare('UPDATE plans SET state = ?, record = ? WHERE id = ?').run(state, JSON.stringify(left), plan.id);
    db.close();
    return plan;
  }

  it('is finished by reading: the change was written', async () => {
    const plan = await stoppedWhile('applying', true);
    const sent = writes().length;

    expect(await room.engine.remediation.apply(plan.id, ada)).toMatchObject({
      kind: 'already',
      plan: { state: 'applied' },
      says: expect.stringContaining('it was written'),
    });
    expect(writes()).toHaveLength(sent);
  });

  it('is finished by reading: the change was never sent', async () => {
    const plan = await stoppedWhile('applying', false);

    expect(await room.engine.remediation.apply(plan.id, ada)).toMatchObject({
      kind: 'already',
      plan: { state: 'failed' },
      says: expect.stringContaining('nothing was changed'),
    });
    expect(writes()).toEqual([]);
  });

  it('is finished by reading: the undo was not sent, and can be pressed again', async () => {
    const plan = await stoppedWhile('undoing', false);

    expect(await room.engine.remediation.undo(plan.id, ada)).toMatchObject({ kind: 'undone' });
    expect(JSON.stringify(room.lab.exportEstate())).toContain('"suspended"');
  });

  it('is finished by reading: the undo was sent', async () => {
    const plan = await stoppedWhile('undoing', true);

    expect(await room.engine.remediation.undo(plan.id, ada)).toMatchObject({ kind: 'already', plan: { state: 'undone' } });
  });
});

it('keeps a hard-coded key out of the database in clear, and erases it when the undo is used up', async () => {
  const [preset = fail()] = presets;
  const plan = await open(preset, 'hard-coded-key-in-operation-header');
  await room.engine.remediation.prepare(plan.id, ada);
  await room.engine.remediation.apply(plan.id, ada);
  const sealed = (): unknown => {
    const db = new DatabaseSync(join(room.stateDir, 'locksmith.db'));
    const row = db.prepare('SELECT changes FROM plans').get();
    db.close();
    return row?.changes;
  };

  expect(sealed()).toBeInstanceOf(Uint8Array);
  expect(everyByte()).not.toContain('0badc0de');
  expect(await room.engine.remediation.undo(plan.id, ada)).toMatchObject({ kind: 'undone' });
  expect(JSON.stringify(room.lab.exportEstate())).toContain('0badc0de');
  expect(sealed()).toBeNull();
});

function everyByte(): string {
  return ['locksmith.db', 'locksmith.db-wal'].map((file) => readFileSync(join(room.stateDir, file), 'latin1')).join('');
}
