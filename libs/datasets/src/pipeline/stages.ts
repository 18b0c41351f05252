/**
 * The functions that tf.data calls. Whole batches are drawn by one function where that can be: an array source, with nothing random
 * but the mirror. Otherwise there are three: what can be looked up for a batch at once, what must be done for each sample (in
 * parallel), and what is cheaper for the batch again.
 */
import { rawOp, type ResultSpec, traceFunction, type TracedFunction, tfType } from '@kiln/engine';
import { attr, DataType } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import type { ArraySource, Source, Target } from '../sources/source.ts';
import { type DrawName, type Draws, drawNames, isSamplewise } from './augmentation.ts';
import { choose } from './choose.ts';
import { jitterColours } from './colour.ts';
import { decodeImage } from './decode.ts';
import { mirrorOne, mirrorSome } from './mirror.ts';
import { op, reshape, toFloat, toInt32 } from './ops.ts';
import { fitImages, type Placing } from './resize.ts';

export interface StageOptions extends Placing {
  readonly target: Target;
  /** Of this rank in one batch. */
  readonly samples: number;
}

export interface BatchStage {
  readonly draw: TracedFunction;
}

export interface SampleStages {
  /** Batch number to labels, indices, draws and the source's fields, [samples, …] each. */
  readonly lookUp: TracedFunction;
  /** The same of one sample to image, label and index, and the mirror's draw if that is left to the next stage. */
  readonly decode: TracedFunction;
  /** The two above as tf.data calls them: for several samples at once, where each is little work. */
  readonly lookUpChunks: TracedFunction;
  readonly decodeChunk: TracedFunction;
  /** Stacked chunks of images, labels and indices to the batch. */
  readonly finish: TracedFunction;
  /** Samples in a chunk. */
  readonly chunk: number;
}

const BATCH_NUMBER = { shape: [], tfDtype: DataType.int64 } as const;

/** `captured`: plan, substitutes and the source's arrays, in this order. */
export function traceBatchStage(
  source: ArraySource,
  { target, samples, ...placing }: StageOptions,
  captured: readonly tf.Tensor[],
): BatchStage {
  const names = drawNames(placing.augmentation);
  const draw = (number: tf.Tensor, plan: tf.Tensor, replaced: tf.Tensor, ...arrays: tf.Tensor[]) => {
    const { indices, examples, draws } = choose(number, plan, replaced, samples, names);
    const { images, labels } = source.draw(examples, arrays, target);
    const { mirror } = named(names, draws);
    const turned = mirror ? mirrorSome(images, mirror) : images;
    return [scaled(fitImages(turned, source.size, target, placing)), labels, toInt32(indices)];
  };
  return { draw: traceFunction('kiln_draw', draw as Body, [BATCH_NUMBER, ...captured.map(specOf)]) };
}

export function traceSampleStages(
  source: Source,
  { target, samples, ...placing }: StageOptions,
  captured: readonly tf.Tensor[],
): SampleStages {
  const names = drawNames(placing.augmentation);
  const chunk = chunkSize(source, target, placing, samples);
  const lookUp = (number: tf.Tensor, plan: tf.Tensor, replaced: tf.Tensor, ...arrays: tf.Tensor[]) => {
    const { indices, examples, draws } = choose(number, plan, replaced, samples, names);
    const { labels, fields } = fieldsOf(source, examples, arrays, target);
    return [labels, toInt32(indices), ...draws, ...fields];
  };
  const decode = (label: tf.Tensor, index: tf.Tensor, ...rest: tf.Tensor[]) => {
    const draws = named(names, rest);
    const image = imageOf(source, rest.slice(names.length), target);
    const fitted = fittedOne(image, source, target, placing, draws);
    // Bytes and small images are cheaper to mirror a batch at a time.
    const small = chunk > 1 || tfType(fitted) === DataType.uint8;
    if (draws.mirror && small && !isSamplewise(placing.augmentation))
      return [fitted, label, index, draws.mirror];
    const turned = draws.mirror ? mirrorOne(fitted, draws.mirror) : fitted;
    return [jitterColours(turned, placing.augmentation, draws), label, index];
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
    const inChunks = (...args: tf.Tensor[]) =>
      (lookUp as Body)(...args).map((x) => reshape(x, [samples / chunk, chunk, ...x.shape.slice(1)]));
    const eachOf = (...fields: tf.Tensor[]) => stacked(fields, chunk, decode as Body);
    const chunked = (outputs: readonly ResultSpec[]) =>
      outputs.map(({ shape, dtype }) => ({ shape: [chunk, ...(shape ?? [])], tfDtype: dtype }));
    const lookUpChunks = trace('kiln_look_up_chunks', inChunks, [BATCH_NUMBER, ...captured.map(specOf)]);
    const decodeChunk = trace(
      'kiln_decode_chunk',
      eachOf,
      lookUpChunks.outputs.map(({ shape, dtype }) => ({ shape: shape?.slice(1) ?? null, tfDtype: dtype })),
    );
    const whole = (...parts: tf.Tensor[]) =>
      (finish as Body)(...parts.map((x) => reshape(x, [samples, ...x.shape.slice(2)])));
    const third = trace(
      'kiln_finish',
      whole,
      chunked(second.outputs).map(({ shape, tfDtype }) => ({ shape: [samples / chunk, ...shape], tfDtype })),
    );
    return { lookUp: first, decode: second, lookUpChunks, decodeChunk, finish: third, chunk };
  } catch (error) {
    for (const traced of made) traced.dispose();
    throw error;
  }
}

