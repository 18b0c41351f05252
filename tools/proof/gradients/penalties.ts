/**
 * The penalties of the proof: networks written with `@kiln/nn` as a model would be, whose Python counterparts are in
 * tensorflow_gradients.py under the same names.
 */
import {
  adversarialLosses,
  drift,
  gradientPenalties,
  pathLength,
  type Critic,
  type PenaltyPoints,
} from '@kiln/losses';
import {
  averagePool,
  batchNorm,
  blur,
  conditionalBatchNorm,
  conv2d,
  conv2dTranspose,
  dense,
  downsampleFiltered,
  embedding,
  equalizedConv2d,
  equalizedDense,
  instanceNorm,
  minibatchStddev,
  modulatedConv2d,
  noiseInput,
  normal,
  pixelNorm,
  selfAttention,
  spectralNorm,
  upsampleFiltered,
  upsampleNearest,
  type Network,
  type Scope,
} from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';

/** Applies a network of the case with the parameters that are differentiated. */
export type Apply = (network: string, ...inputs: tf.Tensor[]) => tf.Tensor;

export interface PenaltyCase {
  readonly name: string;
  readonly networks: Readonly<Record<string, Network>>;
  /** Shapes of what the loss is given besides the parameters; `labels` are int32 below 5, `mix` is in (0, 1). */
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  loss(apply: Apply, inputs: Readonly<Record<string, tf.Tensor>>): tf.Scalar;
}

const lrelu = (x: tf.Tensor): tf.Tensor => tf.leakyRelu(x, 0.2);
/** StyleGAN2's, which keeps the variance. */
const gained = (x: tf.Tensor): tf.Tensor => tf.mul(lrelu(x), Math.SQRT2);
const flat = (x: tf.Tensor): tf.Tensor => tf.reshape(x, [x.shape[0]!, x.size / x.shape[0]!]);
const float = (...shape: number[]) => ({ shape, dtype: 'float32' }) as const;

/** Every kind of layer that a penalty may have to pass. */
const critic: Network = {
  inputs: [float(16, 16, 3)],
  forward: (scope, images) => {
    let h = scope.in('a', (s) => lrelu(conv2d(s, images!, 8, { kernelSize: 3 })));
    h = scope.in('up', (s) => lrelu(instanceNorm(s, conv2dTranspose(s, h, 8, { kernelSize: 4, stride: 2 }))));
    h = averagePool(blur(h));
    h = scope.in('b', (s) => pixelNorm(lrelu(conv2d(s, h, 12, { kernelSize: 4, stride: 2 }))));
    h = upsampleNearest(h);
    h = tf.image.resizeBilinear(h as tf.Tensor4D, [12, 12], false, true);
    h = scope.in('c', (s) =>
      tf.maxPool(batchNorm(s, conv2d(s, h, 8, { kernelSize: 3 })) as tf.Tensor4D, 2, 2, 'valid'),
    );
    h = scope.in('d', (s) => tf.tanh(minibatchStddev(s, lrelu(h))));
    return scope.in('logit', (s) => dense(s, flat(h), 1));
  },
};

function residual(scope: Scope, x: tf.Tensor, filters: number): tf.Tensor {
  const options = { kernelSize: 3, gain: 1 } as const;
  let h = scope.in('conv0', (s) => gained(equalizedConv2d(s, x, x.shape[3]!, options)));
  h = scope.in('conv1', (s) => gained(equalizedConv2d(s, h, filters, { ...options, resample: 'down' })));
  const skip = scope.in('skip', (s) =>
    equalizedConv2d(s, downsampleFiltered(x), filters, { kernelSize: 1, gain: 1, bias: false }),
  );
  return tf.mul(tf.add(h, skip), Math.SQRT1_2);
}

const stylegan2D: Network = {
  inputs: [float(16, 16, 3)],
  forward: (scope, images) => {
    let h = scope.in('rgb', (s) => gained(equalizedConv2d(s, images!, 8, { kernelSize: 1, gain: 1 })));
    h = scope.in('block16', (s) => residual(s, h, 12));
    h = scope.in('block8', (s) => residual(s, h, 16));
    h = scope.in('last', (s) =>
      gained(equalizedConv2d(s, minibatchStddev(s, h), 16, { kernelSize: 3, gain: 1 })),
    );
    h = scope.in('dense', (s) => gained(equalizedDense(s, flat(h), 16, { gain: 1 })));
    return scope.in('logit', (s) => equalizedDense(s, h, 1, { gain: 1 }));
  },
};

const mapping: Network = {
  inputs: [float(8)],
  forward: (scope, z) => {
    let w = z!;
    for (const name of ['map0', 'map1'])
      w = scope.in(name, (s) => gained(equalizedDense(s, w, 8, { gain: 1, lrMultiplier: 0.01 })));
    return w;
  },
};

