/** Images from a trained game: the averaged generator with its running statistics. */
import { compile, random, StateCell } from '@kiln/engine';
import { apply, type Variables } from '@kiln/nn';
import type { Game, Sampler } from '@kiln/recipes';
import * as tf from '@tensorflow/tfjs-core';

/** z of each seed, `[seeds.length, size]`. One seed gives one z, whatever it is drawn with. */
export function latents({ latent }: Sampler, seeds: readonly number[]): tf.Tensor {
  return tf.tidy(() => {
    const key = random.key(0, 'sample');
    const codes = seeds.map((seed) => {
      const own = random.fold(key, seed);
      if (latent.distribution === 'normal') return random.normal([latent.size], own);
      const draws = random.uniform([latent.size], own, -1, 1);
      return latent.distribution === 'uniform' ? draws : tf.sign(draws);
    });
    return tf.stack(codes);
  });
}

export interface Samples {
  /** `[n, height, width, channels]` in [-1, 1]. */
  readonly images: Float32Array;
  readonly shape: [number, number, number, number];
}

/** Draws batch after batch with one compiled function; the last batch is padded and cut. */
export class SampleDrawer {
  readonly #sampler: Sampler;
  readonly #draw;
  readonly #batch: number;

  constructor(game: Game, batch = 64) {
    this.#sampler = game.sampler;
    this.#batch = batch;
    const network = game.networks[game.sampler.network]!;
    this.#draw = compile(
      'sample',
      (_: {}, { variables, inputs }: { variables: Variables; inputs: tf.Tensor[] }) => ({
        state: {},
        outputs: apply(network, variables, inputs, { training: false, batchStatistics: 'local' }).output,
      }),
    );
  }

  /** `classes` gives each sample's label and is ignored by games without classes. */
  async draw(variables: Variables, seeds: readonly number[], classes: readonly number[]): Promise<Samples> {
    const parts: Float32Array[] = [];
    let shape: number[] = [];
    for (let start = 0; start < seeds.length; start += this.#batch) {
      const count = Math.min(this.#batch, seeds.length - start);
      const padded = Array.from({ length: this.#batch }, (_, i) => start + Math.min(i, count - 1));
      const z = latents(
        this.#sampler,
        padded.map((i) => seeds[i]!),
      );
      const labels = tf.tensor1d(
        padded.map((i) => classes[i] ?? 0),
        'int32',
      );
      const inputs = this.#sampler.numClasses > 0 ? [z, labels] : [z];
      const images = await this.#draw.run(new StateCell({}), { variables, inputs });
      shape = images.shape.slice(1);
      const size = shape.reduce((a, b) => a * b, 1);
      parts.push(((await images.data()) as Float32Array).slice(0, count * size));
      tf.dispose([z, labels, images]);
    }
    const images = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
    let offset = 0;
    for (const part of parts) {
      images.set(part, offset);
      offset += part.length;
    }
    return { images, shape: [seeds.length, ...shape] as [number, number, number, number] };
  }
}

/** Labels for `count` samples: all `only`, or every class in turn. */
export function classesFor(sampler: Sampler, count: number, only?: number): number[] {
  if (sampler.numClasses === 0) return Array.from({ length: count }, () => 0);
  return Array.from({ length: count }, (_, i) => only ?? i % sampler.numClasses);
}
