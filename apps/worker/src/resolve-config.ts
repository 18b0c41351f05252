/** Turns what was typed into a whole configuration: the recipe's defaults, then the flags, all checked. */
import { fileURLToPath } from 'node:url';
import { defaultBucketBytes } from '@kiln/collectives';
import { DatasetError, describeDataset, parseDataSpec } from '@kiln/datasets';
import type { Precision } from '@kiln/engine';
import { recipes, type DataInfo, type Game, type Recipe } from '@kiln/recipes';
import { checkedTimeline, checkXla, leastShare } from '@kiln/training';
import { checkExtractor, chooseExtractor } from './evaluation/extractors.ts';
import { nearest } from './nearest.ts';
import type { EvaluationSchedule, KeepBest, OnCollapse, RunConfig } from './run-config.ts';
import { resolveSettings } from './settings.ts';
import { WorkerError } from './worker-error.ts';

/** The flags of `kiln train`, as far as they were given. */
export interface TrainOptions {
  readonly workers?: number;
  readonly batch?: number;
  readonly accumulate?: number;
  readonly kimg?: number;
  readonly steps?: number;
  readonly seed?: number;
  readonly data?: string;
  readonly checkpointSteps?: number;
  readonly keepLast?: number;
  readonly permanentSteps?: number;
  readonly tickKimg?: number;
  readonly device?: string;
  readonly precision?: Precision;
  readonly bucketMib?: number;
  readonly profileSteps?: number;
  readonly xla?: boolean;
  readonly keepBest?: KeepBest;
  readonly evaluateEvery?: number;
  readonly evaluateNum?: number;
  readonly evaluateExtractor?: string;
  /** Absolute path. */
  readonly evaluateWeights?: string;
  readonly onCollapse?: OnCollapse;
  readonly maxRollbacks?: number;
  readonly set?: readonly string[];
  /** Only a plan: data that the user has yet to bring may be missing. */
  readonly dryRun?: boolean;
}

/** The folder with the data that ships with Kiln. */
export const shippedData = fileURLToPath(new URL('../../../data', import.meta.url));

export function findRecipe(name: string): Recipe {
  const recipe = (recipes as Record<string, Recipe>)[name];
  if (recipe !== undefined) return recipe;
  const names = Object.keys(recipes);
  const close = nearest(name, names);
  throw new WorkerError(
    'usage',
    `no recipe "${name}"${close === undefined ? '' : `; did you mean "${close}"?`} (recipes: ${names.join(', ')})`,
  );
}

/**
 * `data` is null in a plan for data that the user has yet to bring. Throws `WorkerError` (usage), `TrainingError` or `DatasetError`;
 * nothing has been written then.
 */
export async function resolveConfig(name: string, options: TrainOptions): Promise<RunConfig> {
  const recipe = findRecipe(name);
  const { defaults } = recipe;
  const settings = resolveSettings(name, recipe, options.set ?? []);
  const { xla = false } = options;
  const workers = options.workers ?? (xla ? 1 : defaults.workers);
  if (xla) checkXla(workers, options.profileSteps !== undefined);
  const batch = options.batch ?? defaults.batch;
  const accumulate = options.accumulate ?? defaults.accumulate ?? 1;
  const data =
    options.data === undefined ? ownData(name, recipe, options) : await parseDataSpec(options.data);
  const dataInfo = await infoOf(recipe, data);
  const game = buildGame(recipe, settings, dataInfo);
  const timeline = checkedTimeline(game, { batch, workers, accumulate });
  const steps = options.steps ?? timeline.stepsFor((options.kimg ?? defaults.kimg) * 1000);
  return {
    recipe: name,
    settings,
    data,
    dataInfo,
    seed: options.seed ?? 0,
    batch,
    workers,
    accumulate,
    ...(leastShare(game) === 1 ? {} : { shareMultiple: leastShare(game) }),
    steps,
    kimg: timeline.imagesAfter(steps) / 1000,
    stages: timeline.segments.map((segment) => ({
      name: segment.name,
      batch: segment.batch,
      startStep: segment.startStep,
      startKimg: segment.startImages / 1000,
      imagesPerStep: segment.imagesPerStep,
    })),
    tickKimg: options.tickKimg ?? defaults.tickKimg,
    sampleTicks: defaults.sampleTicks,
    checkpointSteps: options.checkpointSteps ?? defaults.checkpointSteps,
    keepLast: options.keepLast ?? 3,
    permanentSteps: options.permanentSteps ?? 0,
    device: options.device ?? 'cpu',
    ...(options.keepBest === undefined ? {} : { keepBest: options.keepBest }),
    ...(await scheduleOf(options, data)),
    onCollapse: options.onCollapse ?? 'warn',
    maxRollbacks: options.maxRollbacks ?? 3,
    batchStatistics: 'global',
    precision: options.precision ?? 'float32',
    bucketBytes: options.bucketMib === undefined ? defaultBucketBytes : options.bucketMib * 2 ** 20,
    xla,
    ...(options.profileSteps === undefined ? {} : { profileSteps: options.profileSteps }),
  };
}

