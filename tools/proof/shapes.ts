/** `sagan-shapes32` draws the shape that is asked for, and not one picture of it: a classifier judges a thousand samples. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { atLeast, type Claim } from './claim.ts';
import { kiln, scratchFolder } from './kiln.ts';
import { readNpy } from './npy.ts';
import { drawnShapes, trainJudge, type ShapeJudge } from './shapes-classifier.ts';

const names = ['circle', 'square', 'triangle', 'cross', 'ring'];
const count = 1000;

/** With `KILN_SHAPES_RUN=<run folder>` that run is judged, and none is trained. */
export async function* shapes(): AsyncGenerator<Claim> {
  startEngine();
  const judge = await trainJudge();
  const drawn = await drawnShapes(count);
  const labels = [...(await drawn.labels.data())];
  yield atLeast(
    'classifier on shapes of another seed',
    share(await right(judge, drawn.images, labels)),
    0.98,
  );
  const folder = await scratchFolder();
  try {
    const run = process.env['KILN_SHAPES_RUN'] ?? join(folder, 'run');
    if (process.env['KILN_SHAPES_RUN'] === undefined) await kiln('train', 'sagan-shapes32', '--run', run);
    const file = join(folder, 'samples.npy');
    await kiln('sample', run, '--num', String(count), '--out', file);
    const { shape, values } = await readNpy(file);
    const images = tf.tensor(values, [...shape]);
    const asked = Array.from({ length: count }, (_, i) => i % names.length);
    const asAsked = await right(judge, images, asked);
    yield atLeast('samples classified as asked', share(asAsked), 0.9);
    for (const [label, name] of names.entries()) {
      const own = asAsked.filter((_, i) => asked[i] === label);
      yield atLeast(`of ${name}`, share(own), 0.75);
      const apart = await spread(images, asked, label);
      const ratio = apart / (await spread(drawn.images, labels, label));
      yield atLeast(`how far two samples of ${name} are apart, to two drawn ones`, ratio, 0.8);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function right(judge: ShapeJudge, images: tf.Tensor, labels: readonly number[]): Promise<boolean[]> {
  const found = await judge(images);
  return labels.map((label, i) => label === found[i]);
}

const share = (all: readonly boolean[]): number => all.filter(Boolean).length / all.length;

/** Root mean square difference of two pictures of class `label`: twice the variance of a pixel. 0 where all are one picture. */
async function spread(images: tf.Tensor, labels: readonly number[], label: number): Promise<number> {
  const own = labels.flatMap((each, i) => (each === label ? [i] : []));
  const { variance } = tf.moments(tf.gather(images, own), 0);
  return Math.sqrt((await tf.mul(tf.mean(variance), 2).data())[0]!);
}
