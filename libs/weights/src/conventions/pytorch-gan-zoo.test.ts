import { describe, expect, it } from 'vitest';
import { exportWeights, importWeights } from '../convention.ts';
import type { WeightArray, Weights } from '../weights.ts';
import { ganZooApproximations, ganZooMismatch } from './pytorch-gan-zoo-config.ts';
import { pytorchGanZoo } from './pytorch-gan-zoo.ts';

const array = (shape: readonly number[], valueOf: (index: number) => number): WeightArray => ({
  shape,
  values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => valueOf(i)),
});
const counted = (shape: readonly number[]): WeightArray => array(shape, (index) => index);

// At side 8, with 3 features at 4 and 2 at 8.
const shapesOfG = new Map<string, readonly number[]>([
  ['params/block4.project.kernel', [5, 48]],
  ['params/block4.project.bias', [3]],
  ['params/block4.conv.kernel', [3, 3, 3, 3]],
  ['params/block4.conv.bias', [3]],
  ['params/image4.kernel', [1, 1, 3, 1]],
  ['params/image4.bias', [1]],
  ['params/block8.conv1.kernel', [3, 3, 3, 2]],
  ['params/block8.conv1.bias', [2]],
  ['params/block8.conv2.kernel', [3, 3, 2, 2]],
  ['params/block8.conv2.bias', [2]],
  ['params/image8.kernel', [1, 1, 2, 1]],
  ['params/image8.bias', [1]],
]);
const shapesOfD = new Map<string, readonly number[]>([
  ['params/image8.kernel', [1, 1, 1, 2]],
  ['params/image8.bias', [2]],
  ['params/block8.conv2.kernel', [3, 3, 2, 3]],
  ['params/block4.conv.kernel', [3, 3, 4, 3]],
  ['params/block4.hidden.kernel', [48, 3]],
  ['params/block4.hidden.bias', [3]],
  ['params/block4.logit.kernel', [3, 1]],
  ['params/block4.logit.bias', [1]],
]);
const G = pytorchGanZoo({ network: 'G', resolution: 8, shapes: shapesOfG });
const D = pytorchGanZoo({ network: 'D', resolution: 8, shapes: shapesOfD });
const fill = (shapes: ReadonlyMap<string, readonly number[]>): Weights =>
  new Map([...shapes].map(([path, shape]) => [path, counted(shape)]));
const theirG = exportWeights(fill(shapesOfG), G);
const theirD = exportWeights(fill(shapesOfD), D);
const scaled = (weights: Weights, name: string, scale: number): number[] =>
  [...weights.get(name)!.values].map((value) => Number((value * scale).toFixed(5)));

describe('names', () => {
  it('of G count scales from 4x4 on', () => {
    expect([...theirG].map(([name, { shape }]) => `${name} ${shape.join('x')}`)).toEqual([
      'formatLayer.module.weight 48x5',
      'formatLayer.module.bias 48',
      'groupScale0.0.module.weight 3x3x3x3',
      'groupScale0.0.module.bias 3',
      'toRGBLayers.0.module.weight 1x3x1x1',
      'toRGBLayers.0.module.bias 1',
      'scaleLayers.0.0.module.weight 2x3x3x3',
      'scaleLayers.0.0.module.bias 2',
      'scaleLayers.0.1.module.weight 2x2x3x3',
      'scaleLayers.0.1.module.bias 2',
      'toRGBLayers.1.module.weight 1x2x1x1',
      'toRGBLayers.1.module.bias 1',
    ]);
  });

  it('of D as well, though its layers run the other way', () => {
    expect([...theirD].map(([name, { shape }]) => `${name} ${shape.join('x')}`)).toEqual([
      'fromRGBLayers.1.module.weight 2x1x1x1',
      'fromRGBLayers.1.module.bias 2',
      'scaleLayers.0.1.module.weight 3x2x3x3',
      'groupScaleZero.0.module.weight 3x4x3x3',
      'groupScaleZero.1.module.weight 3x48',
      'groupScaleZero.1.module.bias 3',
      'decisionLayer.module.weight 1x3',
      'decisionLayer.module.bias 1',
    ]);
  });
});

