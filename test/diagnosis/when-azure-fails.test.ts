// ARM down, slow, refusing, throttling, stumbling: each gets a clear sentence, and nothing is claimed that was not seen.
import { scenarios } from '../../src/causes/subscription-suspended/scenarios.ts';
import type { Fault, LabOptions } from '../../src/lab/lab.ts';
import { estateOf, pasteOf } from '../harness/healthy-estate.ts';
import { type LabEngine, openLabEngine } from '../harness/lab-engine.ts';

const scenario = scenarios[0] ?? fail();
let room: LabEngine;

function fail(): never {
  throw new Error('the cause has no scenario');
}

afterEach(() => room.close());

async function askWith(options: Partial<LabOptions>, deadlineMs = 10_000) {
  room = await openLabEngine({ estate: estateOf(scenario), ...options }, { deadlineMs });
  return (await room.engine.ask({ paste: pasteOf(scenario) })).diagnosis;
}

const failing = (status: number): Fault => ({
  answer: { status, headers: {}, body: { error: { code: 'InternalServerError', message: 'secret-looking text a10fa10fa10fa10f' } } },
});

it('says that Azure answered 500, after two more tries of a read', async () => {
  const diagnosis = await askWith({ faults: () => failing(500) });

  expect(diagnosis).toMatchObject({ headline: null, partial: true, answer: { kind: 'no-cause' } });
  expect(diagnosis.answer.says).toContain('500');
  expect(JSON.stringify(diagnosis)).not.toContain('secret-looking');
}, 30_000);

it('stops at its deadline when Azure is slow, and says so', async () => {
  const diagnosis = await askWith({ faults: () => ({ delayMs: 3_000 }) }, 500);

  expect(diagnosis).toMatchObject({ headline: null, partial: true });
  expect(diagnosis.answer.says).toContain('did not answer in time');
});

it('survives a connection that is cut', async () => {
  const diagnosis = await askWith({ faults: () => ({ disconnect: true }) }, 3_000);

  expect(diagnosis).toMatchObject({ headline: null, partial: true });
});

it('waits as long as ARM asks when it is throttled, and counts it', async () => {
  let first = true;
  const diagnosis = await askWith({
    faults() {
      if (!first) return undefined;
      first = false;
      return {
        answer: {
          status: 429,
          headers: { 'Retry-After': '1' },
          body: { error: { code: 'ResourceRequestsThrottled', message: 'slow down' } },
        },
      };
    },
  });

  expect(diagnosis).toMatchObject({ headline: 'subscription-suspended', arm: { throttled: 1 } });
});

it('says that it was throttled when the wait would pass the deadline', async () => {
  const diagnosis = await askWith({ faults: () => ({ answer: { status: 429, headers: { 'Retry-After': '60' }, body: null } }) }, 700);

  expect(diagnosis).toMatchObject({ headline: null, partial: true });
  expect(diagnosis.answer.says).toContain('limiting');
});

it('leaves unknown what depended on a list that could not be read, and judges the rest', async () => {
  const diagnosis = await askWith({ faults: ({ path }) => (path.endsWith('/operations') ? failing(500) : undefined) });

  expect(diagnosis.headline).toBe('subscription-suspended');
  expect(diagnosis.verdicts.find((one) => one.cause === 'hard-coded-key-in-operation-header')).toMatchObject({ outcome: 'unknown' });
  expect(diagnosis.partial).toBe(true);
}, 30_000);
