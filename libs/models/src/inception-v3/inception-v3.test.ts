import { startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { countParameters, parameterShapes } from '../testing/count-parameters.ts';
import { inceptionV3Variants } from './config.ts';
import { averageOfPresent, averageWithPadding, inceptionV3 } from './network.ts';

beforeAll(() => startEngine({}));

describe('Inception-v3', () => {
  it('has as many parameters as torchvision counts without the auxiliary classifier', () => {
    // 27,161,264 with it; it has 3,326,696.
    expect(countParameters(inceptionV3(inceptionV3Variants.torchvision))).toBe(23_834_568);
  });

  it('has 94 convolutions, as Keras counts', () => {
    const shapes = parameterShapes(inceptionV3(inceptionV3Variants.keras));
    expect([...shapes.keys()].filter((path) => path.endsWith('.gain'))).toHaveLength(94);
    expect(shapes.get('Mixed_6c.branch7x7_2.kernel')).toEqual([1, 7, 160, 160]);
    expect(shapes.get('fc.kernel')).toEqual([2048, 1000]);
  });
});

describe('a mean at the border', () => {
  // 0 1 2 / 3 4 5 / 6 7 8: around the corner 0 lie 0, 1, 3 and 4.
  const corner = (pool: (x: tf.Tensor) => tf.Tensor): number =>
    pool(tf.reshape(tf.range(0, 9), [1, 3, 3, 1])).dataSync()[0]!;

  it('divides by nine where padding counts, as in PyTorch', () => {
    expect(corner(averageWithPadding)).toBeCloseTo(8 / 9, 6);
  });

  it('divides by four where it does not, as in TensorFlow', () => {
    expect(corner(averageOfPresent)).toBeCloseTo(2, 6);
  });
});
