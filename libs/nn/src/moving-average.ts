/** Exponential moving average of a network: the copy that samples are drawn from (Karras et al., 2018, section 5). */
import { canFuseUpdates, fusedBlend } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import type { Named, Variables } from './scope.ts';
import { slot } from './optimizers/optimizer.ts';

/** `decay`: float32 scalar, 0 copies. Statistics are averaged like parameters, so they fit the averaged weights. */
export function updateAverage(average: Variables, current: Variables, decay: tf.Tensor): Variables {
  const blend = (from: Named, to: Named): Named =>
    Object.fromEntries(
      Object.entries(from).map(([path, value]) => {
        const target = slot(to, path);
        const mixed = canFuseUpdates()
          ? fusedBlend(value, target, decay)
          : tf.add(target, tf.mul(tf.sub(value, target), decay));
        return [path, mixed];
      }),
    );
  return { params: blend(average.params, current.params), stats: blend(average.stats, current.stats) };
}

/**
 * Decay for one step of `batch` images such that `halfLifeKimg` thousand images halve an old weight's share; while
 * fewer than `halfLifeKimg / ramp` thousand images were seen the half-life is `ramp` of those seen.
 */
export function averageDecay(
  { halfLifeKimg, ramp }: { halfLifeKimg: number; ramp: number },
  batch: number,
  images: number,
): number {
  const halfLife = Math.min(halfLifeKimg * 1000, images * ramp);
  return halfLife <= 0 ? 0 : 0.5 ** (batch / halfLife);
}
