/** What follows when a run has collapsed: its end, or the return of all ranks to where it was well. */
import { TrainingError, type Trainer } from '@kiln/training';
import type { RunConfig } from './run-config.ts';
import { goBack } from './snapshots.ts';

export interface CollapseOptions {
  readonly runFolder: string;
  readonly config: Pick<RunConfig, 'onCollapse' | 'maxRollbacks'>;
  readonly trainer: Trainer;
  readonly rank: number;
  /** Resolves when nothing is being saved: what is may be among what is given up. */
  settled(): Promise<void>;
}

export class Collapse {
  readonly #options: CollapseOptions;
  #lastReturn: number | undefined;

  constructor(options: CollapseOptions) {
    this.#options = options;
  }

  /**
   * All ranks must call it, after the same step. Returns what to tell people. Throws `TrainingError` (collapsed) where the run is to
   * end, or has nowhere to go back to.
   */
  async goBack(goodStep: number, reason: string): Promise<string> {
    const { runFolder, config, trainer, rank, settled } = this.#options;
    const { onCollapse, maxRollbacks } = config;
    if (onCollapse !== 'rollback')
      throw new TrainingError(
        'collapsed',
        `the run has collapsed: ${reason}; checkpoints after step ${goodStep}, the last without a sign, may show it already`,
      );
    if (trainer.rollbacks >= maxRollbacks)
      throw new TrainingError(
        'collapsed',
        `the run has collapsed again after ${trainer.rollbacks} returns to an earlier checkpoint: ${reason}; lower the learning rates, or allow more with --max-rollbacks`,
      );
    await settled();
    const lastReturn = this.#lastReturn;
    const path = await goBack({ runFolder, trainer, rank, goodStep, reason, lastReturn });
    this.#lastReturn = trainer.step;
    return `went back to ${path} with half the learning rates (return ${trainer.rollbacks} of at most ${maxRollbacks}): ${reason}`;
  }
}
