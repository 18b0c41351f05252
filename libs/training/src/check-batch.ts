/** Every worker takes the same share of a batch. */
import { TrainingError } from './errors.ts';

export interface Split {
  readonly workers: number;
  /** Micro-batches of each worker's share. */
  readonly accumulate?: number;
  /** What each micro-batch must be a multiple of, for the sake of a phase that takes only every so-manieth sample. */
  readonly multiple?: number;
  /** Of the stage whose batch it is. */
  readonly stage?: string;
}

/** Throws `TrainingError` when the global `batch` cannot be split so, with the nearest batches that can. */
export function checkBatch(
  batch: number,
  { workers, accumulate = 1, multiple = 1, stage = '' }: Split,
): void {
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
