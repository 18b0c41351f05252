import { random, startEngine } from '@kiln/engine';
import { apply, initialize, type Variables } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { countParameters, parameterShapes } from '../testing/count-parameters.ts';
import { mappingDefaults, mappingNetwork, type MappingConfig } from './mapping.ts';

beforeAll(() => startEngine({}));

const small: MappingConfig = { latent: 3, features: 4, numLayers: 2, lrMultiplier: 0.01, numClasses: 0 };
const drawn = (config: MappingConfig): Variables => {
  const { params, stats } = initialize(mappingNetwork(config), random.key(1, 'weights'));
  // Biases start at 0 and would prove nothing.
  const moved = Object.entries(params).map(([path, value]) => [
    path,
    path.endsWith('bias') ? random.normal(value.shape, random.key(2, path)) : value,
  ]);
  return { params: Object.fromEntries(moved) as Variables['params'], stats };
};
const run = (config: MappingConfig, variables: Variables, ...inputs: tf.Tensor[]): number[][] =>
  apply(mappingNetwork(config), variables, inputs, {
    training: true,
    batchStatistics: 'local',
  }).output.arraySync() as number[][];

const normalised = (x: number[]): number[] => {
  const scale = 1 / Math.sqrt(x.reduce((sum, v) => sum + v * v, 0) / x.length + 1e-8);
  return x.map((v) => v * scale);
};
const linear = ({ params }: Variables, layer: string, x: number[], multiplier: number): number[] => {
  const kernel = params[`${layer}.kernel`]!.arraySync() as number[][];
  const bias = params[`${layer}.bias`]!.arraySync() as number[];
  const scale = multiplier / Math.sqrt(x.length);
  return bias.map((b, j) => x.reduce((sum, v, i) => sum + v * kernel[i]![j]! * scale, b * multiplier));
};
const leaky = (x: number[]): number[] => x.map((v) => Math.SQRT2 * (v < 0 ? 0.2 * v : v));

describe('the mapping network', () => {
  it('of the paper has eight layers of 512', () => {
    expect(countParameters(mappingNetwork(mappingDefaults))).toBe(8 * (512 * 512 + 512));
  });

  it('normalises z and applies layers whose kernels and biases are stored 100 times as large', () => {
    const variables = drawn(small);
    const z = [0.5, -2, 1];
    const hidden = leaky(linear(variables, 'layer1', normalised(z), 0.01));
    const expected = leaky(linear(variables, 'layer2', hidden, 0.01));
    const [w] = run(small, variables, tf.tensor2d([z]));
    expected.forEach((value, i) => expect(w![i]).toBeCloseTo(value, 5));
    // Layers start so that w is as large as z, whatever the multiplier.
    const stored = [
      ...initialize(mappingNetwork({ ...small, features: 64 }), random.key(3, 'w')).params[
        'layer2.kernel'
      ]!.dataSync(),
    ];
    expect(Math.sqrt(stored.reduce((sum, v) => sum + v * v, 0) / stored.length)).toBeCloseTo(100, -1);
  });

  it('of classes normalises z and the class each by itself, and concatenates them', () => {
    const config = { ...small, numClasses: 3 };
    const variables = drawn(config);
    expect(parameterShapes(mappingNetwork(config)).get('layer1.kernel')).toEqual([7, 4]);
    const z = [
      [0.5, -2, 1],
      [0.5, -2, 1],
    ];
    const w = run(config, variables, tf.tensor2d(z), tf.tensor1d([2, 0], 'int32'));
    [2, 0].forEach((label, sample) => {
      const kernel = variables.params['embedding.kernel']!.arraySync() as number[][];
      const bias = variables.params['embedding.bias']!.arraySync() as number[];
      const code = normalised(kernel[label]!.map((v, j) => v / Math.sqrt(3) + bias[j]!));
      const input = [...normalised(z[0]!), ...code];
      const expected = leaky(
        linear(variables, 'layer2', leaky(linear(variables, 'layer1', input, 0.01)), 0.01),
      );
      expected.forEach((value, i) => expect(w[sample]![i]).toBeCloseTo(value, 5));
    });
  });
});
