/** Every worker takes the same share of a batch. */
import { TrainingError } from './errors.ts';

export interface Split {
  readonly workers: number;
  /** Micro-batches of each worker's share. */
  readonly accumulate?: number;
  /** What each micro-batch must be a multiple of, for the sake of a phase that takes only every so-manieth sample. */
  readonly multiple?: number;
  /** Samples that a network compares with each other, of all workers' micro-batches together, which may be fewer. */
  readonly compared?: number;
  /** Of the stage whose batch it is. */
  readonly stage?: string;
}

/** Throws `TrainingError` when the global `batch` cannot be split so, with the nearest batches that can. */
export function checkBatch(batch: number, split: Split): void {
  checkShares(batch, split);
  checkComparisons(batch, split);
}

function checkShares(batch: number, { workers, accumulate = 1, multiple = 1, stage = '' }: Split): void {
  const unit = workers * accumulate * multiple;
  if (batch % unit === 0) return;
  const below = Math.floor(batch / unit) * unit;
  const near = [below, below + unit].filter((size) => size > 0);
  const parts = [
    `${workers} workers`,
    ...(accumulate > 1 ? [`${accumulate} micro-batches each`] : []),
    ...(multiple > 1 ? [`groups of ${multiple} samples`] : []),
  ];
  const advice =
    stage === ''
      ? `use --batch ${near.join(' or ')}, or change ${accumulate > 1 ? '--workers or --accumulate' : '--workers'}`
      : `of stage ${stage}; it could be ${near.join(' or ')}; change --workers${accumulate > 1 ? ', --accumulate' : ''} or the recipe's batch for that stage`;
  throw new TrainingError(
    'batch-not-divisible',
    `--batch ${batch} is not divisible by ${parts.join(' with ')}${stage === '' ? ';' : ''} ${advice}`,
  );
}

function checkComparisons(batch: number, { accumulate = 1, compared = 1, stage = '' }: Split): void {
  const together = batch / accumulate;
  if (together <= compared || together % compared === 0) return;
  const unit = accumulate * compared;
  const below = Math.floor(batch / unit) * unit;
  const pieces = accumulate > 1 ? ` in ${accumulate} micro-batches` : '';
  throw new TrainingError(
    'batch-not-divisible',
    `--batch ${batch}${stage === '' ? '' : ` of stage ${stage}`}${pieces} does not fall into groups of the ${compared} samples that D compares with each other; it could be ${[below, below + unit].filter((size) => size > 0).join(' or ')}, or change --set stddevGroup=...`,
  );
}
