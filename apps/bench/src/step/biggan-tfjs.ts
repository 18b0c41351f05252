/** The step of biggan.ts in stock tfjs-node, written as its documentation suggests. */
import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor4D, Variable } from '@tensorflow/tfjs-core';
import { BatchNorm, checkSize, descend, tf, timeStep, variable } from './tfjs-parts.ts';

const [batch, classes, latent, code, width] = [32, 10, 64, 64, 32];

const unit = (x: Tensor): Tensor => tf.div(x, tf.sqrt(tf.add(tf.sum(tf.square(x)), 1e-12)));

/** A kernel over its largest singular value, which one step of the power iteration before each pass follows. */
class Normalized {
  readonly kernel: Variable;
  readonly #left: Variable;
  readonly #right: Variable;

  constructor(...shape: number[]) {
    const [of, to] = [shape.slice(0, -1).reduce((size, side) => size * side), shape.at(-1)!];
    this.kernel = variable(tf.randomNormal(shape, 0, 0.05));
    this.#left = variable(unit(tf.randomNormal([1, to])), false);
    this.#right = variable(tf.zeros([1, of]), false);
  }

  /** Outside of what is differentiated: tfjs has no other way to keep vectors constant. */
  iterate(): void {
    this.#right.assign(unit(tf.matMul(this.#left as Tensor as Tensor2D, this.#matrix(), false, true)));
    this.#left.assign(unit(tf.matMul(this.#right as Tensor as Tensor2D, this.#matrix())));
  }

