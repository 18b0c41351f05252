/** `kiln evaluate`: distances between the samples of a run and its data, in the features of a named extractor. */
import { join } from 'node:path';
import { rank } from '@kiln/collectives';
import { describeDataset } from '@kiln/datasets';
import type { OnProgress } from '@kiln/metrics';
import { EventWriter } from '@kiln/summaries';
import { changedData } from './changed-data.ts';
import { evaluateSamples, record, scalarsOf, type Evaluation } from './evaluation/evaluation.ts';
import { chooseExtractor, openExtractor, type ExtractorOptions } from './evaluation/extractors.ts';
import { referenceOf } from './evaluation/reference.ts';
import { joinShare, ownDevice, type Share } from './evaluation/share.ts';
import { dataOfRun, gameOf } from './resolve-config.ts';
import { dataOf, type RunConfig } from './run-config.ts';
import { openTrained, truncationOf, type DrawOptions } from './trained-game.ts';
import { warn } from './warn.ts';

export interface EvaluateOptions extends DrawOptions, ExtractorOptions {
  readonly runFolder: string;
  readonly config: RunConfig;
  /** Samples to draw. */
  readonly num: number;
  /** The first sample's seed. */
  readonly seed?: number;
  /** Left out: this process alone. */
  readonly share?: Share;
}

export async function evaluate(options: EvaluateOptions, onProgress: OnProgress): Promise<Evaluation> {
  const { runFolder, num, seed = 0, share } = options;
  const config = { ...options.config, device: ownDevice(options.config.device, share) };
  const data = dataOf(config);
  await dataOfRun(describeDataset(data));
  const game = gameOf(config);
  const choice = await chooseExtractor(options, data);
  await joinShare(share);
  const trained = await openTrained(runFolder, config, game, options);
  const extractor = await openExtractor(choice);
  const reference = await referenceOf({ data, extractor, warn, onProgress });
  const warning = changedData(trained.meta, reference.data);
  if (warning !== undefined && rank() === 0) warn(warning);
  const { drawer, variables, images, step, checkpoint } = trained;
  const evaluation = await evaluateSamples({
    game,
    drawer,
    variables,
    extractor,
    reference,
    num,
    seed,
    request: { images, ...truncationOf(options) },
    standing: options.standing ?? 0,
    step,
    checkpoint,
    onProgress,
  });
  if (rank() === 0) await show(runFolder, evaluation);
  return evaluation;
}

async function show(runFolder: string, evaluation: Evaluation): Promise<void> {
  await record(runFolder, evaluation);
  const events = await EventWriter.open(join(runFolder, 'events'));
  for (const [tag, value] of Object.entries(scalarsOf(evaluation)))
    events.scalar(tag, value, evaluation.step);
  await events.close();
}
