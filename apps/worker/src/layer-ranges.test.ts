import { expect, it } from 'vitest';
import { layersOf } from './layer-ranges.ts';

it('names layers as the paper does, up to the last that the network has', () => {
  expect(layersOf(undefined, 18)).toEqual([
    [0, 3],
    [4, 7],
    [8, 17],
  ]);
  expect(layersOf(undefined, 6)).toEqual([
    [0, 3],
    [4, 5],
  ]);
  expect(layersOf(['coarse', [1, 2], 'middle'], 6)).toEqual([
    [0, 3],
    [1, 2],
    [4, 5],
  ]);
});

it('refuses layers that the network has not', () => {
  expect(() => layersOf(['fine'], 6)).toThrow(
    '--layers fine begins at layer 8: the network has layers 0 to 5',
  );
  expect(() => layersOf([[4, 6]], 6)).toThrow('--layers 4-6: the network has layers 0 to 5');
});
