/** Every worker takes the same share of a batch. */
import { TrainingError } from './errors.ts';

/** Throws `TrainingError` when `workers` do not divide the global `batch`, with the nearest batches that they do. */
export function checkBatch(batch: number, workers: number): void {
  if (batch % workers === 0) return;
  const below = Math.floor(batch / workers) * workers;
  const near = [below, below + workers].filter((size) => size > 0);
  throw new TrainingError(
    'batch-not-divisible',
    `--batch ${batch} is not divisible by ${workers} workers; use --batch ${near.join(' or ')}, or change --workers`,
  );
}
