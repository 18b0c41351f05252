/** The step of `step-wgangp`: a GAN in the style of progressive growing at 32x32, whose penalty needs second gradients. */
import { nameScope, random, valueAndGrad } from '@kiln/engine';
import { adversarialLosses, drift, gradientPenalties } from '@kiln/losses';
import {
  adam,
  apply,
  averagePool,
  equalizedConv2d,
  equalizedDense,
  minibatchStddev,
  pixelNorm,
  upsampleNearest,
} from '@kiln/nn';
import type { Named, Network, Scope } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import type { Game, Inputs, Losses } from './game.ts';
import { newPlayer, type Player, training, updated } from './player.ts';

const batchSize = 16;
const latent = 128;
const { wasserstein } = adversarialLosses;
const penaltyWeight = 10;
const driftWeight = 1e-3;

const activate = (x: tf.Tensor): tf.Tensor => tf.leakyRelu(x, 0.2);

const conv = (scope: Scope, name: string, x: tf.Tensor, filters: number, kernelSize = 3): tf.Tensor =>
  scope.in(name, (s) => equalizedConv2d(s, x, filters, { kernelSize }));

const linear = (scope: Scope, name: string, x: tf.Tensor, units: number): tf.Tensor =>
  scope.in(name, (s) => equalizedDense(s, x, units));

/** z `[batch, 128]` -> images `[batch, 32, 32, 3]`. */
const generator: Network = {
  inputs: [{ shape: [latent], dtype: 'float32' }],
  forward: (scope, z) => {
    const normalized = (x: tf.Tensor): tf.Tensor => pixelNorm(activate(x));
    const projected = linear(scope, 'project', pixelNorm(z!), 16 * 128);
    let h = normalized(tf.reshape(projected, [z!.shape[0]!, 4, 4, 128]));
    h = normalized(conv(scope, 'conv', h, 128));
    for (const filters of [128, 64, 32])
      h = scope.in(`up${h.shape[1]! * 2}`, (s) => {
        const first = normalized(conv(s, 'conv1', upsampleNearest(h), filters));
        return normalized(conv(s, 'conv2', first, filters));
      });
    return conv(scope, 'image', h, 3, 1);
  },
};

/** images `[batch, 32, 32, 3]` -> logits `[batch, 1]`. */
const discriminator: Network = {
  inputs: [{ shape: [32, 32, 3], dtype: 'float32' }],
  forward: (scope, images) => {
    let h = activate(conv(scope, 'image', images!, 32, 1));
    for (const filters of [64, 128, 128])
      h = scope.in(`down${h.shape[1]! / 2}`, (s) => {
        const first = activate(conv(s, 'conv1', h, h.shape[3]!));
        return averagePool(activate(conv(s, 'conv2', first, filters)));
      });
    h = activate(conv(scope, 'conv', minibatchStddev(scope, h, { groupSize: batchSize }), 128));
    const features = tf.reshape(h, [h.shape[0]!, 16 * 128]);
    return linear(scope, 'logit', activate(linear(scope, 'dense', features, 128)), 1);
  },
};

type State = { readonly G: Player; readonly D: Player };

const optimizer = adam({ beta1: 0, beta2: 0.99 });

const initialState = (seed: number): State => ({
  G: newPlayer(generator, optimizer, seed, 'G'),
  D: newPlayer(discriminator, optimizer, seed, 'D'),
});

/** One update of D, with three passes of which the third is differentiated twice, then one of G against the new D. */
function step(
  { G, D }: State,
  { real, key, step: index, learningRate }: Inputs,
): { state: State; outputs: Losses } {
  const own = random.fold(key, index);
  const noise = (stream: number): tf.Tensor => random.normal([batchSize, latent], random.fold(own, stream));
  const generate = (params: Named, z: tf.Tensor): tf.Tensor =>
    apply(generator, { params, stats: {} }, [z], training).output;
  const judge = (params: Named, images: tf.Tensor): tf.Tensor =>
    apply(discriminator, { params, stats: {} }, [images], training).output;

  const fake = nameScope('G', () => generate(G.variables.params, noise(0)));
  const mix = random.uniform([batchSize, 1, 1, 1], random.fold(own, 1));
  const forD = nameScope('D', () =>
    valueAndGrad((params: Named) => {
      const onReal = judge(params, real);
      const slope = gradientPenalties['wgan-gp'].penalty((images) => judge(params, images), {
        real,
        fake,
        mix,
      });
      const penalties = tf.add(tf.mul(slope, penaltyWeight), tf.mul(drift(onReal), driftWeight));
      const value = tf.add(wasserstein.discriminator(onReal, judge(params, fake)), penalties);
      return { loss: value as tf.Scalar, aux: {} };
    }, D.variables.params),
  );
  const nextD = updated(optimizer, D, forD.grads, {}, learningRate);

  const forG = nameScope('G', () =>
    valueAndGrad((params: Named) => {
      const judged = judge(nextD.variables.params, generate(params, noise(2)));
      return { loss: wasserstein.generator(judged), aux: {} };
    }, G.variables.params),
  );
  return {
    state: { G: updated(optimizer, G, forG.grads, {}, learningRate), D: nextD },
    outputs: { D: forD.loss, G: forG.loss },
  };
}

export const wgangp: Game<State> = {
  batchSize,
  learningRate: 1e-3,
  networks: { G: generator, D: discriminator },
  initialState,
  step,
};
