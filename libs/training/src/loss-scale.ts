/**
 * Dynamic loss scaling for float16 (Micikevicius et al. 2018, section 3.2): the loss is multiplied before back-propagation so
 * that small gradients do not vanish, and gradients are divided after it. A step in which something overflowed changes
 * nothing but the scale, on all workers.
 */
import { allReduce } from '@kiln/collectives';
import { nameScope, rawOp } from '@kiln/engine';
import type { Named } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { TrainingError } from './errors.ts';

const firstScale = 2 ** 16;
/** Beyond it float32 itself would overflow before long. */
const largestScale = 2 ** 24;
/** What overflows even so is not finite without a scale either. */
const smallestScale = 2 ** -14;
const goodStepsToDouble = 2000;

/** Names under which a step reports. */
export const scaleMetric = 'precision/loss_scale';
export const skippedMetric = 'precision/skipped_steps';

/** Part of the training state, so that a resumed run goes on with it. */
export const initialScaling = (): Named => ({ scale: tf.scalar(firstScale), goodSteps: tf.scalar(0) });

/** Divides gradients of a scaled loss. */
export function unscaled(gradients: Named, scale: tf.Tensor): Named {
  return Object.fromEntries(Object.entries(gradients).map(([path, value]) => [path, tf.div(value, scale)]));
}

/**
 * float32 scalar: 1 if any of the tensors holds an infinity or NaN on any worker, otherwise 0. All-reduced gradients are the
 * same everywhere; losses and local statistics are not, hence the vote.
 */
export function overflowVote(tensors: readonly tf.Tensor[]): tf.Tensor {
  return nameScope('overflow', () => {
    const finite = tensors.map((tensor) => tf.all(tf.isFinite(tensor)));
    const bad = tf.sub(1, tf.cast(tf.all(tf.stack(finite)), 'float32'));
    return allReduce(bad, 'max', 'overflow');
  });
}

/** Halves the scale after an overflow, doubles it after so many steps without one. */
export function nextScaling({ scale, goodSteps }: Named, overflow: tf.Tensor): Named {
  const good = tf.mul(tf.add(goodSteps!, 1), tf.sub(1, overflow));
  const full = tf.cast(tf.greaterEqual(good, goodStepsToDouble), 'float32');
  const factor = tf.sub(tf.add(1, full), tf.mul(overflow, 0.5));
  return {
    scale: tf.minimum(tf.mul(scale!, factor), largestScale),
    goodSteps: tf.mul(good, tf.sub(1, full)),
  };
}

/** A tree of tensors, as a training state has them. */
type Leaves = tf.Tensor | { readonly [key: string]: Leaves };

/** `next`, or `old` where `overflow` is 1. Both have the same structure. */
export function unlessOverflow<T extends Leaves>(overflow: tf.Tensor, old: T, next: T): T {
  const condition = tf.greater(overflow, 0);
  const choose = (before: Leaves, after: Leaves): Leaves => {
    if (before === after) return after;
    // tfjs would spread the condition over the whole shape.
    if (after instanceof tf.Tensor) return rawOp('SelectV2', [condition, before as tf.Tensor, after])[0]!;
    return Object.fromEntries(
      Object.entries(after).map(([key, value]) => [
        key,
        choose((before as Record<string, Leaves>)[key]!, value),
      ]),
    );
  };
  return nameScope('overflow', () => choose(old, next)) as T;
}

/**
 * What a step reports to people: of a skipped one only that it was. Throws `TrainingError` when steps are skipped without end.
 */
export function reportedMetrics(metrics: Record<string, number>, step: number): Record<string, number> {
  const { [skippedMetric]: skipped = 0, [scaleMetric]: scale = 1 } = metrics;
  if (skipped === 0) return metrics;
  if (scale <= smallestScale)
    throw new TrainingError(
      'not-finite',
      `gradients are not finite at step ${step} even with the loss scaled by ${scale}; train anew with lower learning rates or --precision bfloat16, or with --on-collapse rollback, which goes back and halves the rates`,
    );
  return { [skippedMetric]: skipped, [scaleMetric]: scale };
}