/** What makes a chunk worth a thread's while; more would only take memory. */
const CHUNK_PIXELS = 1 << 14;
const MAX_CHUNK = 16;

/**
 * How many samples one call decodes. Handing a small image from thread to thread costs as much as decoding it. A chunk is run without
 * the executor's own threads, which knows no branches: where there are some, a chunk is one sample.
 */
function chunkSize(source: Source, target: Target, { augmentation }: Placing, samples: number): number {
  const hasBranch =
    (source.kind === 'file' && source.isMixed) || (augmentation.mirror && isSamplewise(augmentation));
  // Of several sizes, one may be large.
  if (hasBranch || source.size === null) return 1;
  const pixels = Math.max(source.size.height * source.size.width, target.height * target.width);
  const wanted = Math.min(MAX_CHUNK, Math.floor(CHUNK_PIXELS / pixels));
  return Math.max(1, ...divisors(samples).filter((size) => size <= wanted));
}

function divisors(n: number): number[] {
  return Array.from({ length: Math.min(n, MAX_CHUNK) }, (_, i) => i + 1).filter((size) => n % size === 0);
}

/** `each` of every row of `fields` ([chunk, …]), put together again. */
function stacked(fields: readonly tf.Tensor[], chunk: number, each: Body): tf.Tensor[] {
  const rows = fields.map((field) => rawOp('Unpack', [field], { num: attr.int(chunk) }));
  const results = Array.from({ length: chunk }, (_, i) => each(...rows.map((row) => row[i] as tf.Tensor)));
  return (results[0] ?? []).map((_, which) =>
    op('Pack', [results.map((result) => result[which] as tf.Tensor)]),
  );
}

/** What the second stage gets of each sample: where to read it, or itself. */
function fieldsOf(
  source: Source,
  examples: tf.Tensor,
  arrays: tf.Tensor[],
  target: Target,
): { labels: tf.Tensor; fields: tf.Tensor[] } {
  if (source.kind === 'file') return source.lookUp(examples, arrays);
  const { images, labels } = source.draw(examples, arrays, target);
  return { labels, fields: [images] };
}

function imageOf(source: Source, fields: tf.Tensor[], { channels }: Target): tf.Tensor {
  return source.kind === 'file' ? decodeImage(source.encoded(fields), channels) : (fields[0] as tf.Tensor);
}

/** image: [height, width, channels]; so it comes out, of the target's size. */
function fittedOne(
  image: tf.Tensor,
  source: Source,
  target: Target,
  placing: Placing,
  draws: Draws<tf.Tensor>,
): tf.Tensor {
  const one = op('ExpandDims', [image, tf.scalar(0, 'int32')]);
  return reshape(fitImages(one, source.size, target, placing, draws), [
    target.height,
    target.width,
    target.channels,
  ]);
}

function named(names: readonly DrawName[], draws: readonly tf.Tensor[]): Draws<tf.Tensor> {
  return Object.fromEntries(names.map((name, i) => [name, draws[i] as tf.Tensor]));
}

function finish(images: tf.Tensor, labels: tf.Tensor, indices: tf.Tensor, mirror?: tf.Tensor): tf.Tensor[] {
  return [scaled(mirror ? mirrorSome(images, mirror) : images), labels, indices];
}

type Body = (...args: tf.Tensor[]) => tf.Tensor[];

function specOf(tensor: tf.Tensor): { shape: number[]; tfDtype: number } {
  return { shape: tensor.shape, tfDtype: tfType(tensor) };
}

/** 0 to 255 becomes -1 to 1: symmetric about 0, and exact at both ends. */
function scaled(images: tf.Tensor): tf.Tensor {
  return tf.mul(tf.sub(toFloat(images), 127.5), 1 / 127.5);
}
