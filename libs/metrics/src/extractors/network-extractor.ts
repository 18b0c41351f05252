/** An extractor made of a network whose output holds features, then logits. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { compile, StateCell } from '@kiln/engine';
import { apply, type Network, type Variables } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import type { Extraction, FeatureExtractor } from './extractor.ts';

export interface NetworkExtractorOptions {
  readonly name: string;
  readonly dims: number;
  readonly classes: number;
  readonly resize: string;
  readonly weightsFile: string;
  /** Images that go through the network at once. */
  readonly batch: number;
  /** `[n, height, width, channels]` in [-1, 1] -> what the network takes. */
  prepare(images: tf.Tensor): tf.Tensor;
  /** Its output: `[n, dims + classes]`. */
  readonly network: Network;
  /** Owned by the extractor from now on. */
  readonly variables: Variables;
}

export async function networkExtractor(options: NetworkExtractorOptions): Promise<FeatureExtractor> {
  const { name, dims, classes, resize, network, variables, prepare, batch } = options;
  const hash = createHash('sha256').update(await readFile(options.weightsFile));
  const run = compile(name, (_: {}, inputs: { variables: Variables; images: tf.Tensor }) => ({
    state: {},
    outputs: apply(network, inputs.variables, [prepare(inputs.images)], {
      training: false,
      batchStatistics: 'local',
    }).output,
  }));
  const none = new StateCell({});
  return {
    name,
    dims,
    classes,
    resize,
    weights: hash.digest('hex').slice(0, 16),
    extract: async (images) => {
      const count = images.shape[0]!;
      const width = dims + classes;
      const rows = new Float32Array(count * width);
      for (let begin = 0; begin < count; begin += batch) {
        const part = batchFrom(images, begin, batch);
        const output = await run.run(none, { variables, images: part });
        rows.set(((await output.data()) as Float32Array).subarray(0, (count - begin) * width), begin * width);
        tf.dispose([part, output]);
      }
      return split(rows, dims, classes);
    },
    dispose: () => {
      run.dispose();
      none.dispose();
      tf.dispose([...Object.values(variables.params), ...Object.values(variables.stats)]);
    },
  };
}

/**
 * `size` images from `begin` on, the last repeated where there are no more: batches of one size give an image the same features
 * wherever it stands in a set.
 */
function batchFrom(images: tf.Tensor, begin: number, size: number): tf.Tensor {
  return tf.tidy(() => {
    const count = images.shape[0]!;
    const rows = Array.from({ length: size }, (_, i) => Math.min(begin + i, count - 1));
    return tf.gather(images, tf.tensor1d(rows, 'int32'));
  });
}

function split(rows: Float32Array, dims: number, classes: number): Extraction {
  const n = rows.length / (dims + classes);
  const features = new Float32Array(n * dims);
  const logits = new Float32Array(n * classes);
  for (let row = 0; row < n; row++) {
    const begin = row * (dims + classes);
    features.set(rows.subarray(begin, begin + dims), row * dims);
    logits.set(rows.subarray(begin + dims, begin + dims + classes), row * classes);
  }
  return { features, logits };
}
