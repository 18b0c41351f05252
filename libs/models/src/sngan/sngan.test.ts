import { random, startEngine } from '@kiln/engine';
import { apply, initialize, type ForwardOptions } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { countParameters } from '../testing/count-parameters.ts';
import { snGanDefaults, type SnGanConfig } from './config.ts';
import { snGanDiscriminator } from './discriminator.ts';
import { snGanGenerator } from './generator.ts';

beforeAll(() => startEngine({}));

const config = (changes: Partial<SnGanConfig> & { resolution: number }): SnGanConfig => ({
  ...snGanDefaults,
  ...changes,
});
const training: ForwardOptions = { training: true, batchStatistics: 'local' };

/** Counted in torch-mimicry 0.1.16 (SNGAN and cGAN-PD), buffers left out. */
describe('the number of parameters', () => {
  it.each([
    [config({ resolution: 32 }), 4_276_739, 1_053_825],
    [config({ resolution: 64 }), 12_220_675, 10_141_441],
    [config({ resolution: 128 }), 32_150_787, 29_017_857],
    [config({ resolution: 32, numClasses: 10 }), 4_304_387, 1_055_105],
  ])('is that of the reference at $resolution with $numClasses classes', (of, G, D) => {
    expect(countParameters(snGanGenerator(of))).toBe(G);
    expect(countParameters(snGanDiscriminator(of))).toBe(D);
  });

  it('has two numbers a class and normalised map in G, one a class and feature in D', () => {
    const [plain, classes] = [config({ resolution: 128 }), config({ resolution: 128, numClasses: 1000 })];
    const maps = 64 * (16 + 16 + 16 + 8 + 8 + 4 + 4 + 2 + 2 + 1);
    const more = 2 * 1000 * maps - 2 * maps;
    expect(countParameters(snGanGenerator(classes))).toBe(countParameters(snGanGenerator(plain)) + more);
    // The difference of torch-mimicry's own two counts.
    expect(more).toBe(41_996_931 - 32_150_787);
    const features = 64 * 16;
    expect(countParameters(snGanDiscriminator(classes))).toBe(29_017_857 + 1000 * features);
  });
});

describe('small ones', () => {
  const small = config({ resolution: 8, channels: 1, width: 4, latent: 6, numClasses: 3 });
  const z = (): tf.Tensor => random.normal([2, 6], random.key(2, 'z'));
  const labels = (a: number, b: number): tf.Tensor => tf.tensor1d([a, b], 'int32');

  it('draw, and judge by label', () => {
    const [G, D] = [snGanGenerator(small), snGanDiscriminator(small)];
    const images = apply(G, initialize(G, random.key(1, 'G')), [z(), labels(0, 2)], training).output;
    expect(images.shape).toEqual([2, 8, 8, 1]);
    expect(tf.max(tf.abs(images)).dataSync()[0]).toBeLessThanOrEqual(1);
    const weights = initialize(D, random.key(1, 'D'));
    const judge = (classes: tf.Tensor) => apply(D, weights, [images, classes], training).output.dataSync();
    expect(judge(labels(0, 2))).not.toEqual(judge(labels(1, 1)));
  });

  it('begin with batch norms that do not know the class', () => {
    const G = snGanGenerator(small);
    const weights = initialize(G, random.key(1, 'G'));
    const draw = (classes: tf.Tensor) => apply(G, weights, [z(), classes], training).output.dataSync();
    expect(draw(labels(0, 2))).toEqual(draw(labels(1, 1)));
  });
});

it('refuses a side without a layout', () => {
  expect(() => snGanGenerator(config({ resolution: 48 }))).toThrow(
    'SNGAN is laid out for images of side 8, 16, 32, 64, 128, got 48; resize the data',
  );
});
