import { createAsks } from '../../src/conversation/asks.ts';

const start = new Date('2026-11-20T09:00:00Z');
const later = (minutes: number): Date => new Date(start.getTime() + minutes * 60_000);
const asked = (paste: string) => ({ paste, keyPrefix: null, person: 'alex', room: 'room-1', card: 'm', address: 'a' });

it('forgets after fifteen minutes', () => {
  const asks = createAsks();
  const { id } = asks.remember(asked('one'), start);

  expect(asks.find(id, 'room-1', later(14))?.paste).toBe('one');
  expect(asks.find(id, 'room-1', later(16))).toBeNull();
});

it('keeps no more than two hundred, the newest', () => {
  const asks = createAsks();
  const all = Array.from({ length: 250 }, (_, index) => asks.remember(asked(`paste ${index}`), start));

  const kept = all.filter(({ id }) => asks.find(id, 'room-1', start) !== null);

  expect(kept).toHaveLength(200);
  expect(kept[0]?.paste).toBe('paste 50');
});

it('keeps no more than its share of memory, whatever is pasted', () => {
  const asks = createAsks({ asks: 200, minutes: 15, characters: 1000 });
  const small = asks.remember(asked('small'), start);
  const large = asks.remember(asked('x'.repeat(999)), start);
  const vast = asks.remember(asked('x'.repeat(5000)), start);

  expect([small, large, vast].map(({ id }) => asks.find(id, 'room-1', start))).toEqual([null, null, null]);
  expect(asks.latest('alex', 'room-1', start)).toBeNull();
});

it('knows the question of a plan, in its conversation', () => {
  const asks = createAsks();
  const ask = asks.remember(asked('one'), start);
  asks.link('plan-1', ask);

  expect(asks.ofPlan('plan-1', 'room-1', start)?.id).toBe(ask.id);
  expect(asks.ofPlan('plan-1', 'room-2', start)).toBeNull();
  expect(asks.ofPlan('plan-2', 'room-1', start)).toBeNull();
});
