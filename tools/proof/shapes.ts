/** Recipes on drawn shapes draw the shape that is asked for, and not one picture of it: a classifier judges a thousand samples. */
import { join } from 'node:path';
import { startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { atLeast, type Claim } from './claim.ts';
import { kiln, readJson, scratchFolder } from './kiln.ts';
import { readNpy } from './npy.ts';
import { drawnShapes, trainJudge, type ShapeJudge } from './shapes-classifier.ts';

const names = ['circle', 'square', 'triangle', 'cross', 'ring'];
const count = 1000;

/** Shares of the samples that are what was asked for: of all, and of the least of the five shapes. */
const recipes: Readonly<Record<string, { readonly all: number; readonly each: number }>> = {
  'biggan-shapes32': { all: 0.95, each: 0.9 },
  'sagan-shapes32': { all: 0.9, each: 0.75 },
};

interface Drawn {
  readonly judge: ShapeJudge;
  readonly images: tf.Tensor;
  readonly labels: readonly number[];
}

/** With `KILN_SHAPES_RUN=<run folder>` that run is judged, and none is trained. */
export async function* shapes(): AsyncGenerator<Claim> {
  startEngine();
  const judge = await trainJudge();
  const { images, labels: tensor } = await drawnShapes(count);
  const labels = [...(await tensor.data())];
  yield atLeast('classifier on shapes of another seed', share(await right(judge, images, labels)), 0.98);
  const drawn = { judge, images, labels };
  const folder = scratchFolder();
  const given = process.env['KILN_SHAPES_RUN'];
  if (given !== undefined) return yield* judged(given, await recipeOf(given), drawn, folder);
  for (const recipe of Object.keys(recipes)) {
    const run = join(folder, recipe);
    await kiln('train', recipe, '--run', run);
    yield* judged(run, recipe, drawn, folder);
  }
}

async function recipeOf(run: string): Promise<string> {
  const { recipe } = await readJson<{ recipe: string }>(join(run, 'config.json'));
  if (recipes[recipe] !== undefined) return recipe;
  throw new Error(`KILN_SHAPES_RUN must be a run of ${Object.keys(recipes).join(' or ')}, got ${recipe}`);
}

async function* judged(run: string, recipe: string, drawn: Drawn, folder: string): AsyncGenerator<Claim> {
  const file = join(folder, 'samples.npy');
  await kiln('sample', run, '--num', String(count), '--out', file);
  const { shape, values } = await readNpy(file);
  const images = tf.tensor(values, [...shape]);
  const asked = Array.from({ length: count }, (_, i) => i % names.length);
  const asAsked = await right(drawn.judge, images, asked);
  const least = recipes[recipe]!;
  yield atLeast(`${recipe}: samples classified as asked`, share(asAsked), least.all);
  for (const [label, name] of names.entries()) {
    const own = asAsked.filter((_, i) => asked[i] === label);
    yield atLeast(`${recipe}: of ${name}`, share(own), least.each);
    const apart = await spread(images, asked, label);
    const ratio = apart / (await spread(drawn.images, drawn.labels, label));
    yield atLeast(`${recipe}: how far two samples of ${name} are apart, to two drawn ones`, ratio, 0.8);
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
