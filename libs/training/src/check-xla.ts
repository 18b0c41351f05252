/** What XLA cannot do is refused before a run begins. */
import { TrainingError } from './errors.ts';

/** Throws `TrainingError` for what XLA cannot do. */
export function checkXla(workers: number, profile: boolean): void {
  if (workers === 1 && profile)
    throw new TrainingError(
      'xla-alone',
      'a step that --xla compiles for one worker has no ops to profile; leave --xla or --profile out, or take more --workers',
    );
}
