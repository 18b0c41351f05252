/** Reproducible inputs for the gradient check, kept away from the kinks of the ops they are for. */
import * as tf from '@tensorflow/tfjs-core';

export interface InputSpec {
  shape: number[];
  kind: 'uniform' | 'awayFromZero' | 'distinct';
  low: number;
  high: number;
}

export const uniform = (shape: number[], low = -1, high = 1): InputSpec => ({
  shape,
  kind: 'uniform',
  low,
  high,
});

/** Magnitudes from 0.2 to 1, both signs. */
export const awayFromZero = (shape: number[]): InputSpec => ({
  shape,
  kind: 'awayFromZero',
  low: 0.2,
  high: 1,
});

/** A permutation of evenly spaced values, so that no probe changes which of them is largest. */
export const distinct = (shape: number[]): InputSpec => ({ shape, kind: 'distinct', low: -2, high: 2 });

export type Random = () => number;

/** Mulberry32: uniform in [0, 1). */
export function generator(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function draw({ shape, kind, low, high }: InputSpec, random: Random): Float32Array {
  const size = tf.util.sizeFromShape(shape);
  if (kind === 'distinct') {
    const values = Float32Array.from(
      { length: size },
      (_, i) => low + ((high - low) * i) / Math.max(1, size - 1),
    );
    for (let i = size - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [values[i], values[j]] = [values[j]!, values[i]!];
    }
    return values;
  }
  return Float32Array.from({ length: size }, () => {
    const value = low + (high - low) * random();
    return kind === 'awayFromZero' && random() < 0.5 ? -value : value;
  });
}
