/**
 * Makes the files that all contestants read: 10,000 PNGs of 32 x 32 and 2,000 JPEGs of 256 x 256 (quality 90, 4:2:0), the same on
 * every run. Noise of all octaves, so that they compress about as photographs do. Argument: the folder.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { random, rawOp, startEngine } from '@kiln/engine';
import { attr, DataType } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';

const PER_BATCH = 50;
/** Photographs have amplitudes near 1 / f^1.2, which leaves every octave this power of its frequency. */
const OCTAVE_POWER = -0.2;

interface Kind {
  readonly name: 'png' | 'jpg';
  readonly count: number;
  readonly side: number;
}

const kinds: readonly Kind[] = [
  { name: 'png', count: 10_000, side: 32 },
  { name: 'jpg', count: 2_000, side: 256 },
];

/** uint8 [PER_BATCH, side, side, 3] */
function pictures(side: number, key: ReturnType<typeof random.key>): tf.Tensor {
  let sum: tf.Tensor4D = tf.zeros([PER_BATCH, side, side, 3]);
  for (let grid = 2; grid <= side; grid *= 2) {
    const noise = random.normal([PER_BATCH, grid, grid, 3], random.fold(key, grid)) as tf.Tensor4D;
    const octave = tf.image.resizeBilinear(noise, [side, side], false, true);
    sum = tf.add(sum, tf.mul(octave, grid ** OCTAVE_POWER));
  }
  const { mean, variance } = tf.moments(sum, [1, 2, 3], true);
  const pixels = tf.clipByValue(
    tf.add(tf.mul(tf.div(tf.sub(sum, mean), tf.sqrt(variance)), 50), 128),
    0,
    255,
  );
  return rawOp('Cast', [pixels], { DstT: attr.type(DataType.uint8) })[0] as tf.Tensor;
}

function encode(kind: Kind, image: tf.Tensor): tf.Tensor {
  const [bytes] =
    kind.name === 'png'
      ? rawOp('EncodePng', [image], {})
      : rawOp('EncodeJpeg', [image], { quality: attr.int(90), chroma_downsampling: attr.bool(true) });
  return bytes as tf.Tensor;
}

async function makeKind(kind: Kind, folder: string): Promise<void> {
  mkdirSync(join(folder, kind.name), { recursive: true });
  const key = random.key(0, kind.name);
  for (let first = 0; first < kind.count; first += PER_BATCH) {
    const batch = tf.tidy(() => tf.unstack(pictures(kind.side, random.fold(key, first))));
    for (const [i, image] of batch.entries()) {
      const bytes = encode(kind, image);
      const name = `${String(first + i).padStart(5, '0')}.${kind.name}`;
      writeFileSync(join(folder, kind.name, name), (await bytes.bytes())[0] as Uint8Array);
      bytes.dispose();
    }
    tf.dispose(batch);
  }
}

const [folder = ''] = process.argv.slice(2);
startEngine();
for (const kind of kinds) await makeKind(kind, folder);