/** The schedule of evaluations, where one is asked for. */
async function scheduleOf(
  options: TrainOptions,
  data: RunConfig['data'],
): Promise<{ evaluation?: EvaluationSchedule }> {
  const { evaluateEvery, evaluateNum, evaluateExtractor: extractor, evaluateWeights: weights } = options;
  if (evaluateEvery !== undefined) {
    const choice = await chooseExtractor({ extractor, weights }, data, '--evaluate-');
    await checkExtractor(choice);
    return {
      evaluation: { everyKimg: evaluateEvery, num: evaluateNum ?? 10_000, extractor: choice },
    };
  }
  for (const [name, value] of Object.entries({ num: evaluateNum, extractor, weights }))
    if (value !== undefined)
      throw new WorkerError('usage', `--evaluate-${name} needs --evaluate-every <kimg>`);
  if (options.keepBest?.metric.startsWith('evaluation/') === true)
    throw new WorkerError('usage', `--keep-best ${options.keepBest.metric} needs --evaluate-every <kimg>`);
  return {};
}

/** The recipe's own data. Null in a plan, where the user must bring some. */
function ownData(name: string, recipe: Recipe, { dryRun = false }: TrainOptions): RunConfig['data'] {
  if (recipe.data !== undefined) return recipe.data(shippedData);
  if (dryRun && recipe.expects !== undefined) return null;
  throw new WorkerError(
    'usage',
    `${name} needs --data: ${recipe.needs ?? 'images of your own'}; --dry-run shows the plan without them`,
  );
}

/** What there is to know of the data, or, where the user has yet to bring them, what they are expected to be like. */
async function infoOf(recipe: Recipe, data: RunConfig['data']): Promise<DataInfo> {
  if (data === null) return recipe.expects!;
  const { numExamples, imageShape, numClasses } = await describeDataset(data);
  return { numExamples, imageShape, numClasses };
}

/** Builds the game; settings that do not fit the data are the user's to change. */
export function buildGame(
  recipe: Recipe,
  settings: Readonly<Record<string, unknown>>,
  data: Parameters<Recipe['build']>[1],
): ReturnType<Recipe['build']> {
  try {
    return recipe.build(settings, data);
  } catch (error) {
    if (error instanceof RangeError) throw new WorkerError('usage', error.message);
    throw error;
  }
}

/** The game of a run, whose data need not be there. */
export const gameOf = ({ recipe, settings, dataInfo }: RunConfig): Game =>
  buildGame(findRecipe(recipe), settings, dataInfo);

/** Opens or describes the data of a run, which may have gone since it began. */
export const dataOfRun = <T>(opening: Promise<T>): Promise<T> =>
  opening.catch((error: unknown) => {
    if (!(error instanceof DatasetError) || error.code !== 'not-found') throw error;
    throw new WorkerError(
      'data',
      `the run's data ${error.file} is not there any more; put it back where it was, or a link to it`,
    );
  });
