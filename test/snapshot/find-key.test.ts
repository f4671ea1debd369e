// From the first characters of a key to its subscription, and what it costs.
import { answered } from '../../src/causes/sample-pastes.ts';
import type { EstateResource } from '../harness/healthy-estate.ts';
import { estateOf } from '../harness/healthy-estate.ts';
import { type LabEngine, openLabEngine } from '../harness/lab-engine.ts';

let room: LabEngine;

afterEach(() => room.close());

function many(count: number, scope: string): Record<string, EstateResource> {
  const entries = Array.from({ length: count }, (_, index) => {
    const hex = index.toString(16).padStart(6, '0');
    return [
      `subscriptions/many-${index}`,
      {
        properties: { displayName: `Many ${index}`, scope, primaryKey: `e${hex}`.padEnd(32, '7'), secondaryKey: `d${hex}`.padEnd(32, '7') },
      },
    ];
  });
  return Object.fromEntries(entries) as Record<string, EstateResource>;
}

async function ask(given: Record<string, unknown>, keyPrefix: string, deadlineMs = 10_000, delayMs = 0) {
  const buckets = { reads: { size: 1e6, refillPerSecond: 1e6 }, writes: { size: 1e6, refillPerSecond: 1e6 } };
  room = await openLabEngine({ estate: estateOf({ given }), buckets, delayMs }, { deadlineMs });
  return room.engine.ask({ paste: answered('invalid'), keyPrefix });
}

it('asks the subscriptions that could open the API first, and no others once a whole key is found', async () => {
  const given = { ...many(60, '/products/partner'), 'subscriptions/mobile-app': { properties: { state: 'suspended' } } };
  const { diagnosis } = await ask(given, 'a10f'.repeat(8));

  expect(diagnosis).toMatchObject({ headline: 'subscription-suspended', scanned: { subscriptions: 3, of: 64 }, partial: false });
  expect(diagnosis.arm.listSecrets).toBe(3);
  expect(diagnosis.arm.reads).toBeLessThanOrEqual(12);
});

it('is whole once a whole key is found, wherever it was among the rest', async () => {
  const { diagnosis } = await ask(many(60, '/products/partner'), 'e000010'.padEnd(32, '7'));

  expect(diagnosis).toMatchObject({ headline: 'key-for-another-product', partial: false });
  expect(diagnosis.scanned.subscriptions).toBeLessThan(diagnosis.scanned.of);
});

it('compares a short beginning with every subscription before it trusts a match', async () => {
  const { diagnosis } = await ask(
    { ...many(60, '/products/partner'), 'subscriptions/mobile-app': { properties: { state: 'suspended' } } },
    'a10f',
  );

  expect(diagnosis).toMatchObject({ headline: 'subscription-suspended', scanned: { subscriptions: 64, of: 64 } });
});

it('finds a secondary key', async () => {
  const { diagnosis } = await ask({ 'subscriptions/mobile-app': { properties: { state: 'suspended' } } }, 'a15e');

  expect(diagnosis.headline).toBe('subscription-suspended');
});

it('names every subscription that fits, and confirms nothing that depends on which one it is', async () => {
  const { diagnosis } = await ask(many(12, '/products/starter'), 'e00000');

  expect(diagnosis.answer.kind).toBe('ambiguous-key');
  expect(diagnosis.answer.says).toMatch(/^12 subscriptions have a key that starts with e000….*and 2 more/);
  expect(diagnosis.verdicts.filter((one) => one.outcome === 'confirmed')).toEqual([]);
});

it('says how many of how many it could compare when time runs out', async () => {
  const { diagnosis } = await ask(many(400, '/products/partner'), 'ffff', 900, 60);

  expect(diagnosis.partial).toBe(true);
  expect(diagnosis.scanned.subscriptions).toBeGreaterThan(0);
  expect(diagnosis.scanned.subscriptions).toBeLessThan(diagnosis.scanned.of);
  expect(diagnosis.scanned.of).toBe(404);
  expect(diagnosis.answer.says).toContain(`of ${diagnosis.scanned.of} subscriptions that could be compared`);
});

it('refuses fewer than four characters, wherever they come from', async () => {
  room = await openLabEngine({ estate: estateOf({ given: {} }) });
  const { diagnosis } = await room.engine.ask({ paste: `${answered('invalid')}\nThe key starts with a10` });

  expect(diagnosis.arm.listSecrets).toBe(0);
});

it('keeps no key: neither in the diagnosis nor in the snapshot', async () => {
  const { diagnosis, snapshot } = await ask({}, 'a10f'.repeat(8));

  expect(JSON.stringify({ diagnosis, snapshot })).not.toMatch(/a10fa10f|a15ea15e/);
});

it('takes the first characters of a key for a question of its own', async () => {
  room = await openLabEngine({ estate: estateOf({ given: { 'subscriptions/mobile-app': { properties: { state: 'suspended' } } } }) });
  const [byOption, inWords] = await Promise.all([
    room.engine.ask({ paste: '', keyPrefix: 'a10fa1' }),
    room.engine.ask({ paste: 'our key starts with a10fa1, whose is it?' }),
  ]);

  expect(byOption.diagnosis.headline).toBe('subscription-suspended');
  expect(inWords.diagnosis.headline).toBe('subscription-suspended');
});
