/** What the programs of stock tfjs share. Arguments: the folder of its packages, `eager`, then the settings as JSON. */
import { createRequire } from 'node:module';
import type * as Core from '@tensorflow/tfjs-core';
import { type RoundSettings, timeSteps } from './timing.ts';

const [modules = '', , settings = ''] = process.argv.slice(2);
const require = createRequire(`${modules}/`);
const util = require('node:util') as Record<string, unknown>;
// Node 23 removed these; tfjs-node still calls them.
util['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
util['isArray'] = Array.isArray;

// A peer, installed on request and outside this workspace, so no dependency of it.
const stock = '@tensorflow/tfjs-node';
export const tf = require(stock) as typeof Core;

let numVariables = 0;

export const variable = (value: Core.Tensor, trainable = true): Core.Variable =>
  tf.variable(value, trainable, `v${numVariables++}`);

/** Batch statistics, with running ones kept beside. */
export class BatchNorm {
  readonly gain: Core.Variable;
  readonly offset: Core.Variable;
  readonly #mean: Core.Variable;
  readonly #variance: Core.Variable;

  constructor(channels: number) {
    this.gain = variable(tf.ones([channels]));
    this.offset = variable(tf.zeros([channels]));
    this.#mean = variable(tf.zeros([channels]), false);
    this.#variance = variable(tf.ones([channels]), false);
  }

  use(x: Core.Tensor4D): Core.Tensor4D {
    const { mean, variance } = tf.moments(x, [0, 1, 2]);
    const keep = (running: Core.Variable, batch: Core.Tensor): void =>
      running.assign(tf.add(running, tf.mul(tf.sub(batch, running), 0.1)));
    keep(this.#mean, mean);
    keep(this.#variance, variance);
    return tf.batchNorm(
      x,
      mean as Core.Tensor1D,
      variance as Core.Tensor1D,
      this.offset as never,
      this.gain as never,
      1e-5,
    ) as Core.Tensor4D;
  }
}

/** A network of another size would be another step. */
export function checkSize(trained: readonly Core.Variable[], expected: number): void {
  const size = trained.reduce((sum, { size: own }) => sum + own, 0);
  if (size !== expected) throw new Error(`the network has ${size} parameters, that of Kiln ${expected}`);
}

/** One update; returns the loss. */
export function descend(
  loss: () => Core.Scalar,
  trained: Core.Variable[],
  optimizer: Core.Optimizer,
): number {
  const { value, grads } = tf.variableGrads(loss, trained);
  optimizer.applyGradients(grads);
  return value.dataSync()[0]!;
}

/** `step` returns both losses. */
export async function timeStep(step: () => number[]): Promise<void> {
  const timing = await timeSteps(
    async () => {
      const losses: number[] = [];
      tf.tidy(() => void losses.push(...step()));
      return losses;
    },
    JSON.parse(settings) as RoundSettings,
  );
  console.log(JSON.stringify(timing));
}
