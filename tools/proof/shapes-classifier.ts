/** The judge of generated shapes: a convolutional classifier that was trained on drawn ones, each of which it saw once. */
import { openDataset } from '@kiln/datasets';
import { compile, random, StateCell, valueAndGrad } from '@kiln/engine';
import { adam, apply, conv2d, dense, glorotUniform, initialize, type Named, type Network } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';

export const side = 32;
const numClasses = 5;
const [batch, steps, learningRate] = [64, 400, 2e-3];
/** Other pictures than the recipes', whose seed is 0. */
const trainingSeed = 1;

type State = { params: Named; slots: Named };
type Inputs = { images: tf.Tensor; labels: tf.Tensor; learningRate: tf.Scalar };

const kernelInitializer = glorotUniform;

/** images: `[batch, 32, 32, 3]` in [-1, 1] -> logits `[batch, 5]`. */
const classifier: Network = {
  inputs: [{ shape: [side, side, 3], dtype: 'float32' }],
  forward: (scope, images) => {
    let h = images!;
    for (const filters of [16, 32, 64]) {
      const kernel = { kernelSize: 3, kernelInitializer };
      h = scope.in(`conv${filters}`, (s) => tf.relu(conv2d(s, h, filters, kernel)));
      h = tf.maxPool(h as tf.Tensor4D, 2, 2, 'same');
    }
    h = tf.reshape(h, [h.shape[0]!, 64 * (side / 8) ** 2]);
    h = scope.in('features', (s) => tf.relu(dense(s, h, 64, { kernelInitializer })));
    return scope.in('logits', (s) => dense(s, h, numClasses, { kernelInitializer }));
  },
};

const logitsOf = (params: Named, images: tf.Tensor, training: boolean): tf.Tensor =>
  apply(classifier, { params, stats: {} }, [images], { training, batchStatistics: 'local' }).output;

const optimizer = adam();

function step({ params, slots }: State, { images, labels, learningRate: rate }: Inputs) {
  const { loss, grads } = valueAndGrad((own: Named) => {
    const targets = tf.oneHot(labels as tf.Tensor1D, numClasses);
    const entropy = tf.neg(tf.sum(tf.mul(targets, tf.logSoftmax(logitsOf(own, images, true))), 1));
    return { loss: tf.mean(entropy) as tf.Scalar, aux: {} };
  }, params);
  return { state: optimizer.update(grads, slots, params, rate), outputs: { loss } };
}

/** Says for each of `[batch, 32, 32, 3]` images which class it is of. */
export type ShapeJudge = (images: tf.Tensor) => Promise<ArrayLike<number>>;

export async function trainJudge(): Promise<ShapeJudge> {
  const dataset = await openDataset({
    source: 'shapes',
    n: batch * steps,
    resolution: side,
    seed: trainingSeed,
  });
  const { params } = initialize(classifier, random.key(0, 'weights'));
  const cell = new StateCell<State>({ params, slots: optimizer.init(params) });
  const train = compile('train', step);
  const batches = dataset.batches({ seed: 0, batch, rank: 0, worldSize: 1, startIndex: 0 });
  for (let at = 0; at < steps; at++) {
    const { images, labels } = await batches.next();
    const rate = tf.scalar((learningRate * (1 + Math.cos((Math.PI * at) / steps))) / 2);
    const { loss } = await train.run(cell, { images, labels, learningRate: rate });
    tf.dispose([images, labels, rate, loss]);
  }
  await batches.close();
  train.dispose();
  dataset.dispose();
  return (images) => tf.tidy(() => tf.argMax(logitsOf(cell.value.params, images, false), 1)).data();
}

/** The first `count` pictures that another seed than any training has draws, class after class in turn. */
export async function drawnShapes(count: number): Promise<{ images: tf.Tensor; labels: tf.Tensor }> {
  const dataset = await openDataset({ source: 'shapes', n: count, resolution: side, seed: trainingSeed + 1 });
  const batches = dataset.batches({ seed: 0, batch: count, rank: 0, worldSize: 1, startIndex: 0 });
  const found = await batches.next();
  await batches.close();
  dataset.dispose();
  return found;
}
