/** z of a seed, the same wherever and with whatever other seeds it is drawn. */
import { random, rawOp } from '@kiln/engine';
import type { Sampler } from '@kiln/recipes';
import * as tf from '@tensorflow/tfjs-core';

const drawings = () => random.key(0, 'sample');

/**
 * `[seeds.length, size]`. With `truncation` t each number of z beyond +-t is drawn again until it is within (Brock et
 * al., 2019, section 3.1); numbers within stay as they are, so the images of a smaller t resemble those of a larger.
 */
export function latents({ latent }: Sampler, seeds: readonly number[], truncation?: number): tf.Tensor {
  return tf.tidy(() => {
    const key = drawings();
    const codes = seeds.map((seed) => {
      const own = random.fold(key, seed);
      if (latent.distribution === 'normal') {
        const z = random.normal([latent.size], own);
        return truncation === undefined ? z : redrawn(z, random.fold(own, 1), truncation);
      }
      const draws = random.uniform([latent.size], own, -1, 1);
      return latent.distribution === 'uniform' ? draws : tf.sign(draws);
    });
    return tf.stack(codes);
  });
}

/**
 * What drawing again and again ends with is a normal number given that it lies within +-t. It is drawn at once, as the
 * quantile of a uniform one: for a small t nearly every draw would be in vain.
 */
function redrawn(z: tf.Tensor, key: ReturnType<typeof random.key>, t: number): tf.Tensor {
  // The normal distribution's mass below t, as 1/2 (1 + erf(t / sqrt 2)).
  const upper = tf.mul(0.5, tf.add(1, tf.erf(tf.scalar(t / Math.SQRT2))));
  const lower = tf.sub(1, upper);
  const u = random.uniform(z.shape, key);
  const probability = tf.add(lower, tf.mul(u, tf.sub(upper, lower)));
  const within = tf.clipByValue(rawOp('Ndtri', [probability])[0]!, -t, t);
  return tf.where(tf.lessEqual(tf.abs(z), t), z, within);
}
