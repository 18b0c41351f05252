import { gunzipSync } from 'node:zlib';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { frechetDistance } from '../frechet-distance.ts';
import { MomentsGatherer, type Moments } from '../moments.ts';
import { digitsExtractor } from './digits-classifier.ts';
import type { FeatureExtractor } from './extractor.ts';

beforeAll(() => startEngine({}));

const dataFile = (name: string): string =>
  fileURLToPath(new URL(`../../../../data/${name}`, import.meta.url));

/** Images `[begin, end)` of the shipped digits, in [-1, 1], and their labels. */
async function digits(begin: number, end: number): Promise<{ images: tf.Tensor4D; labels: Uint8Array }> {
  const pixels = gunzipSync(await readFile(dataFile('digits-images-idx3-ubyte.gz'))).subarray(16);
  const labels = gunzipSync(await readFile(dataFile('digits-labels-idx1-ubyte.gz'))).subarray(8);
  const values = Float32Array.from(pixels.subarray(begin * 64, end * 64), (value) => value / 127.5 - 1);
  return { images: tf.tensor4d(values, [end - begin, 8, 8, 1]), labels: labels.subarray(begin, end) };
}

function classesOf(logits: Float32Array): number[] {
  return Array.from({ length: logits.length / 10 }, (_, row) => {
    const own = logits.subarray(row * 10, row * 10 + 10);
    return own.indexOf(Math.max(...own));
  });
}

async function momentsOf(extractor: FeatureExtractor, images: tf.Tensor): Promise<Moments> {
  const gatherer = new MomentsGatherer(extractor.dims);
  await gatherer.add((await extractor.extract(images)).features);
  return gatherer.finish().finally(() => gatherer.dispose());
}

it('is right on 95 of 100 held-out digits and more', async () => {
  const extractor = await digitsExtractor();
  const { images, labels } = await digits(1497, 1797);
  const { logits } = await extractor.extract(images);
  const right = classesOf(logits).filter((label, i) => label === labels[i]).length;
  expect(right / 300).toBeGreaterThanOrEqual(0.95);
  extractor.dispose();
});

it('sees an enlarged or coloured digit as the digit itself', async () => {
  const extractor = await digitsExtractor();
  const { images } = await digits(0, 8);
  const large = tf.tile(tf.image.resizeNearestNeighbor(images, [32, 32]), [1, 1, 1, 3]);
  const [plain, enlarged] = [await extractor.extract(images), await extractor.extract(large)];
  enlarged.logits.forEach((value, i) => expect(value).toBeCloseTo(plain.logits[i]!, 3));
  extractor.dispose();
});

it('finds other digits near, noise far', async () => {
  const extractor = await digitsExtractor();
  const reference = await momentsOf(extractor, (await digits(0, 700)).images);
  const others = await momentsOf(extractor, (await digits(700, 1400)).images);
  const noise = await momentsOf(extractor, tf.randomUniform([700, 8, 8, 1], -1, 1, 'float32', 1));
  const [near, far] = [await frechetDistance(reference, others), await frechetDistance(reference, noise)];
  expect(far).toBeGreaterThan(20 * near);
  extractor.dispose();
});
