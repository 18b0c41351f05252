/** `kiln evaluate`: distances between the samples of a run and its data, in the features of a named extractor. */
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeDataset, openDataset, type CommonSpec, type Dataset } from '@kiln/datasets';
import {
  digitsExtractor,
  frechetDistance,
  kernelDistance,
  MomentsGatherer,
  type FeatureExtractor,
  type Moments,
} from '@kiln/metrics';
import type { Game } from '@kiln/recipes';
import { EventWriter } from '@kiln/summaries';
import { classesFor } from '@kiln/training';
import * as tf from '@tensorflow/tfjs-core';
import { buildGame, findRecipe } from './resolve-config.ts';
import type { RunConfig } from './run-config.ts';
import { openTrained, truncationOf, type DrawOptions, type TrainedGame } from './trained-game.ts';
import { WorkerError } from './worker-error.ts';

export interface EvaluateOptions extends DrawOptions {
  readonly runFolder: string;
  readonly config: RunConfig;
  /** Samples to draw. */
  readonly num: number;
  /** The first sample's seed. */
  readonly seed?: number;
  readonly extractor?: string;
}

/** Everything that a number must be read with stands beside it. */
export interface Evaluation {
  readonly fid: number;
  readonly kid: number;
  readonly kidStandardDeviation: number;
  /** Share of samples that the extractor puts into the class asked for; null when its classes are others. */
  readonly asAsked: number | null;
  readonly numReal: number;
  readonly numSamples: number;
  readonly extractor: string;
  readonly weights: string;
  readonly resize: string;
  readonly truncation: number | null;
  readonly standing: number;
  readonly seed: number;
  readonly step: number;
  readonly kimg: number;
  readonly checkpoint: string;
  /** Fingerprint of the data. */
  readonly data: string;
}

const batch = 64;

const extractors: Readonly<Record<string, () => Promise<FeatureExtractor>>> = {
  'digits-classifier': digitsExtractor,
};

export async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  const { config, runFolder, seed = 0 } = options;
  const game = buildGame(findRecipe(config.recipe), config.settings, await describeDataset(config.data));
  const open = extractorFor(options);
  const trained = await openTrained(runFolder, config, game, options);
  const extractor = await open();
  const dataset = await openDataset({ ...config.data, ...asTheyAre });
  const real = await realFeatures(dataset, extractor);
  const { features, asAsked } = await sampleFeatures(trained, game, extractor, { ...options, seed });
  const fid = await frechetDistance(real.moments, await momentsOf(features, extractor.dims));
  const kid = await kernelDistance(real.features, features, extractor.dims);
  const evaluation: Evaluation = {
    fid,
    kid: kid.mean,
    kidStandardDeviation: kid.standardDeviation,
    asAsked,
    numReal: real.moments.count,
    numSamples: options.num,
    extractor: extractor.name,
    weights: extractor.weights,
    resize: extractor.resize,
    truncation: options.truncation ?? null,
    standing: options.standing ?? 0,
    seed,
    step: trained.step,
    kimg: trained.images / 1000,
    checkpoint: trained.checkpoint,
    data: dataset.fingerprint,
  };
  await record(runFolder, evaluation);
  return evaluation;
}

function extractorFor({ extractor, config }: EvaluateOptions): () => Promise<FeatureExtractor> {
  const { data } = config;
  const isDigits = data.source === 'idx' && data.images.startsWith('digits-');
  const name = extractor ?? (isDigits ? 'digits-classifier' : undefined);
  const names = Object.keys(extractors).join(', ');
  if (name === undefined)
    throw new WorkerError(
      'usage',
      `name the features to compare in with --extractor (${names}): the data is not the digits`,
    );
  const open = Object.hasOwn(extractors, name) ? extractors[name] : undefined;
  if (open === undefined) throw new WorkerError('usage', `no extractor "${name}" (extractors: ${names})`);
  return open;
}

/** What training does to images at random, as it is done to none. */
const asTheyAre = {
  crop: 'center',
  zoom: 1,
  mirror: false,
  brightness: 0,
  contrast: 0,
  saturation: 0,
  hue: 0,
} as const satisfies CommonSpec;

/** Every example once: the first epoch of any order. */
async function realFeatures(
  dataset: Dataset,
  extractor: FeatureExtractor,
): Promise<{ moments: Moments; features: Float32Array }> {
  const { numExamples } = dataset;
  const features = new Float32Array(numExamples * extractor.dims);
  const batches = dataset.batches({ seed: 0, batch, rank: 0, worldSize: 1, startIndex: 0 });
  for (let done = 0; done < numExamples; done += batch) {
    const { images, labels } = await batches.next();
    const own = await extractor.extract(images);
    tf.dispose([images, labels]);
    const count = Math.min(batch, numExamples - done);
    features.set(own.features.subarray(0, count * extractor.dims), done * extractor.dims);
  }
  await batches.close();
  return { moments: await momentsOf(features, extractor.dims), features };
}

async function sampleFeatures(
  { drawer, variables, images: seen }: TrainedGame,
  { sampler }: Game,
  extractor: FeatureExtractor,
  options: EvaluateOptions & { seed: number },
): Promise<{ features: Float32Array; asAsked: number | null }> {
  const { num, seed } = options;
  const { dims, classes: numClasses } = extractor;
  const features = new Float32Array(num * dims);
  const asked = classesFor(sampler, num);
  let right = 0;
  for (let done = 0; done < num; done += batch) {
    const count = Math.min(batch, num - done);
    const { images, shape } = await drawer.draw(variables, {
      seeds: Array.from({ length: count }, (_, i) => seed + done + i),
      classes: asked.slice(done, done + count),
      images: seen,
      ...truncationOf(options),
    });
    const drawn = tf.tensor(images, shape);
    const own = await extractor.extract(drawn);
    drawn.dispose();
    features.set(own.features, done * dims);
    for (let i = 0; i < count; i++) {
      const logits = own.logits.subarray(i * numClasses, (i + 1) * numClasses);
      if (logits.indexOf(Math.max(...logits)) === asked[done + i]) right += 1;
    }
  }
  return { features, asAsked: sampler.numClasses === numClasses ? right / num : null };
}

async function momentsOf(features: Float32Array, dims: number): Promise<Moments> {
  const gatherer = new MomentsGatherer(dims);
  try {
    for (let at = 0; at < features.length; at += 1024 * dims)
      await gatherer.add(features.subarray(at, at + 1024 * dims));
    return await gatherer.finish();
  } finally {
    gatherer.dispose();
  }
}

async function record(runFolder: string, evaluation: Evaluation): Promise<void> {
  await appendFile(join(runFolder, 'evaluations.jsonl'), `${JSON.stringify(evaluation)}\n`);
  const { step, extractor, fid, kid } = evaluation;
  const events = await EventWriter.open(join(runFolder, 'events'));
  events.scalar(`evaluation/fid (${extractor})`, fid, step);
  events.scalar(`evaluation/kid (${extractor})`, kid, step);
  await events.close();
}
