/** Adam (Kingma and Ba, 2015, Algorithm 1). */
import { type AdamTensors, canFuseUpdates, fusedAdam } from '@kiln/engine';
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
      const change = canFuseUpdates() ? fusedAdam : composedAdam;
      const nextSlots: Record<string, tf.Tensor> = { updates };
      const nextParams: Record<string, tf.Tensor> = {};
      for (const [path, value] of Object.entries(params)) {
        const [m, v, next] = change(
          {
            grad: slot(grads, path),
            m: slot(slots, `m.${path}`),
            v: slot(slots, `v.${path}`),
            value,
            rate,
            floor,
          },
          1 - beta1,
          1 - beta2,
        );
        nextSlots[`m.${path}`] = m;
        nextSlots[`v.${path}`] = v;
        nextParams[path] = next;
      }
      return { params: nextParams, slots: nextSlots };
    },
  };
}

/** One parameter's next m, v and value, as separate ops. */
export function composedAdam(
  { grad, m, v, value, rate, floor }: AdamTensors,
  share1: number,
  share2: number,
): [m: tf.Tensor, v: tf.Tensor, value: tf.Tensor] {
  const nextM = tf.add(m, tf.mul(tf.sub(grad, m), share1));
  const nextV = tf.add(v, tf.mul(tf.sub(tf.square(grad), v), share2));
  return [nextM, nextV, tf.sub(value, tf.div(tf.mul(nextM, rate), tf.add(tf.sqrt(nextV), floor)))];
}
