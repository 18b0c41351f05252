/** The resolved configuration of a run: what config.json holds and every worker is given. Plain JSON. */
import type { DataSpec } from '@kiln/datasets';
import type { Precision } from '@kiln/engine';
import type { DataInfo } from '@kiln/recipes';
import type { ExtractorChoice } from './evaluation/extractors.ts';
import { WorkerError } from './worker-error.ts';

/** What follows when a run has collapsed: a warning only, the end of the run, or a return to an earlier checkpoint. */
export type OnCollapse = 'warn' | 'stop' | 'rollback';

/** The checkpoint with the least or largest value of a metric is never removed. */
export interface KeepBest {
  readonly metric: string;
  readonly order: 'min' | 'max';
}

/** FID and KID while training. */
export interface EvaluationSchedule {
  readonly everyKimg: number;
  /** Samples of each evaluation. */
  readonly num: number;
  readonly extractor: ExtractorChoice;
}

export interface RunConfig {
  readonly recipe: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Null in a run that was made of weights alone: there are samples of it, and no training. */
  readonly data: DataSpec | null;
  /** What the networks were built for: samples need no more of the data. */
  readonly dataInfo: DataInfo;
  readonly seed: number;
  /** Global batch: all workers together. */
  readonly batch: number;
  readonly workers: number;
  /** Micro-batches in which each worker takes its share of a batch. */
  readonly accumulate: number;
  /** What each worker's micro-batch must be a multiple of. Left out: 1. */
  readonly shareMultiple?: number;
  /** Training ends after this many steps. */
  readonly steps: number;
  /** The same in thousands of real images shown to the discriminator. */
  readonly kimg: number;
  /** How steps and images go together: one row for most recipes, one for each stage of a growing one. */
  readonly stages: readonly StagePlan[];
  readonly tickKimg: number;
  readonly sampleTicks: number;
  readonly checkpointSteps: number;
  /** Checkpoints kept; older ones are removed, except every permanent one. */
  readonly keepLast: number;
  /** A checkpoint at a multiple of this many steps is kept for ever; 0: none. */
  readonly permanentSteps: number;
  readonly device: string;
  readonly keepBest?: KeepBest;
  readonly evaluation?: EvaluationSchedule;
  readonly onCollapse: OnCollapse;
  /** Returns to an earlier checkpoint before the run is given up. */
  readonly maxRollbacks: number;
  readonly batchStatistics: 'global' | 'local';
  readonly precision: Precision;
  /** Gradients are all-reduced in buckets of so many bytes; any number gives the same bits. */
  readonly bucketBytes: number;
  /** The step is compiled with XLA. */
  readonly xla?: boolean;
  /** Steps of which a profile is taken. */
  readonly profileSteps?: number;
}

/** The data of a run. Throws `WorkerError` (usage) where it has none. */
export function dataOf({ data, recipe }: Pick<RunConfig, 'data' | 'recipe'>): DataSpec {
  if (data !== null) return data;
  throw new WorkerError(
    'usage',
    `the run was made of weights of ${recipe} alone and has no data; make it anew with kiln convert --data`,
  );
}

/** From step `startStep` on, which begins when `startKimg` thousand images were seen. */
export interface StagePlan {
  /** Empty where a recipe has no stages. */
  readonly name: string;
  /** Global batch. */
  readonly batch: number;
  readonly startStep: number;
  readonly startKimg: number;
  readonly imagesPerStep: number;
}
