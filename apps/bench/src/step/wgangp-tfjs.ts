/**
 * The step of wgangp.ts in stock tfjs-node. Its leaky ReLU and its average pooling cannot be differentiated twice, so D has them
 * in other words, which do the same.
 */
import type { Scalar, Tensor, Tensor2D, Tensor4D, Variable } from '@tensorflow/tfjs-core';
import { checkSize, descend, tf, timeStep, variable } from './tfjs-parts.ts';

const [batch, latent] = [16, 128];

/** Makes layers with an equalised learning rate and collects what they train. */
class Network {
  readonly trained: Variable[] = [];

  #parameter(value: Tensor): Variable {
    const made = variable(value);
    this.trained.push(made);
    return made;
  }

  conv(of: number, to: number, size = 3): (x: Tensor4D) => Tensor4D {
    const kernel = this.#parameter(tf.randomNormal([size, size, of, to]));
    const bias = this.#parameter(tf.zeros([to]));
    const scale = Math.sqrt(2 / (of * size * size));
    return (x) => tf.add(tf.conv2d(x, tf.mul(kernel, scale) as Tensor4D, 1, 'same'), bias);
  }

  dense(of: number, to: number): (x: Tensor2D) => Tensor2D {
    const kernel = this.#parameter(tf.randomNormal([of, to]));
    const bias = this.#parameter(tf.zeros([to]));
    const scale = Math.sqrt(2 / of);
    return (x) => tf.add(tf.matMul(x, tf.mul(kernel, scale) as Tensor2D), bias);
  }
}

const pixelNorm = <T extends Tensor>(x: T): T =>
  tf.mul(x, tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), 1e-8)));

/** 0.6 x + 0.4 |x| is x above 0 and 0.2 x below. */
const twiceDifferentiable = {
  leakyRelu: <T extends Tensor>(x: T): T => tf.add(tf.mul(x, 0.6), tf.mul(tf.abs(x), 0.4)),
  halved: (x: Tensor4D): Tensor4D => {
    const [count, height, width, channels] = x.shape;
    const pairs = tf.reshape(x, [(count * height) / 2, 2, width / 2, 2, channels]);
    return tf.reshape(tf.mean(pairs, [1, 3]), [count, height / 2, width / 2, channels]);
  },
};

class Generator extends Network {
  readonly #project = this.dense(latent, 2048);
  readonly #first = this.conv(128, 128);
  readonly #blocks = (
    [
      [128, 128],
      [128, 64],
      [64, 32],
    ] as const
  ).map(([of, to]) => [this.conv(of, to), this.conv(to, to)] as const);
  readonly #image = this.conv(32, 3, 1);

  draw(z: Tensor2D): Tensor4D {
    const activate = (x: Tensor4D): Tensor4D => pixelNorm(tf.leakyRelu(x, 0.2));
    let h = activate(tf.reshape(this.#project(pixelNorm(z)), [batch, 4, 4, 128]));
    h = activate(this.#first(h));
    for (const [conv1, conv2] of this.#blocks) {
      const doubled = tf.image.resizeNearestNeighbor(h, [2 * h.shape[1], 2 * h.shape[2]]);
      h = activate(conv2(activate(conv1(doubled))));
    }
    return this.#image(h);
  }
}

class Discriminator extends Network {
  readonly #image = this.conv(3, 32, 1);
  readonly #blocks = (
    [
      [32, 64],
      [64, 128],
      [128, 128],
    ] as const
  ).map(([of, to]) => [this.conv(of, of), this.conv(of, to)] as const);
  readonly #last = this.conv(129, 128);
  readonly #dense = this.dense(2048, 128);
  readonly #logit = this.dense(128, 1);

  judge(images: Tensor4D): Tensor2D {
    const { leakyRelu, halved } = twiceDifferentiable;
    let h = leakyRelu(this.#image(images));
    for (const [conv1, conv2] of this.#blocks) h = halved(leakyRelu(conv2(leakyRelu(conv1(h)))));
    const deviation = tf.mean(tf.sqrt(tf.add(tf.moments(h, 0).variance, 1e-8)));
    h = leakyRelu(this.#last(tf.concat([h, tf.mul(tf.ones([batch, 4, 4, 1]), deviation) as Tensor4D], 3)));
    return this.#logit(leakyRelu(this.#dense(tf.reshape(h, [batch, 2048]))));
  }
}

const [G, D] = [new Generator(), new Discriminator()];
checkSize(G.trained, 845_475);
checkSize(D.trained, 844_961);
const [forG, forD] = [tf.train.adam(1e-3, 0, 0.99, 1e-8), tf.train.adam(1e-3, 0, 0.99, 1e-8)];
const real = tf.randomUniform([batch, 32, 32, 3], -1, 1) as Tensor4D;
const draw = (): Tensor4D => G.draw(tf.randomNormal([batch, latent]));

await timeStep(() => {
  const fake = draw();
  const mix = tf.randomUniform([batch, 1, 1, 1]);
  const between = tf.add(real, tf.mul(mix, tf.sub(fake, real))) as Tensor4D;
  const lossD = descend(
    () => {
      const [onReal, onFake] = [D.judge(real), D.judge(fake)];
      const slope = tf.grad((images: Tensor) => tf.sum(D.judge(images as Tensor4D)))(between);
      const length = tf.sqrt(tf.add(tf.sum(tf.square(slope), [1, 2, 3]), 1e-12));
      const penalty = tf.mul(tf.mean(tf.square(tf.sub(length, 1))), 10);
      const drift = tf.mul(tf.mean(tf.square(onReal)), 1e-3);
      return tf.add(tf.sub(tf.mean(onFake), tf.mean(onReal)), tf.add(penalty, drift)) as Scalar;
    },
    D.trained,
    forD,
  );
  const lossG = descend(() => tf.neg(tf.mean(D.judge(draw()))) as Scalar, G.trained, forG);
  return [lossD, lossG];
});
