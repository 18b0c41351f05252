/** `kiln evaluate`: distances between the samples of a run and its data, in the features of a named extractor. */
import { join } from 'node:path';
import { joinGroup, rank } from '@kiln/collectives';
import { EventWriter } from '@kiln/summaries';
import { evaluateSamples, record, scalarsOf, type Evaluation } from './evaluation/evaluation.ts';
import { chooseExtractor, openExtractor, type ExtractorOptions } from './evaluation/extractors.ts';
import { referenceOf } from './evaluation/reference.ts';
import { gameOf } from './resolve-config.ts';
import { dataOf, type RunConfig } from './run-config.ts';
import { openTrained, truncationOf, type DrawOptions } from './trained-game.ts';

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

/** One of several processes of this machine that evaluate together. */
export interface Share {
  /** The same for all of them, and theirs alone. */
  readonly group: string;
  readonly rank: number;
  readonly worldSize: number;
}

export async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  const { runFolder, num, seed = 0, share } = options;
  const config = share === undefined ? options.config : withDevice(options.config, share.rank);
  const data = dataOf(config);
  const game = await gameOf(config);
  const choice = await chooseExtractor(options, data);
  if (share !== undefined) await joinGroup({ ...share, name: share.group, generation: 1 });
  const trained = await openTrained(runFolder, config, game, options);
  const extractor = await openExtractor(choice);
  const reference = await referenceOf({
    data,
    extractor,
    // The command line shows lines that begin with a tag.
    warn: (message) => process.stderr.write(`${message}\n`),
  });
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
  });
  if (rank() === 0) await show(runFolder, evaluation);
  return evaluation;
}

/** A GPU each. */
const withDevice = (config: RunConfig, index: number): RunConfig =>
  config.device === 'gpu' ? { ...config, device: `gpu:${index}` } : config;

async function show(runFolder: string, evaluation: Evaluation): Promise<void> {
  await record(runFolder, evaluation);
  const events = await EventWriter.open(join(runFolder, 'events'));
  for (const [tag, value] of Object.entries(scalarsOf(evaluation)))
    events.scalar(tag, value, evaluation.step);
  await events.close();
}
