import { compile, random, startEngine, StateCell, type Key } from '@kiln/engine';
import { adam, batchNorm, dense, type Network } from '@kiln/nn';
import type { Game, Sampler } from '@kiln/recipes';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { latents } from './latents.ts';
import { SampleDrawer, sampleVariables } from './sampling.ts';
import { initialState, type TrainingState } from './state.ts';

beforeAll(() => startEngine({}));

const normal: Sampler = {
  networks: [],
  latent: { size: 500, distribution: 'normal' },
  numClasses: 0,
  truncation: 'latent',
  images: ({ z }) => z,
};

describe('latents', () => {
  it('of a seed do not depend on the other seeds', async () => {
    const [, second] = tf.unstack(latents(normal, [3, 9]));
    expect([...(await second!.data())]).toEqual([...(await latents(normal, [9]).data())]);
  });

  it('truncated keep what lies within and draw the rest again from the normal distribution within', async () => {
    const seeds = Array.from({ length: 40 }, (_, seed) => seed);
    const free = (await latents(normal, seeds).data()) as Float32Array;
    for (const t of [0.04, 0.5, 2]) {
      const cut = (await latents(normal, seeds, t).data()) as Float32Array;
      expect(Math.max(...cut.map(Math.abs))).toBeLessThanOrEqual(t);
      const kept = free.map((value, i) => (Math.abs(value) <= t ? value : cut[i]!));
      expect(cut).toEqual(kept);
      // Variance of a normal number within +-t: 1 - 2 t phi(t) / (2 Phi(t) - 1).
      const variance = cut.reduce((sum, value) => sum + value * value, 0) / cut.length;
      const expected = { 0.04: 0.000533, 0.5: 0.0802, 2: 0.7737 }[t]!;
      expect(variance / expected).toBeGreaterThan(0.96);
      expect(variance / expected).toBeLessThan(1.04);
    }
  });
});

const mapping: Network = {
  inputs: [{ shape: [4], dtype: 'float32' }],
  forward: (scope, z) =>
    dense(scope, z!, 4, { kernelInitializer: (shape, key) => random.normal(shape, key) }),
};
const synthesis: Network = {
  inputs: [{ shape: [4], dtype: 'float32' }],
  forward: (scope, w) =>
    tf.reshape(
      scope.in('norm', (s) => batchNorm(s, dense(s, w!, 4))),
      [w!.shape[0]!, 2, 2, 1],
    ),
};

/** Maps z to w, pulls w towards the average w, adds noise of the sample's own. */
const game: Game = {
  networks: { mapping, synthesis },
  players: {
    G: {
      owns: ['mapping', 'synthesis'],
      optimizer: adam(),
      learningRate: () => 1,
      loss: () => ({ loss: tf.scalar(0) }),
    },
  },
  phases: [],
  averages: [{ network: 'synthesis', halfLifeKimg: 1, ramp: 1 }],
  state: { wAverage: { shape: [4], init: 0.25, combine: 'mean' } },
  schedules: { strength: (images) => images / 1000 },
  sampler: {
    networks: ['mapping', 'synthesis'],
    latent: { size: 4, distribution: 'normal' },
    numClasses: 0,
    truncation: 'style',
    images: ({ apply, z, psi, cutoff, state, normal: draw, schedule }) => {
      const w = apply('mapping', z);
      const average = state('wAverage');
      const cut = cutoff > 0 ? tf.add(average, tf.mul(tf.sub(w, average), psi)) : w;
      return tf.add(apply('synthesis', cut), tf.mul(draw('noise', [2, 2, 1]), schedule('strength')));
    },
  },
};

async function stateOf(): Promise<TrainingState> {
  const init = compile('initialize', (_: {}, { key }: { key: Key }) => ({
    state: {},
    outputs: initialState(game, key),
  }));
  return init.run(new StateCell({}), { key: random.key(1, 'weights') });
}

