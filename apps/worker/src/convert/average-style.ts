/** The average w of a mapping network that came without one: what truncation moves styles towards. */
import { random } from '@kiln/engine';
import { apply, type Named } from '@kiln/nn';
import type { WeightArray, Weights } from '@kiln/weights';
import * as tf from '@tensorflow/tfjs-core';
import type { Subject } from './subject.ts';

const numSamples = 10_000;

/** The mean over 10,000 z, of all classes in turn. `weights`: by `mapping/params/…`. */
export async function meanStyle({ game }: Subject, weights: Weights): Promise<WeightArray> {
  const { latent, numClasses } = game.sampler;
  const prefix = 'mapping/params/';
  const own = [...weights].filter(([path]) => path.startsWith(prefix));
  const mean = tf.tidy(() => {
    const params: Named = Object.fromEntries(
      own.map(([path, { shape, values }]) => [path.slice(prefix.length), tf.tensor(values, [...shape])]),
    );
    const z = random.normal([numSamples, latent.size], random.key(0, 'average w'));
    const labels = tf.cast(tf.mod(tf.range(0, numSamples, 1, 'int32'), Math.max(1, numClasses)), 'int32');
    const inputs = numClasses > 0 ? [z, labels] : [z];
    const options = { training: false, batchStatistics: 'local' } as const;
    return tf.mean(apply(game.networks['mapping']!, { params, stats: {} }, inputs, options).output, 0);
  });
  const values = (await mean.data()) as Float32Array;
  const { shape } = mean;
  mean.dispose();
  return { shape, values };
}
