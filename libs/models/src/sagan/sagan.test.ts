import { random, startEngine } from '@kiln/engine';
import { apply, initialize } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { bigGanDefaults, bigGanDiscriminator } from '../biggan/index.ts';
import { countParameters, parameterShapes } from '../testing/count-parameters.ts';
import { saGanDefaults, type SaGanConfig } from './config.ts';
import { saGanDiscriminator } from './discriminator.ts';
import { saGanGenerator } from './generator.ts';

beforeAll(() => startEngine({}));

const at128: SaGanConfig = { ...saGanDefaults, resolution: 128 };

describe('the number of parameters', () => {
  it('is that of torch-mimicry 0.1.16', () => {
    expect(countParameters(saGanGenerator(at128))).toBe(42_078_852);
    const cifar = { ...saGanDefaults, resolution: 32, numClasses: 10, attention: [16] };
    expect(countParameters(saGanGenerator(cifar))).toBe(4_386_308);
    expect(countParameters(saGanDiscriminator(cifar))).toBe(1_075_586);
  });

  it('of D at 128x128 is that of a BigGAN as wide, which took it over', () => {
    const like = { ...bigGanDefaults, resolution: 128, width: 64, attention: [32] };
    expect(countParameters(saGanDiscriminator(at128))).toBe(countParameters(bigGanDiscriminator(like)));
  });
});

it('both networks attend at the sides that are asked for', () => {
  const of = { ...saGanDefaults, resolution: 32, width: 4, numClasses: 3, attention: [8, 16] };
  for (const network of [saGanGenerator(of), saGanDiscriminator(of)]) {
    const gammas = [...parameterShapes(network).keys()].filter((path) => path.endsWith('gamma'));
    expect(gammas.toSorted()).toEqual(['attention16.gamma', 'attention8.gamma']);
  }
});

it('all kernels of both are spectrally normalised, but those that give batch norms their class', () => {
  const of = { ...saGanDefaults, resolution: 32, width: 4, latent: 6, numClasses: 3, attention: [16] };
  for (const network of [saGanGenerator(of), saGanDiscriminator(of)]) {
    const { params, stats } = initialize(network, random.key(1, 'weights'));
    const layers = Object.keys(params).filter((path) => path.endsWith('.kernel'));
    const plain = layers.filter((path) => !(path.replace(/kernel$/, 'u') in stats));
    expect(plain.every((path) => /norm\d\.(gain|offset)\.kernel$/.test(path))).toBe(true);
    expect(layers.length).toBeGreaterThan(plain.length);
  }
});

it('draws images that D judges', () => {
  const of = { ...saGanDefaults, resolution: 32, width: 4, latent: 6, numClasses: 3, attention: [16] };
  const training = { training: true, batchStatistics: 'local' } as const;
  const [G, D] = [saGanGenerator(of), saGanDiscriminator(of)];
  const labels = tf.tensor1d([0, 2], 'int32');
  const z = random.normal([2, 6], random.key(2, 'z'));
  const images = apply(G, initialize(G, random.key(1, 'G')), [z, labels], training).output;
  expect(images.shape).toEqual([2, 32, 32, 3]);
  expect(apply(D, initialize(D, random.key(1, 'D')), [images, labels], training).output.shape).toEqual([
    2, 1,
  ]);
});
