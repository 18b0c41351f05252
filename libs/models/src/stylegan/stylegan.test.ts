import { random, startEngine } from '@kiln/engine';
import { apply, averagePool, initialize, upsampleNearest, type Network, type Variables } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { countParameters } from '../testing/count-parameters.ts';
import { styleGanDefaults, styleLayers, styleNoiseShapes, type StyleGanConfig } from './config.ts';
import { styleGanDiscriminator } from './discriminator.ts';
import { mappingDefaults, mappingNetwork } from './mapping.ts';
import { styleGanSynthesis } from './synthesis.ts';

beforeAll(() => startEngine({}));

const small: StyleGanConfig = {
  ...styleGanDefaults,
  resolution: 16,
  startResolution: 4,
  channels: 1,
  features: 6,
  featureBase: 32,
  featureMax: 12,
};
const batch = 4;

/** Drawn weights, with noise strengths and biases that are not 0. */
function drawn(network: Network): Variables {
  const { params, stats } = initialize(network, random.key(1, 'weights'));
  const changed = Object.entries(params).map(([path, value]) => [
    path,
    /strength|bias|constant/.test(path) ? random.normal(value.shape, random.key(2, path)) : value,
  ]);
  return { params: Object.fromEntries(changed) as Variables['params'], stats };
}
const run = (network: Network, variables: Variables, inputs: tf.Tensor[], stage: number, alpha = 1) =>
  apply(network, variables, inputs, {
    training: true,
    batchStatistics: 'local',
    stage,
    schedules: { alpha: tf.scalar(alpha) },
  });
const valuesOf = (x: tf.Tensor): number[] => [...x.dataSync()];
const normal = (shape: number[], stream: string): tf.Tensor => random.normal(shape, random.key(3, stream));
const largest = (x: tf.Tensor): number => tf.max(tf.abs(x)).dataSync()[0]!;
const inputs = (side = 16): tf.Tensor[] => [
  normal([batch, styleLayers(16), 6], 'styles'),
  ...styleNoiseShapes(side).map((shape, layer) => normal([batch, ...shape], `noise${layer}`)),
];

describe('the networks of the paper', () => {
  it('have as many parameters at 1024x1024 as the authors’ code prints: G 26,219,627 and D 23,087,249', () => {
    const mapping = countParameters(mappingNetwork(mappingDefaults));
    expect(mapping + countParameters(styleGanSynthesis(styleGanDefaults))).toBe(26_219_627);
    expect(countParameters(styleGanDiscriminator(styleGanDefaults))).toBe(23_087_249);
  });

  it('have 18 layers with a w and noise at 1024x1024', () => {
    expect(styleLayers(1024)).toBe(18);
    expect(styleNoiseShapes(1024)).toHaveLength(18);
  });
});

