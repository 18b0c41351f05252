/** A labelled set that needs no files: simple shapes in random colours, place, size and rotation, drawn by the graph itself. */
import * as tf from '@tensorflow/tfjs-core';
import { keyedUniform } from '../pipeline/keyed-numbers.ts';
import { ints, op, reshape, toInt32, toInt64 } from '../pipeline/ops.ts';
import { type ShapesSpec, sizeOf } from '../spec/data-spec.ts';
import { fingerprint } from './fingerprint.ts';
import type { ArraySource, Target } from './source.ts';

export const SHAPE_CLASSES = ['circle', 'square', 'triangle', 'cross', 'ring'] as const;

const DEFAULT_EXAMPLES = 10_000;
const DEFAULT_RESOLUTION = 32;
const NUM_DRAWS = 10;
/** Sets these draws apart from others with the same seed. */
const STREAM = 0x5ba9e5;

export async function openShapes(spec: ShapesSpec): Promise<ArraySource> {
  const { n = DEFAULT_EXAMPLES, seed = 0, resolution = DEFAULT_RESOLUTION } = spec;
  const size = sizeOf(resolution);
  return {
    kind: 'array',
    numExamples: n,
    size,
    sizes: `${size.width} x ${size.height}`,
    channels: 3,
    classNames: SHAPE_CLASSES,
    // In turns.
    classCounts: SHAPE_CLASSES.map((_, label) => Math.ceil((n - label) / SHAPE_CLASSES.length)),
    fingerprint: fingerprint(['shapes', String(n), String(seed), String(resolution)]),
    arrays: [],
    draw(examples, _arrays, target) {
      const labels = toInt32(op('FloorMod', [examples, toInt64(tf.scalar(SHAPE_CLASSES.length, 'int32'))]));
      return { images: drawShapes(labels, uniforms(examples, seed), target), labels };
    },
    faults: new Map(),
    locate: () => ({}),
  };
}

/** [samples, NUM_DRAWS] numbers in [0, 1), a function of (seed, example) alone. */
function uniforms(examples: tf.Tensor, seed: number): tf.Tensor {
  const samples = examples.shape[0] as number;
  const rows = op('Mul', [reshape(examples, [samples, 1]), toInt64(tf.scalar(NUM_DRAWS, 'int32'))]);
  const counters = op('AddV2', [rows, toInt64(tf.range(0, NUM_DRAWS, 1, 'int32'))]);
  const numbers = keyedUniform(reshape(counters, [samples * NUM_DRAWS]), toInt64(ints(seed, STREAM, 0)));
  return reshape(numbers, [samples, NUM_DRAWS]);
}

/** labels: int32 [samples]; draws: [samples, NUM_DRAWS]. Gives [samples, height, width, channels] in 0 to 255. */
function drawShapes(labels: tf.Tensor, draws: tf.Tensor, { height, width, channels }: Target): tf.Tensor {
  const samples = labels.shape[0] as number;
  const draw = (first: number, count = 1) => tf.slice(draws, [0, first], [samples, count]);
  const scalar = (x: tf.Tensor) => tf.reshape(x, [samples, 1, 1]);
  const radius = scalar(tf.add(0.18, tf.mul(draw(0), 0.2)));
  const room = tf.sub(1, tf.mul(radius, 2));
  const [centreX, centreY] = [draw(1), draw(2)].map((u) => tf.add(radius, tf.mul(scalar(u), room))) as [
    tf.Tensor,
    tf.Tensor,
  ];
  const half = scalar(tf.sub(tf.mul(draw(3), 2), 1));
  const dx = tf.sub(tf.reshape(centres(width), [1, 1, width]), centreX);
  const dy = tf.sub(tf.reshape(centres(height), [1, height, 1]), centreY);
  const [cos, sin] = rotation(half).map((part) => tf.div(part, radius)) as [tf.Tensor, tf.Tensor];
  const x = tf.add(tf.mul(dx, cos), tf.mul(dy, sin));
  const y = tf.sub(tf.mul(dy, cos), tf.mul(dx, sin));
  const distance = chosen(distances(x, y), labels);
  // One pixel wide edges: the share of a pixel that a straight edge at this distance covers.
  const pixels = tf.mul(distance, tf.mul(radius, Math.min(height, width)));
  const cover = tf.reshape(tf.clipByValue(tf.sub(0.5, pixels), 0, 1), [samples, height, width, 1]);
  const colour = (first: number, low: number) =>
    tf.reshape(tf.add(low, tf.mul(draw(first, channels), 0.4)), [samples, 1, 1, channels]);
  const [ground, paint] = [colour(4, 0), colour(7, 0.6)];
  return tf.mul(tf.add(ground, tf.mul(cover, tf.sub(paint, ground))), 255);
}

/**
 * Cosine and sine from the tangent of half the angle: from -90 to 90 degrees, all that these shapes can show. Only arithmetic that
 * IEEE rounds exactly, so that a picture has the same bits in any batch and on any machine; a vectorised cosine has not.
 */
function rotation(half: tf.Tensor): [cos: tf.Tensor, sin: tf.Tensor] {
  const square = tf.mul(half, half);
  const scale = tf.add(square, 1);
  return [tf.div(tf.sub(1, square), scale), tf.div(tf.mul(half, 2), scale)];
}

/** Pixel centres as fractions of the side. */
function centres(side: number): tf.Tensor {
  return tf.div(tf.add(tf.range(0, side, 1, 'float32'), 0.5), side);
}

/** Signed distances (negative inside) to each class's outline, for a shape of about unit radius. */
function distances(x: tf.Tensor, y: tf.Tensor): Record<(typeof SHAPE_CLASSES)[number], tf.Tensor> {
  const [ax, ay] = [tf.abs(x), tf.abs(y)];
  const length = tf.sqrt(tf.add(tf.mul(x, x), tf.mul(y, y)));
  const box = (halfX: number, halfY: number) => tf.maximum(tf.sub(ax, halfX), tf.sub(ay, halfY));
  const slanted = tf.add(tf.mul(ax, Math.sqrt(3) / 2), tf.mul(y, 0.5));
  return {
    circle: tf.sub(length, 0.9),
    square: box(0.7, 0.7),
    triangle: tf.sub(tf.maximum(slanted, tf.neg(y)), 0.5),
    cross: tf.minimum(box(0.95, 0.3), box(0.3, 0.95)),
    ring: tf.sub(tf.abs(tf.sub(length, 0.7)), 0.2),
  };
}

function chosen(each: ReturnType<typeof distances>, labels: tf.Tensor): tf.Tensor {
  const samples = labels.shape[0] as number;
  const parts = SHAPE_CLASSES.map((name, label) => {
    const mask = tf.cast(tf.equal(labels, tf.scalar(label, 'int32')), 'float32');
    return tf.mul(each[name], tf.reshape(mask, [samples, 1, 1]));
  });
  return tf.addN(parts);
}
