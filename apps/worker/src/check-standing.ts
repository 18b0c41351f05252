/** Standing statistics as a person asks for them, held against what a recipe's networks keep. */
import type { SampleVariables } from '@kiln/training';
import { WorkerError } from './worker-error.ts';

/** Throws `WorkerError` (usage) where there are no statistics to estimate anew. */
export function checkStanding(recipe: string, standing: number, { networks }: SampleVariables): void {
  const keepsSome = Object.values(networks).some(({ stats }) => Object.keys(stats).length > 0);
  if (standing === 0 || keepsSome) return;
  throw new WorkerError(
    'usage',
    `the networks of ${recipe} keep no batch statistics, which --standing ${standing} would estimate anew; leave it out`,
  );
}
