// What a consented call through the gateway proves: only a success proves the key, and only the address that was agreed to is called.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { scenarios as propagating } from '../../src/causes/key-not-propagated/scenarios.ts';
import { check } from '../../src/remediation/check-call.ts';
import type { PlanRecord } from '../../src/remediation/plan-record.ts';
import type { Move } from '../../src/remediation/ports.ts';
import type { RemediationDeps } from '../../src/remediation/steps.ts';
import { appliedPlan, megan } from '../harness/diagnoses.ts';
import { first } from '../harness/first.ts';
import { openPlan, pressOf } from '../harness/plan-room.ts';

const url = 'https://contoso.azure-api.net/echo/resource';
const [now, ruleDue, end] = ['2026-11-20T09:03:00.000Z', '2026-11-20T09:04:00.000Z', '2026-11-20T09:12:00.000Z'];

/** The plan after a call that the gateway answers with this status. */
async function answered(status: number | null): Promise<PlanRecord> {
  let kept: PlanRecord = { ...appliedPlan, verified: 'pending', callable: `GET ${url}`, nextCheckAt: ruleDue, checkUntil: end };
  const deps: Pick<RemediationDeps, 'access' | 'callThrough' | 'plans' | 'clock'> = {
    access: { whyNot: async () => null, visible: unexpected },
    callThrough: { find: unexpected, call: async () => ({ method: 'GET', url, status }) },
    clock: () => new Date(now),
    plans: {
      insert: unexpected,
      changesOf: unexpected,
      forgetExpired: unexpected,
      open: unexpected,
      find: async () => kept,
      async commit([move]: readonly [Move, ...Move[]]) {
        kept = { ...kept, ...move.patch };
        return true;
      },
    },
  };
  await check(deps as RemediationDeps, kept, { who: megan, conversation: 'room-1' });
  return kept;
}

async function unexpected(): Promise<never> {
  throw new Error('Nobody expected this.');
}

it.each([200, 204])('takes %i for proof', async (status) => {
  expect(await answered(status)).toMatchObject({
    verified: 'ruled-out',
    nextCheckAt: null,
    says: expect.stringContaining('not 401 any more'),
  });
});

it.each([302, 404, 429, 500, 503])('takes %i for no news about the key, and does not call again', async (status) => {
  const { verified, nextCheckAt, says } = await answered(status);

  expect({ verified, nextCheckAt }).toEqual({ verified: 'pending', nextCheckAt: ruleDue });
  expect(says).toContain(`${status}. That tells nothing about the key.`);
});

it.each([400, 403, 405])('says of %i what was seen and claims nothing', async (status) => {
  const { verified, nextCheckAt, says } = await answered(status);

  expect({ verified, nextCheckAt }).toEqual({ verified: 'pending', nextCheckAt: ruleDue });
  expect(says).toContain(`${status}. That is no 401, and no proof either that the key is accepted.`);
});

it.each([
  [401, '2026-11-20T09:03:10.000Z', 'still 401'],
  [null, ruleDue, 'no answer came'],
] as const)('calls again by itself after a 401 only: %s', async (status, nextCheckAt, says) => {
  expect(await answered(status)).toMatchObject({ verified: 'pending', nextCheckAt, says: expect.stringContaining(says) });
});

it.each([
  ['another address', 'GET https://another.example/echo', 'another address by now'],
  ['no address', null, 'no call to make'],
] as const)('calls nothing when %s was agreed to', async (_what, callable, says) => {
  const room = await openPlan(first(propagating), 'key-not-propagated');
  try {
    await room.prepares('ada');
    await room.confirms('ada');
    agreedTo(room.stateDir, { ...(await room.now()), callable });

    const answer = await room.engine.remediation.check(room.plan.id, pressOf('ada'));

    expect(answer).toMatchObject({ says: expect.stringContaining(says), plan: { verified: 'pending', checkCall: null } });
  } finally {
    await room.close();
  }
});

function agreedTo(stateDir: string, record: PlanRecord): void {
  const db = new DatabaseSync(join(stateDir, 'locksmith.db'));
  db.prepare('UPDATE plans SET record = ? WHERE id = ?').run(JSON.stringify(record), record.id);
  db.close();
}
