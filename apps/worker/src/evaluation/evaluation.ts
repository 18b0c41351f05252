/** FID and KID of a trained game's samples, and everything that the numbers must be read with. */
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sharedFeatures, type FeatureExtractor, type FeatureSet, type OnProgress } from '@kiln/metrics';
import type { Game } from '@kiln/recipes';
import { classesFor, type SampleDrawer, type SampleRequest, type SampleVariables } from '@kiln/training';
import * as tf from '@tensorflow/tfjs-core';
import { WorkerError } from '../worker-error.ts';
import { distancesBetween, type Distances } from './distances.ts';
import type { LoadedReference } from './reference.ts';

/** One line of `evaluations.jsonl`. */
export interface Evaluation extends Distances {
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
  /** Null while training: the state of that step, saved or not. */
  readonly checkpoint: string | null;
  /** Fingerprint of the data. */
  readonly data: string;
}

export interface EvaluationOptions {
  readonly game: Game;
  readonly drawer: SampleDrawer;
  readonly variables: SampleVariables;
  readonly extractor: FeatureExtractor;
  readonly reference: LoadedReference;
  /** Samples to draw. */
  readonly num: number;
  /** The first sample's. */
  readonly seed: number;
  /** What is the same for all samples. */
  readonly request: Omit<SampleRequest, 'seeds' | 'classes'>;
  readonly standing: number;
  readonly step: number;
  readonly checkpoint: string | null;
  readonly onProgress?: OnProgress | undefined;
  /** Whether this worker wants to end early: then all do, with a `CollectiveError` of code `given-up`. */
  readonly giveUp?: (() => boolean) | undefined;
}

/** All workers must call it; all get the same distances. Throws `WorkerError` where samples are not numbers, as of a run that diverged. */
export async function evaluateSamples(options: EvaluationOptions): Promise<Evaluation> {
  const { extractor, reference, num, seed, request, standing, step, checkpoint } = options;
  const { features, asAsked } = await sampledFeatures(options);
  if (!features.moments.mean.every(Number.isFinite))
    throw new WorkerError(
      'training',
      `features of the samples are not numbers at step ${step}: the averaged networks have diverged; lower the learning rates (--set learningRateG=… learningRateD=…) and go back to an earlier checkpoint`,
    );
  return {
    ...(await distancesBetween(reference.statistics, features, extractor.dims)),
    asAsked,
    numReal: reference.count,
    numSamples: num,
    extractor: extractor.name,
    weights: extractor.weights,
    resize: extractor.resize,
    truncation: request.truncation ?? null,
    standing,
    seed,
    step,
    kimg: request.images / 1000,
    checkpoint,
    data: reference.data,
  };
}

/** Features of the samples, each class in turn; every worker draws its share. */
async function sampledFeatures({
  drawer,
  variables,
  game: { sampler },
  extractor,
  num,
  seed,
  request,
  onProgress,
  giveUp,
}: EvaluationOptions): Promise<{ features: FeatureSet; asAsked: number | null }> {
  const classes = classesFor(sampler, num);
  const knowsClasses = sampler.numClasses === extractor.classes;
  const features = await sharedFeatures({
    extractor,
    count: num,
    label: 'samples',
    onProgress,
    giveUp,
    asked: knowsClasses ? classes : undefined,
    images: async (begin, end) => {
      const seeds = Array.from({ length: end - begin }, (_, i) => seed + begin + i);
      const own = { ...request, seeds, classes: classes.slice(begin, end) };
      const { images, shape } = await drawer.draw(variables, own);
      return tf.tensor(images, shape);
    },
  });
  return { features, asAsked: knowsClasses ? features.right / num : null };
}

/** Tags of the numbers in TensorBoard: curves of other features or counts are other curves. */
export const scalarsOf = ({ fid, kid, extractor, numSamples }: Evaluation): Record<string, number> => ({
  [`evaluation/fid (${extractor}, ${numSamples} samples)`]: fid,
  [`evaluation/kid (${extractor}, ${numSamples} samples)`]: kid,
});

export const record = (runFolder: string, evaluation: Evaluation): Promise<void> =>
  appendFile(join(runFolder, 'evaluations.jsonl'), `${JSON.stringify(evaluation)}\n`);
