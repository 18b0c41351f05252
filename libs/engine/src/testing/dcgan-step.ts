/** For tests and measurements: one training step of a DCGAN for 32x32 images, with Adam written out. */
import * as tf from '@tensorflow/tfjs-core';
import { nameScope } from '../name-scope.ts';
import { type Key, random } from '../random.ts';
import { mapTree } from '../tree.ts';
import { valueAndGrad } from '../value-and-grad.ts';

type Params = Record<string, tf.Tensor>;
type Players = { generator: Params; discriminator: Params };

export type DcganState = Players & {
  /** Running means and variances. */
  statistics: Params;
  m: Players;
  v: Players;
  step: tf.Tensor;
};

export type DcganInputs = { real: tf.Tensor; learningRate: tf.Tensor; key: Key };

const zeros = (channels: number): tf.Tensor => tf.zeros([channels]);
const ones = (channels: number): tf.Tensor => tf.ones([channels]);

function normParams(channels: number[]): Params {
  return Object.fromEntries(
    channels.flatMap((c, i) => [
      [`scale${i}`, ones(c)],
      [`offset${i}`, zeros(c)],
    ]),
  );
}

/** Batch normalisation; the new running statistics go into `stats`. */
function norm(x: tf.Tensor, params: Params, index: number, stats: Params, name: string): tf.Tensor {
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  for (const [key, now] of Object.entries({ [`${name}Mean`]: mean, [`${name}Variance`]: variance })) {
    const old = stats[key]!;
    stats[key] = tf.sub(old, tf.mul(tf.sub(old, now), 0.1));
  }
  const [offset, scale] = [params[`offset${index}`], params[`scale${index}`]] as tf.Tensor1D[];
  return tf.batchNorm(x as tf.Tensor4D, mean as tf.Tensor1D, variance as tf.Tensor1D, offset, scale, 1e-5);
}

const conv = (x: tf.Tensor, filter: tf.Tensor, stride: number): tf.Tensor =>
  tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, 'same');

const dense = (x: tf.Tensor, w: tf.Tensor, b: tf.Tensor): tf.Tensor =>
  tf.add(tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D), b);

function generate(p: Params, z: tf.Tensor, width: number, stats: Params): tf.Tensor {
  return nameScope('G', () => {
    const batch = z.shape[0]!;
    const start = tf.reshape(dense(z, p['w']!, p['b']!), [batch, 4, 4, 8 * width]);
    let h = tf.relu(norm(start, p, 0, stats, 'g0'));
    for (const i of [1, 2, 3]) {
      h = nameScope(`up${i}`, () => {
        const [size, channels] = [4 * 2 ** i, (8 * width) / 2 ** i];
        const shape: [number, number, number, number] = [batch, size, size, channels];
        const up = tf.conv2dTranspose(h as tf.Tensor4D, p[`t${i}`] as tf.Tensor4D, shape, 2, 'same');
        return tf.relu(norm(up, p, i, stats, `g${i}`));
      });
    }
    return tf.tanh(tf.add(conv(h, p['c']!, 1), p['cb']!));
  });
}

function discriminate(p: Params, x: tf.Tensor, stats: Params): tf.Tensor {
  return nameScope('D', () => {
    let h: tf.Tensor = tf.leakyRelu(tf.add(conv(x, p['c']!, 1), p['cb']!), 0.2);
    for (const i of [0, 1, 2]) {
      h = nameScope(`down${i}`, () =>
        tf.leakyRelu(norm(conv(h, p[`c${i + 1}`]!, 2), p, i, stats, `d${i}`), 0.2),
      );
    }
    return dense(tf.reshape(h, [x.shape[0]!, -1]), p['w']!, p['b']!);
  });
}

const blend = (old: tf.Tensor, now: tf.Tensor, beta: number): tf.Tensor =>
  tf.add(tf.mul(old, beta), tf.mul(now, 1 - beta));

function adam(params: Params, grads: Params, m: Params, v: Params, rate: tf.Tensor, step: tf.Tensor) {
  return nameScope('adam', () => {
    const count = tf.add(tf.cast(step, 'float32'), 1);
    const [c1, c2] = [0.5, 0.999].map((beta) => tf.sub(1, tf.pow(tf.scalar(beta), count)));
    const nextM = mapTree(m, (leaf, path) => blend(leaf, grads[path]!, 0.5));
    const nextV = mapTree(v, (leaf, path) => blend(leaf, tf.square(grads[path]!), 0.999));
    const next = mapTree(params, (leaf, path) => {
      const update = tf.div(tf.div(nextM[path]!, c1!), tf.add(tf.sqrt(tf.div(nextV[path]!, c2!)), 1e-8));
      return tf.sub(leaf, tf.mul(update, rate));
    });
    return { next, m: nextM, v: nextV };
  });
}