describe('the synthesis network', () => {
  const G = styleGanSynthesis(small);

  it('adds noise and bias, activates, standardises each map and gives it the scale and shift of its style', () => {
    const variables = drawn(G);
    const params = { ...variables.params };
    // Only the first of the two layers of side 4 has a style; the convolution between passes maps on.
    const [kernel, style] = ['block4.conv2.kernel', 'block4.layer2.norm.style'];
    const identity = tf.reshape(tf.eye(12), [1, 1, 12, 12]);
    const middle = tf.pad(identity, [
      [1, 1],
      [1, 1],
      [0, 0],
      [0, 0],
    ]);
    params[kernel] = tf.mul(middle, Math.sqrt(9 * 12) / Math.SQRT2);
    for (const path of [
      `${style}.kernel`,
      `${style}.bias`,
      'block4.layer2.bias',
      'block4.layer2.noise.strength',
    ])
      params[path] = tf.zerosLike(params[path]!);
    const [styles, first, second] = inputs(4);
    const standard = (x: tf.Tensor): tf.Tensor => {
      const { mean, variance } = tf.moments(x, [1, 2], true);
      return tf.div(tf.sub(x, mean), tf.sqrt(variance));
    };
    const noisy = tf.add(params['block4.constant']!, tf.mul(first!, params['block4.layer1.noise.strength']!));
    const x = standard(tf.leakyRelu(tf.add(noisy, params['block4.layer1.bias']!), 0.2));
    const w = tf.reshape(tf.slice(styles!, [0, 0, 0], [-1, 1, -1]), [batch, 6]) as tf.Tensor2D;
    const own = 'block4.layer1.norm.style';
    const affine = tf.add(
      tf.matMul(w, tf.div(params[`${own}.kernel`]!, Math.sqrt(6)) as tf.Tensor2D),
      params[`${own}.bias`]!,
    );
    const [scale, shift] = tf.split(tf.reshape(affine, [batch, 1, 1, 24]), 2, 3);
    const styled = tf.add(tf.mul(x, tf.add(scale!, 1)), shift!);
    const seen = standard(tf.leakyRelu(styled, 0.2)) as tf.Tensor4D;
    const toImage = tf.div(params['image4.kernel']!, Math.sqrt(12)) as tf.Tensor4D;
    const expected = tf.add(tf.conv2d(seen, toImage, 1, 'same'), params['image4.bias']!);
    const { output } = run(G, { ...variables, params }, [styles!, first!, second!], 0);
    expect(largest(tf.sub(output, expected))).toBeLessThan(1e-4);
  });

  it('alpha 0 is the coarser image enlarged, alpha 1 the finer one, to the last bit', () => {
    const variables = drawn(G);
    for (const fading of [1, 3]) {
      const coarse = run(G, variables, inputs(), fading - 1).output;
      const fine = run(G, variables, inputs(), fading + 1).output;
      expect(valuesOf(run(G, variables, inputs(), fading, 0).output)).toEqual(
        valuesOf(upsampleNearest(coarse)),
      );
      expect(valuesOf(run(G, variables, inputs(), fading, 1).output)).toEqual(valuesOf(fine));
    }
  });

  it('depends on the w and the noise of each layer of its stage, and on those of no other', () => {
    const variables = drawn(G);
    const before = run(G, variables, inputs(), 2).output;
    for (let layer = 0; layer < 6; layer++) {
      const [styles, ...noises] = inputs();
      const moved = tf.add(styles!, tf.reshape(tf.oneHot([layer], 6), [1, 6, 1]));
      const ofStyle = largest(tf.sub(run(G, variables, [moved, ...noises], 2).output, before));
      const others = noises.map((own, i) => (i === layer ? tf.neg(own) : own));
      const ofNoise = largest(tf.sub(run(G, variables, [styles!, ...others], 2).output, before));
      expect([ofStyle > 1e-3, ofNoise > 1e-3]).toEqual([layer < 4, layer < 4]);
    }
  });
});

describe('the discriminator', () => {
  it('fades as that of progressive growing', () => {
    const D = styleGanDiscriminator(small);
    const variables = drawn(D);
    const images = normal([batch, 16, 16, 1], 'images');
    expect(valuesOf(run(D, variables, [images], 3, 0).output)).toEqual(
      valuesOf(run(D, variables, [averagePool(images)], 2).output),
    );
    expect(valuesOf(run(D, variables, [images], 3, 1).output)).toEqual(
      valuesOf(run(D, variables, [images], 4).output),
    );
  });

  it('that knows classes has a logit for each and gives the one asked for', () => {
    const D = styleGanDiscriminator({ ...small, numClasses: 3 });
    const variables = drawn(D);
    const images = normal([batch, 4, 4, 1], 'images');
    const logits = (labels: number[]): number[] =>
      valuesOf(run(D, variables, [images, tf.tensor1d(labels, 'int32')], 0).output);
    const each = [0, 1, 2].map((label) => logits([label, label, label, label]));
    const asked = logits([2, 0, 1, 2]);
    [2, 0, 1, 2].forEach((label, sample) => expect(asked[sample]).toBeCloseTo(each[label]![sample]!, 5));
    expect(each[0]![0]).not.toBeCloseTo(each[1]![0]!, 3);
  });
});
