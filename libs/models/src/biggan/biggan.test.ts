import { compile, random, startEngine, type Key } from '@kiln/engine';
import { apply, initialize, type ForwardOptions, type Network, type Variables } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { countParameters } from '../testing/count-parameters.ts';
import { bigGanDefaults, latentSize, type BigGanConfig } from './config.ts';
import { bigGanDiscriminator } from './discriminator.ts';
import { bigGanGenerator } from './generator.ts';

beforeAll(() => startEngine({}));

const config = (changes: Partial<BigGanConfig> & { resolution: number }): BigGanConfig => ({
  ...bigGanDefaults,
  ...changes,
});
const small = config({ resolution: 32, width: 8, latent: 32, embedding: 16, numClasses: 5, attention: [16] });
const training: ForwardOptions = { training: true, batchStatistics: 'local' };

const drawn = (network: Network): Variables => initialize(network, random.key(1, 'weights'));
const z = (batch: number, of: BigGanConfig): tf.Tensor =>
  random.normal([batch, latentSize(of)], random.key(2, 'z'));

/** Counted in ajbrock/BigGAN-PyTorch, buffers left out. */
describe('the number of parameters', () => {
  it.each([
    [config({ resolution: 128 }), 70_433_988, 87_982_370],
    [config({ resolution: 256, latent: 140 }), 82_235_844, 99_225_890],
    [config({ resolution: 32, width: 64, latent: 128, numClasses: 10, attention: [] }), 4_373_251, 4_207_361],
  ])('is that of the reference at $resolution', (of, G, D) => {
    expect(countParameters(bigGanGenerator(of))).toBe(G);
    expect(countParameters(bigGanDiscriminator(of))).toBe(D);
  });
});

describe('the generator', () => {
  it.each([8, 16, 32, 64])('draws images of side %i in [-1, 1]', (resolution) => {
    const of = { ...small, resolution, width: 8, attention: [] };
    const network = bigGanGenerator(of);
    const { output } = apply(network, drawn(network), [z(2, of), tf.tensor1d([0, 4], 'int32')], training);
    expect(output.shape).toEqual([2, resolution, resolution, 3]);
    expect(tf.max(tf.abs(output)).dataSync()[0]).toBeLessThanOrEqual(1);
  });

  it('takes a mixture of classes where it takes a label', () => {
    const network = bigGanGenerator(small);
    const variables = drawn(network);
    const draw = (classes: tf.Tensor): Float32Array =>
      apply(network, variables, [z(2, small), classes], {
        ...training,
        training: false,
      }).output.dataSync() as Float32Array;
    const byLabel = draw(tf.tensor1d([3, 1], 'int32'));
    const byShare = draw(tf.cast(tf.oneHot(tf.tensor1d([3, 1], 'int32'), 5), 'float32'));
    byShare.forEach((value, i) => expect(value).toBeCloseTo(byLabel[i]!, 5));
    const mixed = draw(
      tf.tensor2d([
        [0, 0, 0, 1, 0],
        [0, 0.5, 0, 0.5, 0],
      ]),
    );
    const size = 32 * 32 * 3;
    expect(mixed.subarray(size)).not.toEqual(byLabel.subarray(size));
  });

  it('gives each block its own part of z', () => {
    expect(latentSize(config({ resolution: 128, latent: 128 }))).toBe(126);
    expect(latentSize(config({ resolution: 128 }))).toBe(120);
    expect(latentSize({ ...small, hierarchical: false, latent: 33 })).toBe(33);
  });

  it('refuses a side without a layout', () => {
    expect(() => bigGanGenerator(config({ resolution: 48 }))).toThrow(
      'laid out for images of side 8, 16, 32, 64, 128, 256, 512, got 48',
    );
  });
});

it('with gains of nothing, conditional batch norm is a plain one: the label does not matter', () => {
  const network = bigGanGenerator(small);
  const { params, stats } = drawn(network);
  const silenced = Object.fromEntries(
    Object.entries(params).map(([path, value]) => [
      path,
      /norm\d\.(gain|offset)\.kernel$/.test(path) ? tf.zerosLike(value) : value,
    ]),
  );
  const draw = (label: number): Float32Array =>
    apply(
      network,
      { params: silenced, stats },
      [z(2, small), tf.tensor1d([label, label], 'int32')],
      training,
    ).output.dataSync() as Float32Array;
  expect(draw(0)).toEqual(draw(4));
});

describe('the discriminator', () => {
  it('adds <embed(y), h> for the label of each image', () => {
    const network = bigGanDiscriminator(small);
    const variables = drawn(network);
    const image = random.normal([1, 32, 32, 3], random.key(3, 'image'));
    const logits = (labels: number[]): Float32Array =>
      apply(
        network,
        variables,
        [tf.tile(image as tf.Tensor4D, [labels.length, 1, 1, 1]), tf.tensor1d(labels, 'int32')],
        training,
      ).output.dataSync() as Float32Array;
    const [a, b, again] = logits([0, 1, 0]);
    expect(a).not.toBeCloseTo(b!, 4);
    expect(again).toBeCloseTo(a!, 5);
  });
});

it('is traced at its full size without being drawn', () => {
  const of = config({ resolution: 512, latent: 160 });
  const network = bigGanGenerator(of);
  const step = compile('full', (_: {}, { key }: { key: Key }) => {
    const variables = initialize(network, key);
    const images = apply(network, variables, [z(2, of), tf.tensor1d([0, 1], 'int32')], training).output;
    return { state: {}, outputs: { images } };
  });
  const { outputs } = step.trace({}, { key: { shape: [2], dtype: 'int32' } });
  expect(outputs).toMatchObject({ images: { shape: [2, 512, 512, 3] } });
  step.dispose();
});
