/** `kiln inspect`: what the compiled step of a recipe is and costs; with `runs`, which of its ops take longest. */
import { writeFile } from 'node:fs/promises';
import { openDataset } from '@kiln/datasets';
import { startEngine } from '@kiln/engine';
import { checkedTimeline, inspectStep, Trainer, type Inspection, type StepProfile } from '@kiln/training';
import { opTotals, type OpTotals } from './op-totals.ts';
import { buildGame, findRecipe, gameOf, resolveConfig, type TrainOptions } from './resolve-config.ts';
import { dataOf, type RunConfig } from './run-config.ts';

export interface InspectOptions extends TrainOptions {
  /** Where the GraphDef goes. */
  readonly out?: string;
  /** Steps to run. */
  readonly runs?: number;
}

export interface InspectAnswer extends Omit<Inspection, 'graphDef'> {
  readonly recipe: string;
  readonly batch: number;
  readonly workers: number;
  readonly stage: string;
  readonly precision: string;
  readonly graphBytes: number;
  /** Of the steps that were run. */
  readonly measured?: OpTotals;
}

/** The last stage's step, which has the whole of every network. */
export async function inspect(recipe: string, options: InspectOptions): Promise<InspectAnswer> {
  // Nothing runs unless it is asked for, so neither does the data need to be here.
  const config = await resolveConfig(recipe, { ...options, dryRun: options.runs === undefined });
  startEngine({ device: config.device });
  const game = gameOf(config);
  const { workers, accumulate } = config;
  const segment = checkedTimeline(game, config).segments.at(-1)!;
  const { graphDef, ...found } = inspectStep(game, {
    batch: segment.batch,
    workers,
    accumulate,
    stage: segment.stage,
    imageShape: config.dataInfo.imageShape,
  });
  if (options.out !== undefined) await writeFile(options.out, graphDef);
  return {
    recipe,
    batch: segment.batch,
    workers,
    stage: segment.name,
    precision: config.precision,
    graphBytes: graphDef.length,
    ...found,
    ...(options.runs === undefined ? {} : { measured: await measure(config, options.runs) }),
  };
}

/** Runs the first steps of the recipe as one worker with its share of the batch. */
async function measure(config: RunConfig, runs: number): Promise<OpTotals> {
  const dataset = await openDataset(dataOf(config));
  const game = buildGame(findRecipe(config.recipe), config.settings, dataset);
  const { seed, accumulate, precision } = config;
  const batch = config.batch / config.workers;
  const trainer = await Trainer.create({ game, dataset, seed, batch, rank: 0, accumulate, precision });
  const profiles: StepProfile[] = [];
  // The first run prepares the graph.
  for (let i = 0; i <= runs; i++) {
    const { profile } = await trainer.next(undefined, { profile: true });
    if (i > 0) profiles.push(profile!);
  }
  await trainer.close();
  dataset.dispose();
  return opTotals(profiles);
}
