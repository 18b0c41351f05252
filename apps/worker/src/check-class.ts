/** Classes as a person asks for them, held against what a recipe knows. */
import type { Sampler } from '@kiln/recipes';
import { WorkerError } from './worker-error.ts';

/** Throws `WorkerError` (usage) that names the flag. */
export function checkClass(recipe: string, { numClasses }: Sampler, label: number, flag: string): void {
  if (numClasses === 0)
    throw new WorkerError(
      'usage',
      `recipe ${recipe} knows no classes; leave ${flag} out, or train a conditional recipe such as digits-cgan`,
    );
  if (label < 0 || label >= numClasses)
    throw new WorkerError('usage', `${flag} must be 0 to ${numClasses - 1}, got ${label}`);
}
