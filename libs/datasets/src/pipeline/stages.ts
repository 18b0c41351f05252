/**
 * The functions that tf.data calls. A source of arrays needs one, which makes whole batches. A source of files needs three: what can be
 * looked up for a batch at once, what must be done for each sample (in parallel), and what is cheaper for the batch again.
 */
import { traceFunction, type TracedFunction, tfType } from '@kiln/engine';
import { DataType } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import type { ArraySource, FileSource, Target } from '../sources/source.ts';
import { choose } from './choose.ts';
import { mirrorOne, mirrorSome } from './mirror.ts';
import { op, reshape, toFloat, toInt32 } from './ops.ts';
import { fitImages } from './resize.ts';

export interface StageOptions {
  readonly target: Target;
  readonly mirror: boolean;
  /** Of this rank in one batch. */
  readonly samples: number;
}

export interface ArrayStages {
  readonly draw: TracedFunction;
}

export interface FileStages {
  /** Batch number to labels, indices, mirror coins and the source's fields, [samples, …] each. */
  readonly lookUp: TracedFunction;
  /** The same of one sample to image, label and index. */
  readonly decode: TracedFunction;
  /** Stacked images, labels and indices to the batch. */
  readonly finish: TracedFunction;
}

const BATCH_NUMBER = { shape: [], tfDtype: DataType.int64 } as const;

/** `captured`: plan, substitutes and the source's arrays, in this order. */
export function traceArrayStages(
  source: ArraySource,
  { target, mirror, samples }: StageOptions,
  captured: readonly tf.Tensor[],
): ArrayStages {
  const draw = (number: tf.Tensor, plan: tf.Tensor, replaced: tf.Tensor, ...arrays: tf.Tensor[]) => {
    const { indices, examples, mirrored } = choose(number, plan, replaced, samples);
    const { images, labels } = source.draw(examples, arrays, target);
    const turned = mirror ? mirrorSome(images, mirrored) : images;
    return [scaled(fitImages(turned, source.size, target)), labels, toInt32(indices)];
  };
  return { draw: traceFunction('kiln_draw', draw as Body, [BATCH_NUMBER, ...captured.map(specOf)]) };
}

export function traceFileStages(
  source: FileSource,
  { target, mirror, samples }: StageOptions,
  captured: readonly tf.Tensor[],
): FileStages {
  const lookUp = (number: tf.Tensor, plan: tf.Tensor, replaced: tf.Tensor, ...arrays: tf.Tensor[]) => {
    const { indices, examples, mirrored } = choose(number, plan, replaced, samples);
    const { labels, fields } = source.lookUp(examples, arrays);
    return [labels, toInt32(indices), mirrored, ...fields];
  };
  const decode = (label: tf.Tensor, index: tf.Tensor, mirrored: tf.Tensor, ...fields: tf.Tensor[]) => {
    const decoded = op('ExpandDims', [source.decode(fields, target.channels), tf.scalar(0, 'int32')]);
    const image = reshape(fitImages(decoded, source.size, target), [
      target.height,
      target.width,
      target.channels,
    ]);
    return [mirror ? mirrorOne(image, mirrored) : image, label, index];
  };
  const made: TracedFunction[] = [];
  const trace = (name: string, body: Body, args: Parameters<typeof traceFunction>[2]) => {
    const traced = traceFunction(name, body, args);
    made.push(traced);
    return traced;
  };
  try {
    const first = trace('kiln_look_up', lookUp as Body, [BATCH_NUMBER, ...captured.map(specOf)]);
    const second = trace(
      'kiln_decode',
      decode as Body,
      first.outputs.map(({ shape, dtype }) => ({ shape: shape?.slice(1) ?? null, tfDtype: dtype })),
    );
    const third = trace(
      'kiln_finish',
      finish as Body,
      second.outputs.map(({ shape, dtype }) => ({ shape: [samples, ...(shape ?? [])], tfDtype: dtype })),
    );
    return { lookUp: first, decode: second, finish: third };
  } catch (error) {
    for (const traced of made) traced.dispose();
    throw error;
  }
}

function finish(images: tf.Tensor, labels: tf.Tensor, indices: tf.Tensor): tf.Tensor[] {
  return [scaled(images), labels, indices];
}

type Body = (...args: tf.Tensor[]) => tf.Tensor[];

function specOf(tensor: tf.Tensor): { shape: number[]; tfDtype: number } {
  return { shape: tensor.shape, tfDtype: tfType(tensor) };
}

/** 0 to 255 becomes -1 to 1: symmetric about 0, and exact at both ends. */
function scaled(images: tf.Tensor): tf.Tensor {
  return tf.mul(tf.sub(toFloat(images), 127.5), 1 / 127.5);
}
