/** The step of `step-dcgan`: a DCGAN for 32x32 images, written with Kiln's layers, losses and optimiser. */
import { nameScope, random, valueAndGrad } from '@kiln/engine';
import { adversarialLosses } from '@kiln/losses';
import { adam, apply, batchNorm, conv2d, conv2dTranspose, dense } from '@kiln/nn';
import type { Named, Network } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import type { Game, Inputs, Losses } from './game.ts';
import { newPlayer, type Player, training, updated } from './player.ts';

const batchSize = 64;
const latent = 128;
const widths = [512, 256, 128, 64];

/** z `[batch, 128]` -> images `[batch, 32, 32, 3]` in [-1, 1]. */
const generator: Network = {
  inputs: [{ shape: [latent], dtype: 'float32' }],
  forward: (scope, z) => {
    const [first, ...others] = widths;
    const projected = scope.in('project', (s) => dense(s, z!, 16 * first!));
    const start = tf.reshape(projected, [z!.shape[0]!, 4, 4, first!]);
    let h: tf.Tensor = tf.relu(scope.in('norm', (s) => batchNorm(s, start)));
    for (const width of others)
      h = scope.in(`up${h.shape[1]! * 2}`, (s) =>
        tf.relu(batchNorm(s, conv2dTranspose(s, h, width, { kernelSize: 4, stride: 2, bias: false }))),
      );
    return tf.tanh(scope.in('image', (s) => conv2d(s, h, 3, { kernelSize: 3 })));
  },
};

/** images `[batch, 32, 32, 3]` -> logits `[batch, 1]`. */
const discriminator: Network = {
  inputs: [{ shape: [32, 32, 3], dtype: 'float32' }],
  forward: (scope, images) => {
    const [last, ...others] = widths.toReversed();
    let h = scope.in('image', (s) => tf.leakyRelu(conv2d(s, images!, last!, { kernelSize: 3 }), 0.2));
    for (const width of others)
      h = scope.in(`down${h.shape[1]! / 2}`, (s) =>
        tf.leakyRelu(batchNorm(s, conv2d(s, h, width, { kernelSize: 4, stride: 2, bias: false })), 0.2),
      );
    const features = tf.reshape(h, [h.shape[0]!, h.size / h.shape[0]!]);
    return scope.in('logit', (s) => dense(s, features, 1));
  },
};

type State = { readonly G: Player; readonly D: Player };

const optimizer = adam({ beta1: 0.5, beta2: 0.999 });
const loss = adversarialLosses['non-saturating'];

const initialState = (seed: number): State => ({
  G: newPlayer(generator, optimizer, seed, 'G'),
  D: newPlayer(discriminator, optimizer, seed, 'D'),
});

/** One update of D, then one of G against the new D. */
function step(
  { G, D }: State,
  { real, key, step: index, learningRate }: Inputs,
): { state: State; outputs: Losses } {
  const noise = (stream: number): tf.Tensor =>
    random.normal([real.shape[0]!, latent], random.fold(random.fold(key, index), stream));

  const forD = nameScope('D', () =>
    valueAndGrad((params: Named) => {
      const fake = apply(generator, G.variables, [noise(0)], training);
      const onReal = apply(discriminator, { params, stats: D.variables.stats }, [real], training);
      const onFake = apply(discriminator, { params, stats: onReal.stats }, [fake.output], training);
      const value = loss.discriminator(onReal.output, onFake.output);
      return { loss: value, aux: { G: fake.stats, D: onFake.stats } };
    }, D.variables.params),
  );
  const nextD = updated(optimizer, D, forD.grads, forD.aux.D, learningRate);

  const forG = nameScope('G', () =>
    valueAndGrad((params: Named) => {
      const fake = apply(generator, { params, stats: forD.aux.G }, [noise(1)], training);
      const judged = apply(discriminator, nextD.variables, [fake.output], training);
      return { loss: loss.generator(judged.output), aux: { G: fake.stats, D: judged.stats } };
    }, G.variables.params),
  );
  return {
    state: {
      G: updated(optimizer, G, forG.grads, forG.aux.G, learningRate),
      D: { ...nextD, variables: { params: nextD.variables.params, stats: forG.aux.D } },
    },
    outputs: { D: forD.loss, G: forG.loss },
  };
}

export const dcgan: Game<State> = {
  batchSize,
  learningRate: 2e-4,
  networks: { G: generator, D: discriminator },
  initialState,
  step,
};
