import { random, startEngine } from '@kiln/engine';
import { apply, initialize, type Network, type Variables } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { mappingDefaults, mappingNetwork } from '../stylegan/mapping.ts';
import { styleForLayers, truncateStyles } from '../stylegan/styles.ts';
import { countParameters, parameterShapes } from '../testing/count-parameters.ts';
import { numStyles, styleGan2Defaults, type StyleGan2Config } from './config.ts';
import { styleGan2Discriminator } from './discriminator.ts';
import { noiseShapes, styleGan2Synthesis } from './synthesis.ts';

beforeAll(() => startEngine({}));

const paper = (resolution: number): StyleGan2Config => ({ ...styleGan2Defaults, resolution });
const small: StyleGan2Config = {
  ...styleGan2Defaults,
  resolution: 16,
  channels: 1,
  features: 6,
  featureMax: 8,
};
const batch = 4;

/** Drawn weights, with noise strengths that are not 0. */
function drawn(network: Network): Variables {
  const { params, stats } = initialize(network, random.key(1, 'weights'));
  const changed = Object.entries(params).map(([path, value]) => [
    path,
    path.endsWith('strength') ? tf.fill(value.shape, 0.3) : value,
  ]);
  return { params: Object.fromEntries(changed) as Variables['params'], stats };
}
const normal = (shape: number[], stream: string): tf.Tensor => random.normal(shape, random.key(2, stream));
const run = (network: Network, variables: Variables, ...inputs: tf.Tensor[]): tf.Tensor =>
  apply(network, variables, inputs, { training: true, batchStatistics: 'local' }).output;
const noise = (): tf.Tensor[] =>
  noiseShapes(small.resolution).map((shape, i) =>
    tf.tile(tf.expandDims(normal(shape, `noise${i}`), 0), [batch, 1, 1, 1]),
  );
const largest = (x: tf.Tensor): number => tf.max(tf.abs(x)).dataSync()[0]!;
/** Largest difference of a sample of the batch from its first. */
const spread = (x: tf.Tensor): number => largest(tf.sub(x, tf.slice(x, 0, 1)));

describe('the networks of the paper', () => {
  it('have at 1024x1024 as many parameters as stylegan2-ada-pytorch prints', () => {
    // It prints G with two layers of mapping; the paper's has eight, and 30,370,060 parameters.
    const mapping = countParameters(mappingNetwork({ ...mappingDefaults, numLayers: 2 }));
    expect(mapping + countParameters(styleGan2Synthesis(paper(1024)))).toBe(28_794_124);
    expect(countParameters(styleGan2Discriminator(paper(1024)))).toBe(29_012_513);
  });

  it('have 18 layers with a w and 17 with noise at 1024x1024, and the widths of the paper', () => {
    expect(numStyles(1024)).toBe(18);
    expect(noiseShapes(1024)).toHaveLength(17);
    const shapes = parameterShapes(styleGan2Synthesis(paper(1024)));
    const width = (side: number): number | undefined => shapes.get(`block${side}.conv2.kernel`)?.[3];
    expect([8, 64, 128, 256, 512, 1024].map(width)).toEqual([512, 512, 256, 128, 64, 32]);
  });

  it('refuse sides that do not double from 4 on', () => {
    for (const network of [styleGan2Synthesis, styleGan2Discriminator])
      expect(() => network({ ...small, resolution: 24 })).toThrow('sides 4, 8, 16, ...: got 24');
  });
});

describe('the synthesis network', () => {
  const G = styleGan2Synthesis(small);
  const mapping = mappingNetwork({ ...mappingDefaults, latent: 5, features: 6, numLayers: 2 });
  const images = (psi: number, cutoff = 6): tf.Tensor => {
    const w = run(mapping, drawn(mapping), normal([batch, 5], 'z'));
    const styles = truncateStyles(styleForLayers(w, 6), normal([6], 'mean'), tf.scalar(psi), cutoff);
    return run(G, drawn(G), styles, ...noise());
  };

  it('makes images of the asked side, which differ from z to z', () => {
    expect(images(1).shape).toEqual([batch, 16, 16, 1]);
    expect(spread(images(1))).toBeGreaterThan(0.1);
  });

  it('with psi 0 makes one image of all z as long as the noise is the same', () => {
    expect(spread(images(0))).toBeLessThan(1e-5);
    // With the cut-off, later layers still follow z.
    expect(spread(images(0, 4))).toBeGreaterThan(0.01);
  });

  it('depends on every w, and on noise once its strength is not 0', () => {
    const styles = normal([batch, 6, 6], 'styles');
    const variables = drawn(G);
    const before = run(G, variables, styles, ...noise());
    for (let layer = 0; layer < 6; layer++) {
      const one = tf.reshape(tf.oneHot([layer], 6), [1, 6, 1]);
      const moved = run(G, variables, tf.add(styles, one), ...noise());
      expect(largest(tf.sub(moved, before))).toBeGreaterThan(1e-3);
    }
    noise().forEach((_, input) => {
      const others = noise().map((own, i) => (i === input ? tf.neg(own) : own));
      expect(largest(tf.sub(run(G, variables, styles, ...others), before))).toBeGreaterThan(1e-3);
    });
  });
});

describe('the discriminator', () => {
  it('that knows classes multiplies with a vector of the class asked for, divided by the root of its length', () => {
    const D = styleGan2Discriminator({ ...small, numClasses: 3, classLayers: 2 });
    const variables = drawn(D);
    const images = normal([batch, 16, 16, 1], 'images');
    const logits = (labels: number[]): number[] => [
      ...run(D, variables, images, tf.tensor1d(labels, 'int32')).dataSync(),
    ];
    const [first, other] = [logits([0, 1, 2, 0]), logits([0, 1, 2, 1])];
    expect(other.slice(0, 3)).toEqual(first.slice(0, 3));
    expect(Math.abs(other[3]! - first[3]!)).toBeGreaterThan(1e-4);
    // A projection is linear in what is judged: with logits that are all bias, its sign changes with the bias's.
    const biased = (bias: number): number[] => {
      const kernel = tf.zerosLike(variables.params['block4.logit.kernel']!);
      const params = {
        ...variables.params,
        'block4.logit.kernel': kernel,
        'block4.logit.bias': tf.fill([8], bias),
      };
      return [...run(D, { ...variables, params }, images, tf.tensor1d([0, 1, 2, 0], 'int32')).dataSync()];
    };
    const codes = biased(1);
    biased(-2).forEach((value, i) => expect(value).toBeCloseTo(-2 * codes[i]!, 5));
    expect(codes[3]).toBeCloseTo(codes[0]!, 6);
    expect(codes[1]).not.toBeCloseTo(codes[0]!, 3);
  });
});
