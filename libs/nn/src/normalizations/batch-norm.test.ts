import { startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ApplyingStore, Scope, type Variables } from '../scope.ts';
import { batchNorm } from './batch-norm.ts';

beforeAll(() => startEngine({}));

const variables = (): Variables => ({
  params: { gain: tf.tensor1d([2, 1]), offset: tf.tensor1d([0, -1]) },
  stats: { mean: tf.tensor1d([0, 0]), variance: tf.tensor1d([1, 1]) },
});

describe('batch norm', () => {
  it('normalises each channel over batch and space, then scales and shifts', async () => {
    const x = tf.tensor4d([1, 10, 2, 20, 3, 30, 6, 40], [2, 1, 2, 2]);
    const store = new ApplyingStore(variables(), { training: true, batchStatistics: 'local' });
    const y = await batchNorm(new Scope(store), x).data();
    const expected = (values: number[], gain: number, offset: number): number[] => {
      const mean = values.reduce((a, b) => a + b) / values.length;
      const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
      return values.map((v) => ((v - mean) / Math.sqrt(variance + 1e-5)) * gain + offset);
    };
    const first = expected([1, 2, 3, 6], 2, 0);
    const second = expected([10, 20, 30, 40], 1, -1);
    for (let i = 0; i < 4; i++) {
      expect(y[2 * i]).toBeCloseTo(first[i]!, 4);
      expect(y[2 * i + 1]).toBeCloseTo(second[i]!, 4);
    }
  });

  it('moves the running statistics a tenth of the way and uses them when not training', async () => {
    const x = tf.tensor2d([4, 0, 6, 0], [2, 2]);
    const store = new ApplyingStore(variables(), { training: true, batchStatistics: 'local' });
    batchNorm(new Scope(store), x);
    expect(await store.stats['mean']!.data()).toEqual(new Float32Array([0.5, 0]));
    const evaluated = new ApplyingStore(variables(), { training: false, batchStatistics: 'local' });
    const y = await batchNorm(new Scope(evaluated), x).data();
    expect(y[0]).toBeCloseTo((4 / Math.sqrt(1 + 1e-5)) * 2, 4);
  });

  it('says which variable is missing or has another shape', () => {
    const bare = { params: { gain: tf.ones([3]) }, stats: {} };
    const scope = new Scope(new ApplyingStore(bare, { training: true, batchStatistics: 'local' }), 'D.down4');
    expect(() => batchNorm(scope, tf.zeros([2, 3]))).toThrow('parameter "D.down4.gain" is not among');
    const wrong = new Scope(new ApplyingStore(bare, { training: true, batchStatistics: 'local' }));
    expect(() => batchNorm(wrong, tf.zeros([2, 4]))).toThrow('parameter "gain" must be [4], got [3]');
  });
});
