/** The step of `step-biggan`: a small class-conditional residual GAN for 32x32 images with spectral norm and EMA. */
import { nameScope, random, stopGradient, valueAndGrad } from '@kiln/engine';
import { adversarialLosses } from '@kiln/losses';
import {
  adam,
  apply,
  averagePool,
  batchNorm,
  conditionalBatchNorm,
  conv2d,
  dense,
  embedding,
  normal,
  ones,
  orthogonal,
  spectralNorm,
  updateAverage,
  upsampleNearest,
} from '@kiln/nn';
import type { KernelOptions, Named, Network, Scope, Variables } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { type Game, type Inputs, type Losses, numClasses } from './game.ts';
import { newPlayer, type Player, training, updated } from './player.ts';

const batchSize = 32;
const latent = 64;
const codeSize = 64;
const width = 32;
const kernels: KernelOptions = { kernelInitializer: orthogonal(), parametrization: spectralNorm() };

const conv = (scope: Scope, name: string, x: tf.Tensor, filters: number, kernelSize: number): tf.Tensor =>
  scope.in(name, (s) => conv2d(s, x, filters, { ...kernels, kernelSize }));

/** Doubles the side. condition: `[batch, latent + codeSize]`. */
function upBlock(scope: Scope, x: tf.Tensor, filters: number, condition: tf.Tensor): tf.Tensor {
  const norm = (name: string, h: tf.Tensor): tf.Tensor =>
    tf.relu(scope.in(name, (s) => conditionalBatchNorm(s, h, condition, kernels)));
  const h = conv(scope, 'conv1', upsampleNearest(norm('norm1', x)), filters, 3);
  const shortcut = conv(scope, 'shortcut', upsampleNearest(x), filters, 1);
  return tf.add(conv(scope, 'conv2', norm('norm2', h), filters, 3), shortcut);
}

interface DownBlock {
  readonly filters: number;
  readonly preactivation: boolean;
  /** Halves the side, with a convolution in the shortcut. */
  readonly down: boolean;
}

function downBlock(scope: Scope, x: tf.Tensor, { filters, preactivation, down }: DownBlock): tf.Tensor {
  const inner = conv(scope, 'conv1', preactivation ? tf.relu(x) : x, filters, 3);
  const h = conv(scope, 'conv2', tf.relu(inner), filters, 3);
  return down ? tf.add(averagePool(h), averagePool(conv(scope, 'shortcut', x, filters, 1))) : tf.add(h, x);
}

/** z `[batch, 64]`, labels `[batch]` -> images `[batch, 32, 32, 3]` in [-1, 1]. */
const generator: Network = {
  inputs: [
    { shape: [latent], dtype: 'float32' },
    { shape: [], dtype: 'int32' },
  ],
  forward: (scope, z, labels) => {
    const code = scope.in('code', (s) =>
      embedding(s, labels!, numClasses, codeSize, { kernelInitializer: normal(1) }),
    );
    const condition = tf.concat([z!, code], 1);
    const start = scope.in('project', (s) => dense(s, z!, 16 * 4 * width, kernels));
    let h = tf.reshape(start, [z!.shape[0]!, 4, 4, 4 * width]);
    for (const filters of [4, 2, 1].map((times) => times * width))
      h = scope.in(`up${h.shape[1]! * 2}`, (s) => upBlock(s, h, filters, condition));
    h = tf.relu(scope.in('norm', (s) => batchNorm(s, h, { gainInitializer: ones })));
    return tf.tanh(conv(scope, 'image', h, 3, 3));
  },
};

/** images `[batch, 32, 32, 3]`, labels `[batch]` -> logits `[batch, 1]`. */
const discriminator: Network = {
  inputs: [
    { shape: [32, 32, 3], dtype: 'float32' },
    { shape: [], dtype: 'int32' },
  ],
  forward: (scope, images, labels) => {
    let h = images!;
    for (const [index, filters] of [width, 2 * width, 4 * width, 4 * width].entries()) {
      const options = { filters, preactivation: index > 0, down: index < 3 };
      h = scope.in(`block${index + 1}`, (s) => downBlock(s, h, options));
    }
    const features = tf.sum(tf.relu(h), [1, 2]);
    const logit = scope.in('logit', (s) => dense(s, features, 1, kernels));
    const code = scope.in('code', (s) => embedding(s, labels!, numClasses, 4 * width, kernels));
    return tf.add(logit, tf.sum(tf.mul(code, features), 1, true));
  },
};

type State = { readonly G: Player; readonly D: Player; readonly average: Variables };

const optimizer = adam({ beta1: 0, beta2: 0.999 });
const loss = adversarialLosses.hinge;
const averageDecay = 0.999;

function initialState(seed: number): State {
  const G = newPlayer(generator, optimizer, seed, 'G');
  const average = { params: mapNamed(G.variables.params), stats: mapNamed(G.variables.stats) };
  return { G, D: newPlayer(discriminator, optimizer, seed, 'D'), average };
}

const mapNamed = (named: Named): Named =>
  Object.fromEntries(Object.entries(named).map(([path, value]) => [path, tf.clone(value)]));

/** One update of D on generated and real images in one batch, one of G against the new D, and the average of G. */
function step(
  { G, D, average }: State,
  { real, labels, key, step: index, learningRate }: Inputs,
): { state: State; outputs: Losses } {
  const draw = (stream: number): { z: tf.Tensor; y: tf.Tensor } => {
    const own = random.fold(random.fold(key, index), stream);
    return {
      z: random.normal([batchSize, latent], random.fold(own, 0)),
      y: tf.cast(random.uniform([batchSize], random.fold(own, 1), 0, numClasses), 'int32'),
    };
  };

  const { z, y } = draw(0);
  const fake = nameScope('G', () => apply(generator, G.variables, [z, y], training));
  const images = tf.concat([stopGradient(fake.output), real], 0);
  const classes = tf.concat([y, labels], 0);
  const forD = nameScope('D', () =>
    valueAndGrad((params: Named) => {
      const judged = apply(discriminator, { params, stats: D.variables.stats }, [images, classes], training);
      const [onFake, onReal] = tf.split(judged.output, 2) as [tf.Tensor, tf.Tensor];
      return { loss: loss.discriminator(onReal, onFake), aux: judged.stats };
    }, D.variables.params),
  );
  const nextD = updated(optimizer, D, forD.grads, forD.aux, learningRate);

  const forG = nameScope('G', () =>
    valueAndGrad((params: Named) => {
      const next = draw(1);
      const made = apply(generator, { params, stats: fake.stats }, [next.z, next.y], training);
      const judged = apply(discriminator, nextD.variables, [made.output, next.y], training);
      return { loss: loss.generator(judged.output), aux: { G: made.stats, D: judged.stats } };
    }, G.variables.params),
  );
  const nextG = updated(optimizer, G, forG.grads, forG.aux.G, learningRate);
  return {
    state: {
      G: nextG,
      D: { ...nextD, variables: { params: nextD.variables.params, stats: forG.aux.D } },
      average: updateAverage(average, nextG.variables, tf.scalar(averageDecay)),
    },
    outputs: { D: forD.loss, G: forG.loss },
  };
}

export const biggan: Game<State> = {
  batchSize,
  learningRate: 2e-4,
  networks: { G: generator, D: discriminator },
  initialState,
  step,
};
