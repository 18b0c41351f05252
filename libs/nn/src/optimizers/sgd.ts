/** Stochastic gradient descent with classical (Polyak) momentum. */
import * as tf from '@tensorflow/tfjs-core';
import { slot, type Optimizer } from './optimizer.ts';

export interface SgdOptions {
  /** 0 is plain descent. */
  momentum?: number;
}

export function sgd({ momentum = 0 }: SgdOptions = {}): Optimizer {
  return {
    name: 'sgd',
    init: (params) => {
      const slots: Record<string, tf.Tensor> = {};
      if (momentum > 0) {
        for (const [path, value] of Object.entries(params))
          slots[`velocity.${path}`] = tf.fill(value.shape, 0);
      }
      return slots;
    },
    update: (grads, slots, params, learningRate) => {
      const nextSlots: Record<string, tf.Tensor> = {};
      const nextParams: Record<string, tf.Tensor> = {};
      for (const [path, value] of Object.entries(params)) {
        let step = slot(grads, path);
        if (momentum > 0) {
          step = tf.add(tf.mul(slot(slots, `velocity.${path}`), momentum), step);
          nextSlots[`velocity.${path}`] = step;
        }
        nextParams[path] = tf.sub(value, tf.mul(step, learningRate));
      }
      return { params: nextParams, slots: nextSlots };
    },
  };
}
