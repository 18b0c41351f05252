/** Classes as a person asks for them, held against what a recipe knows. */
import type { Sampler } from '@kiln/recipes';
import { findRecipe } from './resolve-config.ts';
import { WorkerError } from './worker-error.ts';

/** Throws `WorkerError` (usage) that names the flag. */
export function checkClass(recipe: string, { numClasses }: Sampler, label: number, flag: string): void {
  if (numClasses === 0)
    throw new WorkerError(
      'usage',
      `the run of ${recipe} knows no classes; leave ${flag} out, or train ${conditional(recipe)}`,
    );
  if (label < 0 || label >= numClasses)
    throw new WorkerError('usage', `${flag} must be 0 to ${numClasses - 1}, got ${label}`);
}

const conditional = (recipe: string): string =>
  'conditional' in findRecipe(recipe).settings.shape
    ? 'with --set conditional=true'
    : 'a conditional recipe such as digits-cgan';
