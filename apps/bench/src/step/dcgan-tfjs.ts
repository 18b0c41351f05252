/** The step of dcgan.ts in stock tfjs-node, written as its documentation suggests. */
import type { Scalar, Tensor, Tensor2D, Tensor4D, Variable } from '@tensorflow/tfjs-core';
import { BatchNorm, checkSize, descend, tf, timeStep, variable } from './tfjs-parts.ts';

const [batch, latent] = [64, 128];

const weight = (...shape: number[]): Variable => variable(tf.randomNormal(shape, 0, 0.02));
const zeros = (size: number): Variable => variable(tf.zeros([size]));
const kernels = [
  [512, 256],
  [256, 128],
  [128, 64],
] as const;

const G = {
  project: weight(latent, 16 * 512),
  projectBias: zeros(16 * 512),
  up: kernels.map(([of, to]) => weight(4, 4, to, of)),
  norms: [512, 256, 128, 64].map((channels) => new BatchNorm(channels)),
  image: weight(3, 3, 64, 3),
  imageBias: zeros(3),
};

const D = {
  image: weight(3, 3, 3, 64),
  imageBias: zeros(64),
  down: kernels.toReversed().map(([to, of]) => weight(4, 4, of, to)),
  norms: [128, 256, 512].map((channels) => new BatchNorm(channels)),
  logit: weight(16 * 512, 1),
  logitBias: zeros(1),
};

const gains = (norms: BatchNorm[]): Variable[] => norms.flatMap(({ gain, offset }) => [gain, offset]);
const trainedG = [G.project, G.projectBias, ...G.up, G.image, G.imageBias, ...gains(G.norms)];
const trainedD = [D.image, D.imageBias, ...D.down, D.logit, D.logitBias, ...gains(D.norms)];
checkSize(trainedG, 3_812_931);
checkSize(trainedD, 2_764_289);

function generate(z: Tensor2D): Tensor4D {
  const projected = tf.add(tf.matMul(z, G.project as Tensor as Tensor2D), G.projectBias);
  let h = tf.relu(G.norms[0]!.use(tf.reshape(projected, [batch, 4, 4, 512])));
  for (const [index, [, to]] of kernels.entries()) {
    const size = 8 * 2 ** index;
    const kernel = G.up[index] as Tensor as Tensor4D;
    h = tf.relu(G.norms[index + 1]!.use(tf.conv2dTranspose(h, kernel, [batch, size, size, to], 2, 'same')));
  }
  return tf.tanh(tf.add(tf.conv2d(h, G.image as Tensor as Tensor4D, 1, 'same'), G.imageBias));
}

function judge(images: Tensor4D): Tensor {
  let h: Tensor4D = tf.leakyRelu(
    tf.add(tf.conv2d(images, D.image as Tensor as Tensor4D, 1, 'same'), D.imageBias),
    0.2,
  );
  for (const [index, kernel] of D.down.entries())
    h = tf.leakyRelu(D.norms[index]!.use(tf.conv2d(h, kernel as Tensor as Tensor4D, 2, 'same')), 0.2);
  return tf.add(tf.matMul(tf.reshape(h, [batch, 16 * 512]), D.logit as Tensor as Tensor2D), D.logitBias);
}

const [forG, forD] = [tf.train.adam(2e-4, 0.5, 0.999, 1e-8), tf.train.adam(2e-4, 0.5, 0.999, 1e-8)];
const real = tf.randomUniform([batch, 32, 32, 3], -1, 1) as Tensor4D;
const draw = (): Tensor2D => tf.randomNormal([batch, latent]);
const meanSoftplus = (x: Tensor): Scalar => tf.mean(tf.softplus(x)) as Scalar;

await timeStep(() => {
  const fake = generate(draw());
  const lossD = descend(
    () => tf.add(meanSoftplus(tf.neg(judge(real))), meanSoftplus(judge(fake))),
    trainedD,
    forD,
  );
  const lossG = descend(() => meanSoftplus(tf.neg(judge(generate(draw())))), trainedG, forG);
  return [lossD, lossG];
});
