/** Updates of parameters by ops of the addon: one pass over memory, and the bits of the formula of separate ops. */
import { attr } from '@kiln/tensorflow';
import type * as tf from '@tensorflow/tfjs-core';
import { isTracingForXla } from './active-trace.ts';
import { rawOp } from './raw-op.ts';
import { runtime } from './runtime.ts';

/** False on GPUs and for XLA, which have no kernels for these ops: there the caller composes the formula. */
export function canFuseUpdates(): boolean {
  return !runtime().binding.isUsingGpuDevice() && !isTracingForXla();
}

/** All but the two scalars of one shape, float32. */
export interface AdamTensors {
  readonly grad: tf.Tensor;
  readonly m: tf.Tensor;
  readonly v: tf.Tensor;
  readonly value: tf.Tensor;
  readonly rate: tf.Tensor;
  readonly floor: tf.Tensor;
}

/**
 * m' = m + (grad - m) share1, v' = v + (grad^2 - v) share2, value' = value - m' rate / (sqrt(v') + floor). Not
 * differentiable.
 */
export function fusedAdam(
  { grad, m, v, value, rate, floor }: AdamTensors,
  share1: number,
  share2: number,
): [m: tf.Tensor, v: tf.Tensor, value: tf.Tensor] {
  const shares = { share1: attr.float(share1), share2: attr.float(share2) };
  return rawOp('KilnAdam', [grad, m, v, value, rate, floor], shares) as [tf.Tensor, tf.Tensor, tf.Tensor];
}

/** to + (from - to) share, of float32 tensors of one shape and a scalar share. Not differentiable. */
export function fusedBlend(from: tf.Tensor, to: tf.Tensor, share: tf.Tensor): tf.Tensor {
  return rawOp('KilnBlend', [from, to, share])[0]!;
}