const synthesis: Network = {
  inputs: [float(8), float(4, 4, 1), float(8, 8, 1)],
  forward: (scope, w, noise4, noise8) => {
    const layer = (name: string, x: tf.Tensor, noise: tf.Tensor, resample: 'none' | 'up'): tf.Tensor =>
      scope.in(name, (s) => {
        const y = noiseInput(s, modulatedConv2d(s, x, w!, 8, { kernelSize: 3, resample }), noise);
        return gained(tf.add(y, s.param('bias', [8], normal(0.1))));
      });
    const colours = (name: string, x: tf.Tensor): tf.Tensor =>
      scope.in(name, (s) => modulatedConv2d(s, x, w!, 3, { kernelSize: 1, demodulate: false }));
    const start = tf.tile(scope.param('constant', [1, 4, 4, 8], normal(1)), [w!.shape[0]!, 1, 1, 1]);
    let h = layer('layer4', start, noise4!, 'none');
    const image = colours('rgb4', h);
    h = layer('layer8', h, noise8!, 'up');
    return tf.add(upsampleFiltered(image), colours('rgb8', h));
  },
};

const bigganD: Network = {
  inputs: [float(8, 8, 3), { shape: [], dtype: 'int32' }],
  forward: (scope, images, labels) => {
    const options = { parametrization: spectralNorm() };
    const code = scope.in('class', (s) => embedding(s, labels!, 5, 6, options));
    let h = scope.in('a', (s) => conv2d(s, images!, 16, { ...options, kernelSize: 3 }));
    h = scope.in('attention', (s) => selfAttention(s, h, options));
    h = scope.in('b', (s) => averagePool(conv2d(s, tf.relu(h), 16, { ...options, kernelSize: 3 })));
    h = scope.in('norm', (s) => tf.relu(conditionalBatchNorm(s, h, code, options)));
    const features = tf.sum(h, [1, 2]);
    const logit = scope.in('logit', (s) => dense(s, features, 1, options));
    const projection = scope.in('projection', (s) => embedding(s, labels!, 5, 16, options));
    return tf.add(logit, tf.sum(tf.mul(projection, features), 1, true));
  },
};

const image = [4, 16, 16, 3];

export const penaltyCases: readonly PenaltyCase[] = [
  {
    name: 'WGAN-GP and drift, critic of all layers',
    networks: { D: critic },
    inputs: { real: image, fake: image, mix: [4, 1, 1, 1] },
    loss: (apply, inputs) => {
      const points = inputs as unknown as PenaltyPoints;
      const D: Critic = (images) => apply('D', images);
      const real = D(points.real);
      return tf.addN([
        adversarialLosses.wasserstein.discriminator(real, D(points.fake)),
        tf.mul(gradientPenalties['wgan-gp'].penalty(D, points), 10),
        tf.mul(drift(real), 1e-3),
      ]) as tf.Scalar;
    },
  },
  {
    name: 'R1, StyleGAN2 discriminator',
    networks: { D: stylegan2D },
    inputs: { real: image, fake: image, mix: [4, 1, 1, 1] },
    loss: (apply, inputs) => {
      const points = inputs as unknown as PenaltyPoints;
      const D: Critic = (images) => apply('D', images);
      const logistic = adversarialLosses['non-saturating'].discriminator(D(points.real), D(points.fake));
      return tf.add(logistic, tf.mul(gradientPenalties.r1.penalty(D, points), 10));
    },
  },
  {
    name: 'path length, StyleGAN2 generator',
    networks: { mapping, synthesis },
    inputs: { z: [4, 8], noise4: [1, 4, 4, 1], noise8: [1, 8, 8, 1], noise: [4, 8, 8, 3] },
    loss: (apply, { z, noise4, noise8, noise }) => {
      const { penalty } = pathLength({
        synthesize: (w) => apply('synthesis', w, noise4!, noise8!),
        w: apply('mapping', z!),
        noise: noise!,
        mean: tf.scalar(0.5),
      });
      return tf.mul(penalty, 2);
    },
  },
  {
    name: 'hinge, WGAN-GP and R1, BigGAN discriminator',
    networks: { D: bigganD },
    inputs: { real: [4, 8, 8, 3], fake: [4, 8, 8, 3], mix: [4, 1, 1, 1], labels: [4] },
    loss: (apply, inputs) => {
      const points = inputs as unknown as PenaltyPoints;
      const D: Critic = (images) => apply('D', images, inputs['labels']!);
      return tf.addN([
        adversarialLosses.hinge.discriminator(D(points.real), D(points.fake)),
        gradientPenalties['wgan-gp'].penalty(D, points),
        gradientPenalties.r1.penalty(D, points),
      ]) as tf.Scalar;
    },
  },
];
