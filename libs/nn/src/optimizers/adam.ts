/** Adam (Kingma and Ba, 2015, Algorithm 1). */
import * as tf from '@tensorflow/tfjs-core';
import { slot, type Optimizer } from './optimizer.ts';

export interface AdamOptions {
  beta1?: number;
  beta2?: number;
  epsilon?: number;
}

export function adam({ beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions = {}): Optimizer {
  return {
    name: 'adam',
    init: (params) => {
      const slots: Record<string, tf.Tensor> = { updates: tf.scalar(0) };
      for (const [path, value] of Object.entries(params)) {
        slots[`m.${path}`] = tf.fill(value.shape, 0);
        slots[`v.${path}`] = tf.fill(value.shape, 0);
      }
      return slots;
    },
    update: (grads, slots, params, learningRate) => {
      const updates = tf.add(slot(slots, 'updates'), 1);
      // The two bias corrections folded into the rate, as the paper's section 2 suggests.
      const root = tf.sqrt(tf.sub(1, tf.pow(tf.scalar(beta2), updates)));
      const rate = tf.div(tf.mul(learningRate, root), tf.sub(1, tf.pow(tf.scalar(beta1), updates)));
      const floor = tf.mul(root, epsilon);
      const nextSlots: Record<string, tf.Tensor> = { updates };
      const nextParams: Record<string, tf.Tensor> = {};
      for (const [path, value] of Object.entries(params)) {
        const grad = slot(grads, path);
        const m = slot(slots, `m.${path}`);
        const v = slot(slots, `v.${path}`);
        const nextM = tf.add(m, tf.mul(tf.sub(grad, m), 1 - beta1));
        const nextV = tf.add(v, tf.mul(tf.sub(tf.square(grad), v), 1 - beta2));
        nextSlots[`m.${path}`] = nextM;
        nextSlots[`v.${path}`] = nextV;
        nextParams[path] = tf.sub(value, tf.div(tf.mul(nextM, rate), tf.add(tf.sqrt(nextV), floor)));
      }
      return { params: nextParams, slots: nextSlots };
    },
  };
}
