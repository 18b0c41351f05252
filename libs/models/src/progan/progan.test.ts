import { random, startEngine } from '@kiln/engine';
import { apply, averagePool, initialize, upsampleNearest, type Network, type Variables } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { countParameters, parameterShapes } from '../testing/count-parameters.ts';
import { growthOf, proGanDefaults, type ProGanConfig } from './config.ts';
import { proGanDiscriminator } from './discriminator.ts';
import { imagesAtStage } from './fade.ts';
import { proGanGenerator } from './generator.ts';

beforeAll(() => startEngine({}));

const small: ProGanConfig = {
  ...proGanDefaults,
  resolution: 16,
  channels: 1,
  latent: 12,
  featureBase: 32,
  featureMax: 12,
};
const drawn = (network: Network): Variables => initialize(network, random.key(1, 'weights'));
const run = (
  network: Network,
  variables: Variables,
  input: tf.Tensor,
  stage: number,
  alpha = 1,
): { output: tf.Tensor; used: ReadonlySet<string> } =>
  apply(network, variables, [input], {
    training: true,
    batchStatistics: 'local',
    stage,
    schedules: { alpha: tf.scalar(alpha) },
  });
const valuesOf = (x: tf.Tensor): number[] => [...x.dataSync()];

describe('the networks of the paper', () => {
  it('have 23.1 million parameters each at 1024x1024, the in- and output layers of all sides among them', () => {
    expect(countParameters(proGanGenerator(proGanDefaults))).toBe(23_079_115);
    expect(countParameters(proGanDiscriminator(proGanDefaults))).toBe(23_087_249);
  });

  it('have the widths of table 2', () => {
    const shapes = parameterShapes(proGanGenerator(proGanDefaults));
    const width = (side: number): number | undefined => shapes.get(`block${side}.conv2.kernel`)?.[3];
    expect([8, 16, 32, 64, 128, 256, 512, 1024].map(width)).toEqual([512, 512, 512, 256, 128, 64, 32, 16]);
    expect(shapes.get('block4.project.kernel')).toEqual([512, 16 * 512]);
  });

  it('refuse sides that do not double from 4 on', () => {
    expect(() => proGanGenerator({ ...small, resolution: 24 })).toThrow('sides 4, 8, 16, ...: got 24');
  });
});

describe('growth', () => {
  it('holds and fades in turn', () => {
    expect([0, 1, 2, 3, 4].map((stage) => growthOf(small, stage))).toEqual([
      { side: 4, fading: false },
      { side: 8, fading: true },
      { side: 8, fading: false },
      { side: 16, fading: true },
      { side: 16, fading: false },
    ]);
    expect(() => growthOf(small, 5)).toThrow('stage 5 has side 32, but the network ends at 16');
  });

  it('of G: alpha 0 is the coarser image enlarged, alpha 1 the finer one, to the last bit', () => {
    const G = proGanGenerator(small);
    const variables = drawn(G);
    const z = random.normal([3, 12], random.key(2, 'z'));
    for (const fading of [1, 3]) {
      const coarse = run(G, variables, z, fading - 1).output;
      const fine = run(G, variables, z, fading + 1).output;
      expect(valuesOf(run(G, variables, z, fading, 0).output)).toEqual(valuesOf(upsampleNearest(coarse)));
      expect(valuesOf(run(G, variables, z, fading, 1).output)).toEqual(valuesOf(fine));
      const middle = valuesOf(run(G, variables, z, fading, 0.25).output);
      const blend = tf.add(tf.mul(upsampleNearest(coarse), 0.75), tf.mul(fine, 0.25));
      valuesOf(blend).forEach((value, i) => expect(middle[i]).toBeCloseTo(value, 5));
    }
  });

  it('of D: alpha 0 judges the halved image as the coarser network does, alpha 1 as the finer one', () => {
    const D = proGanDiscriminator(small);
    const variables = drawn(D);
    const images = random.uniform([4, 16, 16, 1], random.key(3, 'images'), -1, 1);
    const halved = averagePool(images);
    expect(valuesOf(run(D, variables, images, 3, 0).output)).toEqual(
      valuesOf(run(D, variables, halved, 2).output),
    );
    expect(valuesOf(run(D, variables, images, 3, 1).output)).toEqual(
      valuesOf(run(D, variables, images, 4).output),
    );
  });

  it('uses the layers of its stage and declares those of all', () => {
    const [G, D] = [proGanGenerator(small), proGanDiscriminator(small)];
    const variables = { G: drawn(G), D: drawn(D) };
    const sides = (paths: Iterable<string>): string[] =>
      [...new Set([...paths].map((path) => path.split('.')[0]!))].toSorted();
    const all = ['block16', 'block4', 'block8', 'image16', 'image4', 'image8'];
    expect(sides(Object.keys(variables.G.params))).toEqual(all);
    expect(sides(Object.keys(variables.D.params))).toEqual(all);
    const z = tf.zeros([2, 12]);
    expect(sides(run(G, variables.G, z, 0).used)).toEqual(['block4', 'image4']);
    expect(sides(run(G, variables.G, z, 1).used)).toEqual(['block4', 'block8', 'image4', 'image8']);
    expect(sides(run(G, variables.G, z, 2).used)).toEqual(['block4', 'block8', 'image8']);
    const images = tf.zeros([2, 8, 8, 1]);
    expect(sides(run(D, variables.D, images, 1).used)).toEqual(['block4', 'block8', 'image4', 'image8']);
    expect(sides(run(D, variables.D, images, 2).used)).toEqual(['block4', 'block8', 'image8']);
  });

  it('reduces real images to the stage by a box filter, and fades them as G’s', () => {
    const images = random.uniform([2, 16, 16, 1], random.key(4, 'images'), -1, 1);
    const alpha = (value: number) => () => tf.scalar(value);
    const at8 = averagePool(images);
    expect(valuesOf(imagesAtStage(images, growthOf(small, 2), alpha(1)))).toEqual(valuesOf(at8));
    expect(valuesOf(imagesAtStage(images, growthOf(small, 1), alpha(0)))).toEqual(
      valuesOf(upsampleNearest(averagePool(at8))),
    );
    expect(valuesOf(imagesAtStage(images, growthOf(small, 4), alpha(1)))).toEqual(valuesOf(images));
  });
});
