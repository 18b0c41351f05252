/** What ranks do in the test of penalties between workers. */
import { allReduce, allReduceTree, rank, worldSize } from '@kiln/collectives';
import { compile, random, startEngine, StateCell, valueAndGrad } from '@kiln/engine';
import {
  apply,
  conditionalBatchNorm,
  conv2d,
  dense,
  equalizedConv2d,
  initialize,
  minibatchStddev,
  modulatedConv2d,
  normal,
  spectralNorm,
  type Named,
  type Network,
  type Variables,
} from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { gradientPenalties } from '../catalog.ts';
import { pathLength } from '../path-length.ts';

startEngine({ intraOpThreads: 1, interOpThreads: 2 });

/** All that couples the samples of a batch in one D: batch statistics and the deviation of groups. */
const D: Network = {
  inputs: [
    { shape: [8, 8, 2], dtype: 'float32' },
    { shape: [3], dtype: 'float32' },
  ],
  forward: (scope, images, condition) => {
    const parametrization = spectralNorm();
    let h = scope.in('a', (s) => conv2d(s, images!, 8, { kernelSize: 3, stride: 2, parametrization }));
    h = scope.in('norm', (s) => conditionalBatchNorm(s, h, condition!));
    h = scope.in('b', (s) => minibatchStddev(s, tf.leakyRelu(h, 0.2)));
    h = scope.in('c', (s) =>
      tf.leakyRelu(equalizedConv2d(s, h, 8, { kernelSize: 3, resample: 'down' }), 0.2),
    );
    return scope.in('logit', (s) => dense(s, tf.reshape(h, [h.shape[0]!, 32]), 1, { parametrization }));
  },
};

const G: Network = {
  inputs: [{ shape: [5], dtype: 'float32' }],
  forward: (scope, w) => {
    const start = tf.tile(scope.param('constant', [1, 4, 4, 6], normal(1)), [w!.shape[0]!, 1, 1, 1]);
    const h = scope.in('up', (s) => modulatedConv2d(s, start, w!, 6, { kernelSize: 3, resample: 'up' }));
    return scope.in('colours', (s) =>
      modulatedConv2d(s, tf.leakyRelu(h, 0.2), w!, 2, { kernelSize: 1, demodulate: false }),
    );
  },
};

export interface PenaltyReport {
  readonly losses: number[];
  /** All-reduced, by path. */
  readonly gradients: Record<string, number[]>;
  readonly stats: Record<string, number[]>;
}

/** Both penalties of D and the path length of G on this rank's rows of one global batch, compiled. */
export async function penalties({ batch }: { batch: number }): Promise<PenaltyReport> {
  const options = { training: true, batchStatistics: 'global' } as const;
  const rows = batch / worldSize();
  const draw = (stream: string, ...shape: number[]): tf.Tensor =>
    tf.slice(
      random.normal([batch, ...shape], random.key(2, stream)),
      [rank() * rows, ...shape.map(() => 0)],
      [rows, ...shape],
    );
  const state = {
    D: initialize(D, random.key(1, 'D')),
    G: initialize(G, random.key(1, 'G')),
    mean: tf.scalar(0.5),
  };
  const inputs = {
    real: draw('real', 8, 8, 2),
    fake: draw('fake', 8, 8, 2),
    mix: tf.sigmoid(draw('mix', 1, 1, 1)),
    condition: draw('condition', 3),
    w: draw('w', 5),
    noise: draw('noise', 8, 8, 2),
  };
  const step = compile('penalties', (current: typeof state, given: typeof inputs) => {
    let variables: Variables = current.D;
    const { loss, aux, grads } = valueAndGrad(
      (params: { D: Named; G: Named }) => {
        const critic = (images: tf.Tensor): tf.Tensor => {
          const { output, stats } = apply(
            D,
            { params: params.D, stats: variables.stats },
            [images, given.condition],
            options,
          );
          variables = { params: params.D, stats };
          return output;
        };
        const terms = Object.values(gradientPenalties).map(({ penalty }) => penalty(critic, given));
        const path = pathLength({
          synthesize: (w) => apply(G, { params: params.G, stats: {} }, [w], options).output,
          w: given.w,
          noise: given.noise,
          mean: current.mean,
        });
        return {
          loss: tf.addN([...terms, path.penalty]) as tf.Scalar,
          aux: { terms: [...terms, path.penalty], mean: path.mean, stats: variables.stats },
        };
      },
      { D: current.D.params, G: current.G.params },
    );
    return {
      state: { ...current, D: { params: current.D.params, stats: aux.stats }, mean: aux.mean },
      outputs: {
        losses: allReduce(tf.stack([loss, ...aux.terms]), 'mean', 'losses'),
        gradients: allReduceTree(grads, 'mean', { label: 'gradients' }),
      },
    };
  });
  const cell = new StateCell(state);
  const { losses, gradients } = await step.run(cell, inputs);
  const read = (named: Named): Record<string, number[]> =>
    Object.fromEntries(Object.entries(named).map(([path, x]) => [path, [...x.dataSync()]]));
  return {
    losses: [...losses.dataSync()],
    gradients: { ...read(gradients.D), ...read(gradients.G) },
    stats: { ...read(cell.value.D.stats), mean: [...cell.value.mean.dataSync()] },
  };
}
