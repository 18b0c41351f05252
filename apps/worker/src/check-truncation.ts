/** Truncation as a person asks for it, held against what a recipe knows. */
import type { Sampler } from '@kiln/recipes';
import { WorkerError } from './worker-error.ts';

/** Throws `WorkerError` (usage) that names the flag. */
export function checkTruncation(
  recipe: string,
  { truncation, cutoff }: { readonly truncation?: number; readonly cutoff?: number },
  sampler: Pick<Sampler, 'truncation' | 'latent'>,
): void {
  const refuse = (reason: string): never => {
    throw new WorkerError('usage', reason);
  };
  if (truncation !== undefined && sampler.truncation === undefined)
    refuse(
      `recipe ${recipe} knows no truncation; leave --truncation out${sampler.latent.distribution === 'normal' ? '' : ': its z is not normal'}`,
    );
  if (cutoff === undefined) return;
  if (sampler.truncation !== 'style')
    refuse(
      `--truncation-cutoff is for recipes that truncate in style space, and ${recipe} does not; leave it out`,
    );
  if (truncation === undefined)
    refuse(`--truncation-cutoff ${cutoff} says how far --truncation reaches; name one, such as 0.7`);
}
