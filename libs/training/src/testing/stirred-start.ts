/**
 * A start at which nothing is special. As recipes start, noise has no strength, biases are 0 and StyleGAN's constant is one value
 * everywhere: whole branches then compute nothing, and a norm of a map without variance enlarges its rounding ten thousand
 * times.
 */
import { random } from '@kiln/engine';
import type { Game } from '@kiln/recipes';
import * as tf from '@tensorflow/tfjs-core';
import { freshState, stateEntries, type Snapshot } from '../snapshot.ts';

/** Of a parameter's own size, or of `leastSize` where that is larger. */
const share = 0.1;
const leastSize = 0.1;

function stirred(value: tf.Tensor, seed: number, path: string): tf.Tensor {
  const size = tf.maximum(tf.sqrt(tf.mean(tf.square(value))), leastSize);
  const noise = random.normal(value.shape, random.key(seed, `stirred ${path}`));
  return tf.add(value, tf.mul(noise, tf.mul(size, share)));
}

/** The recipe's own start with noise on every parameter, the same on all ranks. */
export async function stirredStart(game: Game, seed: number): Promise<Snapshot> {
  const tensors = new Map<string, { shape: number[]; data: Float32Array | Int32Array }>();
  for (const [path, tensor] of stateEntries(await freshState(game, seed))) {
    const isParameter = /^networks\/\w+\/params\//.test(path);
    const value = isParameter ? tf.tidy(() => stirred(tensor, seed, path)) : tensor;
    tensors.set(path, { shape: value.shape, data: (await value.data()) as Float32Array | Int32Array });
    tf.dispose(value);
  }
  return { step: 0, cursor: 0, tensors };
}
