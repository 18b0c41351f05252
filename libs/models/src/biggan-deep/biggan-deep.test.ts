import { random, startEngine } from '@kiln/engine';
import { apply, initialize } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { countParameters, parameterShapes } from '../testing/count-parameters.ts';
import { bigGanDeepDefaults, type BigGanDeepConfig } from './config.ts';
import { bigGanDeepDiscriminator } from './discriminator.ts';
import { bigGanDeepGenerator } from './generator.ts';

beforeAll(() => startEngine({}));

const config = (changes: Partial<BigGanDeepConfig> & { resolution: number }): BigGanDeepConfig => ({
  ...bigGanDeepDefaults,
  ...changes,
});

describe('the number of parameters', () => {
  /** Counted in pytorch-pretrained-biggan, whose last convolution makes as many channels as the width. */
  it.each([
    [128, 50_388_609],
    [256, 55_880_833],
    [512, 56_163_905],
  ])('of G at %i is that of the reference', (resolution, expected) => {
    expect(countParameters(bigGanDeepGenerator(config({ resolution, imageFilters: 128 })))).toBe(expected);
  });

  it("of table 9's G lacks the channels that are not shown", () => {
    const unused = (128 - 3) * (3 * 3 * 128 + 1);
    expect(countParameters(bigGanDeepGenerator(config({ resolution: 128 })))).toBe(50_388_609 - unused);
  });
});

/** Table 9, block by block: filters after each block of G, then of D. */
describe('the layout at 512', () => {
  const widthsOf = (shapes: Map<string, readonly number[]>): number[] =>
    [...shapes]
      .filter(([path]) => /stage\d[ab]\.conv4\.kernel$/.test(path))
      .map(([, shape]) => shape[3]! / 8);

  it('of G has fourteen blocks, one of each pair doubling the side', () => {
    const shapes = parameterShapes(bigGanDeepGenerator(config({ resolution: 512, width: 8 })));
    expect(widthsOf(shapes)).toEqual([16, 16, 16, 8, 8, 8, 8, 4, 4, 2, 2, 1, 1, 1]);
    expect([...shapes.keys()].find((path) => path.startsWith('attention'))).toMatch(/^attention64\./);
  });

  it('of D has fourteen blocks, one of each pair halving the side', () => {
    const shapes = parameterShapes(bigGanDeepDiscriminator(config({ resolution: 512, width: 32 })));
    expect(widthsOf(shapes).map((width) => width / 4)).toEqual([
      1, 1, 2, 2, 4, 4, 8, 8, 8, 8, 16, 16, 16, 16,
    ]);
    expect([...shapes.keys()].find((path) => path.startsWith('attention'))).toMatch(/^attention64\./);
  });
});

it.each([32, 64])('draws and judges images of side %i', (resolution) => {
  const of = config({ resolution, width: 8, latent: 12, embedding: 4, numClasses: 3, attention: [32] });
  const [G, D] = [bigGanDeepGenerator(of), bigGanDeepDiscriminator(of)];
  const key = random.key(1, 'test');
  const labels = tf.tensor1d([0, 2], 'int32');
  const options = { training: true, batchStatistics: 'local' } as const;
  const images = apply(G, initialize(G, key), [random.normal([2, 12], key), labels], options).output;
  expect(images.shape).toEqual([2, resolution, resolution, 3]);
  expect(apply(D, initialize(D, key), [images, labels], options).output.shape).toEqual([2, 1]);
});
