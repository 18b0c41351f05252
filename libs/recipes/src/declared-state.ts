/** State that a game keeps beside weights: BEGAN's k, ADA's p, the mean path length, the average w. */

/**
 * One tensor, checkpointed with everything else and equal on all workers. `combine` says how a new value becomes so:
 * `mean` takes the mean of what the workers returned, `same` relies on the loss to return the same everywhere, which
 * it does when it computes from `meanOverWorkers`, other declared state and schedules.
 */
export interface DeclaredState {
  readonly shape: readonly number[];
  readonly dtype?: 'float32' | 'int32';
  /** The value of every element before the first step. */
  readonly init: number;
  readonly combine: 'mean' | 'same';
}