  use(): Tensor {
    const largest = tf.sum(tf.mul(tf.matMul(this.#right as Tensor as Tensor2D, this.#matrix()), this.#left));
    return tf.div(this.kernel, largest);
  }

  #matrix(): Tensor2D {
    return tf.reshape(this.kernel, [-1, this.#left.shape[1]!]);
  }
}

/** Makes layers and collects what they train. */
class Network {
  readonly trained: Variable[] = [];
  readonly #normalized: Normalized[] = [];

  iterate(): void {
    for (const each of this.#normalized) each.iterate();
  }

  parameter(value: Tensor): Variable {
    const made = variable(value);
    this.trained.push(made);
    return made;
  }

  normalized(...shape: number[]): Normalized {
    const made = new Normalized(...shape);
    this.trained.push(made.kernel);
    this.#normalized.push(made);
    return made;
  }

  conv(of: number, to: number, size: number): (x: Tensor4D) => Tensor4D {
    const [kernel, bias] = [this.normalized(size, size, of, to), this.parameter(tf.zeros([to]))];
    return (x) => tf.add(tf.conv2d(x, kernel.use() as Tensor4D, 1, 'same'), bias);
  }

  dense(of: number, to: number): (x: Tensor2D) => Tensor2D {
    const [kernel, bias] = [this.normalized(of, to), this.parameter(tf.zeros([to]))];
    return (x) => tf.add(tf.matMul(x, kernel.use() as Tensor2D), bias);
  }

  conditionalNorm(channels: number): (x: Tensor4D, condition: Tensor2D) => Tensor4D {
    // Its own gain and offset stay 1 and 0.
    const norm = new BatchNorm(channels);
    const [gain, offset] = [
      this.normalized(latent + code, channels),
      this.normalized(latent + code, channels),
    ];
    const perSample = (condition: Tensor2D, kernel: Normalized): Tensor =>
      tf.reshape(tf.matMul(condition, kernel.use() as Tensor2D), [-1, 1, 1, channels]);
    return (x, condition) =>
      tf.add(
        tf.mul(norm.use(x), tf.add(perSample(condition, gain), 1)),
        perSample(condition, offset),
      ) as Tensor4D;
  }

  upBlock(of: number, to: number): (x: Tensor4D, condition: Tensor2D) => Tensor4D {
    const [norm1, conv1] = [this.conditionalNorm(of), this.conv(of, to, 3)];
    const [norm2, conv2] = [this.conditionalNorm(to), this.conv(to, to, 3)];
    const shortcut = this.conv(of, to, 1);
    return (x, condition) => {
      const h = conv1(doubled(tf.relu(norm1(x, condition))));
      return tf.add(conv2(tf.relu(norm2(h, condition))), shortcut(doubled(x)));
    };
  }

  downBlock(of: number, to: number, preactivation: boolean, down: boolean): (x: Tensor4D) => Tensor4D {
    const [conv1, conv2] = [this.conv(of, to, 3), this.conv(to, to, 3)];
    const shortcut = down ? this.conv(of, to, 1) : undefined;
    return (x) => {
      const h = conv2(tf.relu(conv1(preactivation ? tf.relu(x) : x)));
      return shortcut === undefined ? tf.add(h, x) : tf.add(halved(h), halved(shortcut(x)));
    };
  }
}

const doubled = (x: Tensor4D): Tensor4D =>
  tf.image.resizeNearestNeighbor(x, [2 * x.shape[1], 2 * x.shape[2]]);
const halved = (x: Tensor4D): Tensor4D => tf.avgPool(x, 2, 2, 'valid');

class Generator extends Network {
  readonly #code = this.parameter(tf.randomNormal([classes, code]));
  readonly #project = this.dense(latent, 16 * 4 * width);
  readonly #blocks = (
    [
      [4, 4],
      [4, 2],
      [2, 1],
    ] as const
  ).map(([of, to]) => this.upBlock(of * width, to * width));
  readonly #norm = new BatchNorm(width);
  readonly #image = this.conv(width, 3, 3);

  constructor() {
    super();
    this.trained.push(this.#norm.gain, this.#norm.offset);
  }

  draw(z: Tensor2D, labels: Tensor1D): Tensor4D {
    const condition = tf.concat([z, tf.gather(this.#code, labels) as Tensor2D], 1);
    let h = tf.reshape(this.#project(z), [batch, 4, 4, 4 * width]) as Tensor4D;
    for (const block of this.#blocks) h = block(h, condition);
    return tf.tanh(this.#image(tf.relu(this.#norm.use(h))));
  }
}

class Discriminator extends Network {
  readonly #blocks = (
    [
      [3, width],
      [width, 2 * width],
      [2 * width, 4 * width],
      [4 * width, 4 * width],
    ] as const
  ).map(([of, to], index) => this.downBlock(of, to, index > 0, index < 3));
  readonly #logit = this.dense(4 * width, 1);
  readonly #code = this.normalized(classes, 4 * width);

  judge(images: Tensor4D, labels: Tensor1D): Tensor2D {
    let h = images;
    for (const block of this.#blocks) h = block(h);
    const features = tf.sum(tf.relu(h), [1, 2]) as Tensor2D;
    const byClass = tf.sum(tf.mul(tf.gather(this.#code.use(), labels), features), 1, true);
    return tf.add(this.#logit(features), byClass);
  }
}

const [G, D] = [new Generator(), new Discriminator()];
checkSize(G.trained, 734_403);
checkSize(D.trained, 594_145);
const [forG, forD] = [tf.train.adam(2e-4, 0, 0.999, 1e-8), tf.train.adam(2e-4, 0, 0.999, 1e-8)];
const average = G.trained.map((value) => variable(value.clone(), false));
const real = tf.randomUniform([batch, 32, 32, 3], -1, 1) as Tensor4D;
const labels = tf.mod(tf.range(0, batch, 1, 'int32'), tf.scalar(classes, 'int32')) as Tensor1D;

const draw = (): [Tensor2D, Tensor1D] => [
  tf.randomNormal([batch, latent]),
  tf.randomUniform([batch], 0, classes, 'int32') as Tensor1D,
];

await timeStep(() => {
  const [z, y] = draw();
  G.iterate();
  const images = tf.concat([G.draw(z, y), real]);
  const both = tf.concat([y, labels]);
  D.iterate();
  const lossD = descend(
    () => {
      const [onFake, onReal] = tf.split(D.judge(images, both), 2) as [Tensor, Tensor];
      const above = (x: Tensor): Tensor => tf.mean(tf.relu(tf.add(x, 1)));
      return tf.add(above(onFake), above(tf.neg(onReal))) as Scalar;
    },
    D.trained,
    forD,
  );
  const [nextZ, nextY] = draw();
  G.iterate();
  D.iterate();
  const lossG = descend(
    () => tf.neg(tf.mean(D.judge(G.draw(nextZ, nextY), nextY))) as Scalar,
    G.trained,
    forG,
  );
  for (const [index, value] of G.trained.entries()) {
    const mean = average[index]!;
    mean.assign(tf.sub(mean, tf.mul(tf.sub(mean, value), 0.001)));
  }
  return [lossD, lossG];
});