function makeState(width: number): DcganState {
  const key = random.key(1, 'weights');
  let draws = 0;
  const weight = (...shape: number[]): tf.Tensor =>
    tf.mul(random.normal(shape, random.fold(key, draws++)), 0.02);
  const [top, mid, low] = [8 * width, 4 * width, 2 * width];
  const generator: Params = {
    w: weight(2 * width, 16 * top),
    b: zeros(16 * top),
    t1: weight(4, 4, mid, top),
    t2: weight(4, 4, low, mid),
    t3: weight(4, 4, width, low),
    c: weight(3, 3, width, 3),
    cb: zeros(3),
    ...normParams([top, mid, low, width]),
  };
  const discriminator: Params = {
    c: weight(3, 3, 3, width),
    cb: zeros(width),
    c1: weight(4, 4, width, low),
    c2: weight(4, 4, low, mid),
    c3: weight(4, 4, mid, top),
    w: weight(16 * top, 1),
    b: zeros(1),
    ...normParams([low, mid, top]),
  };
  const statistics: Params = {};
  for (const [prefix, channels] of Object.entries({ g: [top, mid, low, width], d: [low, mid, top] })) {
    for (const [i, c] of channels.entries()) {
      statistics[`${prefix}${i}Mean`] = zeros(c);
      statistics[`${prefix}${i}Variance`] = ones(c);
    }
  }
  const slots = (): Players => mapTree({ generator, discriminator }, (leaf) => tf.zerosLike(leaf));
  return { generator, discriminator, statistics, m: slots(), v: slots(), step: tf.scalar(0, 'int32') };
}

/** With `width` 64 this is case A of the peer measurements, 6.6 M parameters. */
export function dcgan(width: number) {
  const step = (state: DcganState, { real, learningRate, key }: DcganInputs) => {
    const noise = (n: number): tf.Tensor =>
      random.normal([real.shape[0]!, 2 * width], random.fold(random.fold(key, state.step), n));
    const { m, v } = state;

    const forD = valueAndGrad((p) => {
      const stats = { ...state.statistics };
      const fake = generate(state.generator, noise(1), width, stats);
      const onReal = tf.mean(tf.softplus(tf.neg(discriminate(p, real, stats))));
      return { loss: tf.add(onReal, tf.mean(tf.softplus(discriminate(p, fake, stats)))), aux: stats };
    }, state.discriminator);
    const D = adam(
      state.discriminator,
      forD.grads,
      m.discriminator,
      v.discriminator,
      learningRate,
      state.step,
    );

    const forG = valueAndGrad((p) => {
      const stats = { ...forD.aux };
      const logits = discriminate(D.next, generate(p, noise(2), width, stats), stats);
      return { loss: tf.mean(tf.softplus(tf.neg(logits))), aux: stats };
    }, state.generator);
    const G = adam(state.generator, forG.grads, m.generator, v.generator, learningRate, state.step);

    const next: DcganState = {
      generator: G.next,
      discriminator: D.next,
      statistics: forG.aux,
      m: { generator: G.m, discriminator: D.m },
      v: { generator: G.v, discriminator: D.v },
      step: tf.add(state.step, tf.scalar(1, 'int32')),
    };
    return { state: next, outputs: { d: forD.loss as tf.Tensor, g: forG.loss as tf.Tensor } };
  };
  return { step, makeState: (): DcganState => makeState(width) };
}

/** A batch and what else a step takes. */
export function dcganInputs(batch: number): DcganInputs {
  const real = random.uniform([batch, 32, 32, 3], random.key(2, 'images'), -1, 1);
  return { real, learningRate: tf.scalar(2e-4), key: random.key(3, 'noise') };
}

const bytes = (view?: ArrayBufferView): Uint8Array =>
  view === undefined ? new Uint8Array() : new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

/** Paths of the leaves whose bits differ between two trees of one structure. */
export function differences(
  a: ReadonlyMap<string, ArrayBufferView>,
  b: ReadonlyMap<string, ArrayBufferView>,
): string[] {
  return [...a.keys()].filter((path) => Buffer.compare(bytes(a.get(path)), bytes(b.get(path))) !== 0);
}
