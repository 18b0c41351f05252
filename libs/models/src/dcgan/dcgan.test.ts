import { compile, startEngine, StateCell, type Key } from '@kiln/engine';
import { apply, initialize, type Variables } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { dcganDiscriminator, dcganGenerator, type DcganConfig } from './index.ts';

beforeAll(() => startEngine({}));

const config: DcganConfig = {
  resolution: 32,
  channels: 3,
  latent: 16,
  width: 8,
  stages: 3,
  kernelSize: 4,
  numClasses: 0,
};
const options = { training: true, batchStatistics: 'local' } as const;

async function variablesOf(network: ReturnType<typeof dcganGenerator>): Promise<Variables> {
  const init = compile('initialize', (_: {}, { key }: { key: Key }) => ({
    state: {},
    outputs: initialize(network, key),
  }));
  return init.run(new StateCell({}), { key: tf.tensor1d([1, 2], 'int32') });
}

describe('DCGAN generator', () => {
  it('grows 4x4 to 32x32 with halving widths, no bias before a batch norm, none of it at the output', async () => {
    const { params } = await variablesOf(dcganGenerator(config));
    const shapes = Object.fromEntries(Object.entries(params).map(([path, value]) => [path, value.shape]));
    expect(shapes).toEqual({
      'project.kernel': [4, 4, 32, 16],
      'project.gain': [32],
      'project.offset': [32],
      'up8.kernel': [4, 4, 16, 32],
      'up8.gain': [16],
      'up8.offset': [16],
      'up16.kernel': [4, 4, 8, 16],
      'up16.gain': [8],
      'up16.offset': [8],
      'image.kernel': [4, 4, 3, 8],
      'image.bias': [3],
    });
  });

  it('makes images in [-1, 1]', async () => {
    const G = dcganGenerator(config);
    const { output } = apply(G, await variablesOf(G), [tf.ones([5, 16])], options);
    expect(output.shape).toEqual([5, 32, 32, 3]);
    const values = await output.data();
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(1);
  });

  it('draws weights with the spread of the paper, the same for the same key', async () => {
    const G = dcganGenerator({ ...config, width: 64 });
    const [a, b] = [await variablesOf(G), await variablesOf(G)];
    const kernel = (await a.params['up16.kernel']!.data()) as Float32Array;
    expect(await b.params['up16.kernel']!.data()).toEqual(kernel);
    const spread = Math.sqrt(kernel.reduce((sum, w) => sum + w * w, 0) / kernel.length);
    expect(spread).toBeCloseTo(0.02, 3);
  });

  it('says which setting to change when the resolution does not halve that often', () => {
    expect(() => dcganGenerator({ ...config, resolution: 28 })).toThrow(
      'divisible by 8, got 28; set "stages"',
    );
  });
});

describe('DCGAN discriminator', () => {
  it('mirrors the generator down to one logit, with no batch norm at its input', async () => {
    const D = dcganDiscriminator(config);
    const variables = await variablesOf(D);
    expect(Object.keys(variables.params)).toEqual([
      'down16.kernel',
      'down16.bias',
      'down8.kernel',
      'down8.gain',
      'down8.offset',
      'down4.kernel',
      'down4.gain',
      'down4.offset',
      'logit.kernel',
      'logit.bias',
    ]);
    expect(apply(D, variables, [tf.zeros([2, 32, 32, 3])], options).output.shape).toEqual([2, 1]);
  });

  it('sees the label when conditional', async () => {
    const D = dcganDiscriminator({ ...config, numClasses: 10 });
    const variables = await variablesOf(D);
    expect(variables.params['down16.kernel']!.shape).toEqual([4, 4, 13, 8]);
    const logits = apply(
      D,
      variables,
      [tf.zeros([2, 32, 32, 3]), tf.tensor1d([3, 7], 'int32')],
      options,
    ).output;
    const [a, b] = await logits.data();
    expect(a).not.toBe(b);
  });
});
