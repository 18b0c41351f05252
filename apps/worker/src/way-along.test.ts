import { expect, it } from 'vitest';
import { wayAlong, type WayOptions } from './way-along.ts';

const steps = (options: Partial<WayOptions>): string[] => {
  const { from, to, shares } = wayAlong({
    seeds: [],
    classes: [],
    frames: 3,
    loop: false,
    joinsOnce: false,
    ...options,
  });
  return shares.map(
    (share, i) => `${from[i]!.seed}/${from[i]!.label} ${share} ${to[i]!.seed}/${to[i]!.label}`,
  );
};

it('goes from key point to key point, each way with both of its ends', () => {
  expect(steps({ seeds: [4, 7, 9], classes: [1, 2, 3] })).toEqual([
    '4/1 0 7/2',
    '4/1 0.5 7/2',
    '4/1 1 7/2',
    '7/2 0 9/3',
    '7/2 0.5 9/3',
    '7/2 1 9/3',
  ]);
});

it('takes one seed for all classes, one class for all seeds, and class 0 where none is named', () => {
  expect(steps({ seeds: [4], classes: [1, 2] })[1]).toBe('4/1 0.5 4/2');
  expect(steps({ seeds: [4, 5], classes: [6] })[1]).toBe('4/6 0.5 5/6');
  expect(steps({ seeds: [4, 5] })[1]).toBe('4/0 0.5 5/0');
});

it('of an animation shows each key point once, and the first not again when it repeats', () => {
  const animated = { seeds: [4, 7], joinsOnce: true };
  expect(steps(animated)).toEqual(['4/0 0 7/0', '4/0 0.5 7/0', '4/0 1 7/0']);
  expect(steps({ ...animated, loop: true })).toEqual([
    '4/0 0 7/0',
    '4/0 0.5 7/0',
    '7/0 0 4/0',
    '7/0 0.5 4/0',
  ]);
});
