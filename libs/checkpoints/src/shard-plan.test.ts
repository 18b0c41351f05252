import { expect, test } from 'vitest';
import { planShards } from './shard-plan.ts';

const state = Array.from({ length: 40 }, (_, index) => ({ name: `t${index}`, bytes: (index * 37) % 101 }));

test('every tensor has one shard, and the order of the list does not matter', () => {
  const plan = planShards(state, 3);
  expect([...plan.keys()].toSorted()).toEqual(state.map(({ name }) => name).toSorted());
  expect(new Set(plan.values())).toEqual(new Set([0, 1, 2]));
  const reversed = planShards(state.toReversed(), 3);
  for (const { name } of state) expect(reversed.get(name)).toBe(plan.get(name));
});

test('bytes are balanced: no shard exceeds the mean by more than one tensor', () => {
  for (const numShards of [1, 2, 3, 4, 7]) {
    const loads = Array.from({ length: numShards }, () => 0);
    const plan = planShards(state, numShards);
    for (const { name, bytes } of state) loads[plan.get(name) ?? -1]! += bytes;
    const mean = loads.reduce((sum, load) => sum + load, 0) / numShards;
    expect(Math.max(...loads)).toBeLessThanOrEqual(mean + 100);
  }
});

test('more shards than tensors leaves shards empty', () => {
  expect([...planShards([{ name: 'one', bytes: 4 }], 4)]).toEqual([['one', 0]]);
});

test('a name given twice and a count of zero are refused', () => {
  expect(() => planShards([...state, { name: 't3', bytes: 1 }], 2)).toThrow(
    '[checkpoint] plan: tensor "t3" given twice',
  );
  expect(() => planShards(state, 0)).toThrow('0 shards, expected at least 1');
});