describe('numbers', () => {
  it('of biases are divided by the constant of their layer, which is behind them there', () => {
    expect(scaled(theirG, 'scaleLayers.0.0.module.bias', Math.sqrt(2 / 27))).toEqual([0, 1]);
    expect(scaled(theirD, 'groupScaleZero.1.module.bias', Math.sqrt(2 / 48))).toEqual([0, 1, 2]);
  });

  it('of layers without a LeakyReLU lack its gain', () => {
    expect(scaled(theirG, 'toRGBLayers.0.module.weight', Math.SQRT2)).toEqual([0, 1, 2]);
    expect(scaled(theirD, 'decisionLayer.module.weight', Math.SQRT2)).toEqual([0, 1, 2]);
    expect(scaled(theirD, 'fromRGBLayers.1.module.weight', 1)).toEqual([0, 1]);
  });

  it('of the first layer are a quarter, feature by feature, with its bias at every pixel', () => {
    const row = (feature: number, pixel: number): number[] =>
      scaled(theirG, 'formatLayer.module.weight', 4)
        .slice((feature * 16 + pixel) * 5)
        .slice(0, 5);
    // Ours is pixel by pixel: [z, 16 pixels, 3 features].
    expect(row(2, 7)).toEqual([0, 1, 2, 3, 4].map((z) => z * 48 + 7 * 3 + 2));
    expect(scaled(theirG, 'formatLayer.module.bias', Math.sqrt(2 / 5))).toEqual(
      Array.from({ length: 48 }, (_, index) => Math.floor(index / 16)),
    );
  });

  it('of the map of deviations make up for n - 1, and only those', () => {
    const kernel = shapesOfD.get('params/block4.conv.kernel')!;
    const ones = exportWeights(new Map([['params/block4.conv.kernel', array(kernel, () => 1)]]), D);
    const map = (index: number): number[] =>
      scaled(ones, 'groupScaleZero.0.module.weight', 1).slice(index * 9, index * 9 + 9);
    expect([0, 1, 2].flatMap(map)).toEqual(Array.from({ length: 27 }, () => 1));
    expect(map(3)).toEqual(Array.from({ length: 9 }, () => Number(Math.sqrt(3 / 4).toFixed(5))));
  });

  it.each([
    ['G', shapesOfG, G],
    ['D', shapesOfD, D],
  ] as const)(
    'of %s come back: kernels in front of a LeakyReLU to the bit, others to the last place',
    (_, shapes, convention) => {
      const ours = new Map(
        [...shapes].map(([path, shape]) => [path, array(shape, (index) => Math.sin(index + 1))]),
      );
      const back = importWeights(exportWeights(ours, convention), shapes, convention, 'f');
      expect([...back.keys()]).toEqual([...shapes.keys()]);
      for (const [path, { shape, values }] of back) {
        const own = ours.get(path)!;
        expect([path, shape]).toEqual([path, own.shape]);
        const isExact = /(project|conv1|conv2|hidden)\.kernel$/.test(path);
        for (const [index, value] of values.entries())
          expect(Math.abs(value - own.values[index]!)).toBeLessThanOrEqual(
            isExact ? 0 : Math.abs(own.values[index]!) * 2 ** -23,
          );
      }
    },
  );
});

describe('a file of something else is refused as what it is', () => {
  const read = (weights: Weights, convention = D) => importWeights(weights, shapesOfD, convention, 'f.pt');
  const without = (weights: Weights, left: string): Weights =>
    new Map([...weights].filter(([name]) => name !== left));
  it.each([
    ['the other network', theirG, /is a G; expected a D of ProgressiveGAN, which has "decisionLayer/],
    ['StyleGAN', new Map([['mapping.FC.0.module.weight', counted([1])]]), /is a G of StyleGAN; expected a D/],
    ['another program', new Map([['style.1.weight', counted([1])]]), /begins with "style\.1\.weight"; exp/],
    [
      'a missing layer',
      without(theirD, 'groupScaleZero.1.module.bias'),
      /has no "groupScaleZero\.1\.module\.b/,
    ],
    [
      'a D without deviations',
      new Map([...theirD, ['groupScaleZero.0.module.weight', counted([3, 3, 3, 3])]]),
      /does not compare the samples of a batch, expected one with miniBatchStdDev/,
    ],
    [
      'another side',
      new Map([...theirD, ['fromRGBLayers.2.module.bias', counted([2])]]),
      /is of a network for images of 16x16, and the recipe's images are 8x8/,
    ],
  ] as [string, Weights, RegExp][])('%s', (_, weights, message) => {
    expect(() => read(weights)).toThrow(message);
  });
});

describe('its config', () => {
  const usual = {
    equalizedlR: true,
    leakyReluLeak: 0.2,
    perChannelNormalization: true,
    lossCriterion: 'WGANGP',
    alpha: 0,
  };
  const config = (changes: Record<string, unknown>) => new Map(Object.entries({ ...usual, ...changes }));

  it('must be of networks that compute the same', () => {
    expect(ganZooMismatch('G', config({}))).toBeNull();
    expect(ganZooMismatch('G', new Map())).toBeNull();
    expect(ganZooMismatch('G', config({ lossCriterion: 'DCGAN' }))).toMatch(
      /lossCriterion DCGAN, expected WGANGP or Logistic: its G's images go through a tanh/,
    );
    expect(ganZooMismatch('D', config({ equalizedlR: false }))).toMatch(/equalizedlR false, expected true/);
  });

  it('of which D does not depend on what is of G alone', () => {
    expect(
      ganZooMismatch('D', config({ lossCriterion: 'DCGAN', perChannelNormalization: false })),
    ).toBeNull();
  });

  it('and what is read otherwise is said with numbers', () => {
    expect(ganZooApproximations(theirG, config({}))).toEqual([]);
    expect(ganZooApproximations(theirD, config({ alpha: 0.25 }))).toEqual([]);
    expect(ganZooApproximations(theirG, config({ alpha: 0.25 }))[0]).toMatch(/with 25 % of the side before/);
    const bias = array([48], (index) => (index === 20 ? 16 : 0));
    const uneven = new Map([...theirG, ['formatLayer.module.bias', bias]]);
    // 16 over a mean of 1, times sqrt(2 / 5).
    expect(ganZooApproximations(uneven, config({}))[0]).toMatch(/by up to 9\.5 from their mean/);
    expect(importWeights(uneven, shapesOfG, G, 'f').get('params/block4.project.bias')!.values[1]).toBeCloseTo(
      Math.sqrt(2 / 5),
      6,
    );
  });
});
