/**
 * Trains the built-in digits classifier on the first 1,497 digits and writes data/digits-classifier.safetensors:
 *
 *   node --conditions=@kiln/source tools/digits-classifier/train.ts
 *
 * Seconds on two cores. Prints how many of the 300 held-out digits, by other writers, it gets right; the same seed and
 * machine give the same file.
 */
import { join } from 'node:path';
import { DIGITS_HELD_OUT, DIGITS_TRAIN, digitsSpec, openDataset } from '@kiln/datasets';
import {
  compile,
  random,
  rawOp,
  readTree,
  startEngine,
  StateCell,
  valueAndGrad,
  type Key,
} from '@kiln/engine';
import { digitsClassifier, digitsClassifierFeatures } from '@kiln/models';
import { adam, apply, initialize, type Named, type Variables } from '@kiln/nn';
import { attr } from '@kiln/tensorflow';
import { writeSafetensors } from '@kiln/weights';
import * as tf from '@tensorflow/tfjs-core';

const data = join(import.meta.dirname, '../../data');
const [batch, epochs, learningRate, seed] = [64, 80, 1e-3, 0];

/** Small rotations, scalings and shifts: other writers' digits. images: `[batch, 8, 8, 1]`. */
function jitter(images: tf.Tensor, key: Key): tf.Tensor {
  const n = images.shape[0]!;
  const draw = (stream: number, limit: number): tf.Tensor =>
    random.uniform([n], random.fold(key, stream), -limit, limit);
  const angle = draw(0, 0.25);
  const scale = tf.add(draw(1, 0.1), 1);
  const [cos, sin] = [tf.mul(tf.cos(angle), scale), tf.mul(tf.sin(angle), scale)];
  const centre = 3.5;
  // Output pixel (x, y) is read from (cos x - sin y + dx, sin x + cos y + dy) around the centre.
  const dx = tf.add(draw(2, 0.6), tf.mul(centre, tf.sub(1, tf.sub(cos, sin))));
  const dy = tf.add(draw(3, 0.6), tf.mul(centre, tf.sub(1, tf.add(cos, sin))));
  const zero = tf.zeros([n]);
  const transforms = tf.stack([cos, tf.neg(sin), dx, sin, cos, dy, zero, zero], 1);
  const [moved] = rawOp(
    'ImageProjectiveTransformV3',
    [images, transforms, tf.tensor1d([8, 8], 'int32'), tf.scalar(-1)],
    { interpolation: attr.string('BILINEAR'), fill_mode: attr.string('CONSTANT') },
  );
  return moved!;
}

const logitsOf = (output: tf.Tensor): tf.Tensor => tf.slice(output, [0, digitsClassifierFeatures], [-1, 10]);

type State = { variables: Variables; slots: Named };
type Inputs = { images: tf.Tensor; labels: tf.Tensor; step: tf.Scalar; learningRate: tf.Scalar };

const optimizer = adam();

function step({ variables, slots }: State, { images, labels, step: at, learningRate: rate }: Inputs) {
  const key = random.fold(random.key(seed, 'classifier'), at);
  const network = digitsClassifier({
    dropout: (x) =>
      tf.div(
        tf.mul(x, tf.cast(tf.greater(random.uniform(x.shape, random.fold(key, 9)), 0.3), 'float32')),
        0.7,
      ),
  });
  const moved = jitter(images, key);
  const { loss, grads } = valueAndGrad((params: Named) => {
    const { output } = apply(network, { params, stats: {} }, [moved], {
      training: true,
      batchStatistics: 'local',
    });
    const targets = tf.oneHot(labels as tf.Tensor1D, 10);
    const entropy = tf.neg(tf.sum(tf.mul(targets, tf.logSoftmax(logitsOf(output))), 1));
    return { loss: tf.mean(entropy) as tf.Scalar, aux: {} };
  }, variables.params);
  const next = optimizer.update(grads, slots, variables.params, rate);
  return { state: { variables: { params: next.params, stats: {} }, slots: next.slots }, outputs: { loss } };
}

startEngine();
const variables = initialize(digitsClassifier(), random.key(seed, 'weights'));
const cell = new StateCell<State>({ variables, slots: optimizer.init(variables.params) });
const train = compile('train', step);
const source = digitsSpec(data);
const training = await openDataset({ ...source, range: DIGITS_TRAIN });
const batches = training.batches({ seed, batch, rank: 0, worldSize: 1, startIndex: 0 });
const steps = Math.ceil((epochs * (DIGITS_TRAIN[1] - DIGITS_TRAIN[0])) / batch);
for (let at = 0; at < steps; at++) {
  const { images, labels } = await batches.next();
  const rate = (learningRate * (1 + Math.cos((Math.PI * at) / steps))) / 2;
  const { loss } = await train.run(cell, {
    images,
    labels,
    step: tf.scalar(at, 'int32'),
    learningRate: tf.scalar(rate),
  });
  if (at % 200 === 0)
    process.stdout.write(`step ${at} of ${steps}: loss ${(await loss.data())[0]!.toFixed(4)}\n`);
}
await batches.close();

const heldOut = await openDataset({ ...source, range: DIGITS_HELD_OUT });
const size = DIGITS_HELD_OUT[1] - DIGITS_HELD_OUT[0];
const { images, labels } = await heldOut
  .batches({ seed, batch: size, rank: 0, worldSize: 1, startIndex: 0 })
  .next();
const { output } = apply(digitsClassifier(), cell.value.variables, [images], {
  training: false,
  batchStatistics: 'local',
});
const right = (await tf.sum(tf.equal(tf.argMax(logitsOf(output), 1), labels)).data())[0]!;
process.stdout.write(`held out: ${right} of ${size} right (${((100 * right) / size).toFixed(1)} %)\n`);

const values = await readTree(cell.value.variables.params);
const file = join(data, 'digits-classifier.safetensors');
await writeSafetensors(
  file,
  new Map(
    Object.entries(cell.value.variables.params).map(([name, { shape }]) => [
      name,
      { shape, values: values.get(name) as Float32Array },
    ]),
  ),
);
process.stdout.write(`wrote ${file}\n`);
process.exit(0);