describe('drawing samples', () => {
  const drawer = new SampleDrawer(game, 16, 4);
  const rows = (images: Float32Array): number[][] =>
    Array.from({ length: images.length / 4 }, (_, i) => Array.from(images.subarray(4 * i, 4 * i + 4)));

  it('applies several networks, of averaged ones the average, and depends on each seed alone', async () => {
    const variables = sampleVariables(game, await stateOf());
    const request = { classes: [], images: 1000 };
    const many = await drawer.draw(variables, { ...request, seeds: [0, 1, 2, 3, 4, 5] });
    const one = await drawer.draw(variables, { ...request, seeds: [5] });
    expect(many.shape).toEqual([6, 2, 2, 1]);
    expect(rows(many.images)[5]).toEqual(rows(one.images)[0]);
    expect(new Set(rows(many.images).map(String)).size).toBe(6);
  });

  it('on its way to another seed begins and ends with their images, with one noise for all', async () => {
    const variables = sampleVariables(game, await stateOf());
    const request = { classes: [], images: 1000, noiseSeed: 7 };
    const ends = rows((await drawer.draw(variables, { ...request, seeds: [2, 5] })).images);
    const towards = { seeds: [5, 5, 5], classes: [], shares: [0, 0.5, 1], way: 'slerp' } as const;
    const way = rows((await drawer.draw(variables, { ...request, seeds: [2, 2, 2], towards })).images);
    expect([way[0], way[2]]).toEqual(ends);
    expect(way[1]).not.toEqual(way[0]);
  });

  it('with the styles of another seed gives the game that z and the layers named', async () => {
    const sampler: Sampler = {
      ...game.sampler,
      images: ({ apply, z, mix, state }) => {
        const own = apply('synthesis', apply('mapping', z));
        if (mix === undefined) return own;
        const told = tf.mul(tf.mean(state('wAverage')), 4 * (mix.from + 10 * mix.to));
        return tf.add(apply('synthesis', apply('mapping', mix.z)), told);
      },
    };
    const mixing = new SampleDrawer({ ...game, sampler }, 16, 4);
    const variables = sampleVariables(game, await stateOf());
    const request = { classes: [], images: 0 };
    const plain = rows((await mixing.draw(variables, { ...request, seeds: [8, 9] })).images);
    const mix = { seeds: [8, 9], from: 2, to: 3 };
    const mixed = rows((await mixing.draw(variables, { ...request, seeds: [0, 1], mix })).images);
    mixed.flat().forEach((value, i) => expect(value).toBeCloseTo(plain.flat()[i]! + 32, 4));
  });

  it('between classes gives the networks shares of each', async () => {
    const classes: Network = {
      inputs: [{ shape: [], dtype: 'int32' }],
      forward: (_, labels) => tf.reshape(labels!, [labels!.shape[0]!, 1, 1, 3]),
    };
    const sampler: Sampler = {
      ...game.sampler,
      networks: ['classes'],
      numClasses: 3,
      images: ({ apply, labels }) => apply('classes', labels),
    };
    const conditional: Game = { ...game, networks: { classes }, averages: [], sampler };
    const variables = { networks: { classes: { params: {}, stats: {} } }, declared: {} };
    const towards = { seeds: [0, 0], classes: [2, 1], shares: [0.25, 0.5], way: 'slerp' } as const;
    const { images } = await new SampleDrawer(conditional, 16, 4).draw(variables, {
      seeds: [0, 0],
      classes: [0, 1],
      images: 0,
      towards,
    });
    expect([...images]).toEqual([0.75, 0, 0.25, 0, 1, 0]);
  });

  it('with psi 0 is one image for every z but for the noise, with psi 1 as without, and not beyond the cut-off', async () => {
    const variables = sampleVariables(game, await stateOf());
    const request = { seeds: [0, 1, 2], classes: [], images: 0 };
    const plain = rows((await drawer.draw(variables, request)).images);
    const collapsed = rows((await drawer.draw(variables, { ...request, truncation: 0 })).images);
    expect(collapsed[1]).toEqual(collapsed[0]);
    expect(plain[1]).not.toEqual(plain[0]);
    expect(rows((await drawer.draw(variables, { ...request, truncation: 1 })).images)).toEqual(plain);
    expect(rows((await drawer.draw(variables, { ...request, truncation: 0, cutoff: 0 })).images)).toEqual(
      plain,
    );
  });

  it('estimates standing statistics as the plain mean over batches of samples', async () => {
    const state = await stateOf();
    const variables = sampleVariables(game, state);
    const means = async (numBatches: number): Promise<number[]> => {
      const { networks } = await drawer.standingStatistics(variables, { numBatches, images: 0 });
      return [...(await networks['synthesis']!.stats['norm.mean']!.data())];
    };
    const one = await means(1);
    const many = await means(200);
    // N(0, 1) codes through two linear layers without bias have mean 0: the mean of many batches is nearer to it.
    const norm = (values: number[]): number => Math.hypot(...values);
    expect(norm(one)).toBeGreaterThan(0);
    expect(norm(many)).toBeLessThan(norm(one) / 4);
    expect([...(await state.averages['synthesis']!.stats['norm.mean']!.data())]).toEqual([0, 0, 0, 0]);
  });
});
