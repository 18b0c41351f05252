import { describe, expect, it } from 'vitest';
import { importWeights } from '../convention.ts';
import type { WeightArray } from '../weights.ts';
import { inceptionKeras, numberedFromZero } from './inception-keras.ts';
import { inceptionPyTorch } from './inception-pytorch.ts';

const filled = (shape: readonly number[], value: number): WeightArray => ({
  shape,
  values: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(value),
});

describe('Inception-v3 in PyTorch', () => {
  it.each([
    ['params/Conv2d_1a_3x3.kernel', [3, 3, 3, 32], 'Conv2d_1a_3x3.conv.weight', [32, 3, 3, 3]],
    [
      'params/Mixed_6b.branch7x7_2.kernel',
      [1, 7, 128, 128],
      'Mixed_6b.branch7x7_2.conv.weight',
      [128, 128, 1, 7],
    ],
    ['params/Mixed_7c.branch_pool.gain', [192], 'Mixed_7c.branch_pool.bn.weight', [192]],
    ['stats/Mixed_7c.branch_pool.variance', [192], 'Mixed_7c.branch_pool.bn.running_var', [192]],
    ['params/fc.kernel', [2048, 1008], 'fc.weight', [1008, 2048]],
  ])('%s is there by its name', (path, shape, name, theirs) => {
    expect(inceptionPyTorch.counterpart(path, shape)).toMatchObject({ name, layout: { theirs } });
  });

  it('has an auxiliary classifier and counters that are not needed', () => {
    expect(inceptionPyTorch.ignores!('AuxLogits.conv0.conv.weight', new Map())).toBe(true);
    expect(inceptionPyTorch.ignores!('Conv2d_1a_3x3.bn.num_batches_tracked', new Map())).toBe(true);
    expect(inceptionPyTorch.ignores!('Mixed_9z.conv.weight', new Map())).toBe(false);
  });
});

describe("Keras's Inception-v3", () => {
  const units = ['Conv2d_1a_3x3', 'Mixed_5b.branch1x1'];
  const shapes = new Map<string, readonly number[]>([
    ['params/Conv2d_1a_3x3.kernel', [3, 3, 3, 2]],
    ['params/Conv2d_1a_3x3.gain', [2]],
    ['params/Conv2d_1a_3x3.offset', [2]],
    ['params/Mixed_5b.branch1x1.kernel', [1, 1, 2, 1]],
    ['params/fc.bias', [5]],
    ['stats/Conv2d_1a_3x3.mean', [2]],
  ]);

  it.each([
    ['names', 'kernel', 'beta', 'moving_mean', 'bias'],
    ['numbers', '0', '0', '1', '1'],
  ])('has its layers found by their order, and variables by %s', (_, kernel, beta, mean, bias) => {
    // 94 convolutions were made before by another model; 100 comes behind 99, not before it.
    const theirs = new Map([
      [`conv2d_100/${kernel}`, filled([1, 1, 2, 1], 2)],
      [`conv2d_99/${kernel}`, filled([3, 3, 3, 2], 1)],
      [`batch_normalization_94/${beta}`, filled([2], 3)],
      [`batch_normalization_94/${mean}`, filled([2], 4)],
      [`predictions/${bias}`, filled([5], 5)],
    ]);
    const ours = importWeights(numberedFromZero(theirs), shapes, inceptionKeras(units), 'w.h5');
    const first = [...ours].map(([path, { values }]) => [path, values[0]]);
    expect(Object.fromEntries(first)).toEqual({
      'params/Conv2d_1a_3x3.kernel': 1,
      'params/Conv2d_1a_3x3.gain': 1,
      'params/Conv2d_1a_3x3.offset': 3,
      'params/Mixed_5b.branch1x1.kernel': 2,
      'params/fc.bias': 5,
      'stats/Conv2d_1a_3x3.mean': 4,
    });
  });
});
