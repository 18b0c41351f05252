/** Saves checkpoints while training goes on: every rank writes its share of the state, the coordinator commits. */
import { planShards, writeShard } from '@kiln/checkpoints';
import type { Assignment, ControlClient } from '@kiln/control';
import { stateEntries, type Trainer } from '@kiln/training';
import { toNamed } from './named-tensors.ts';
import type { RunConfig } from './run-config.ts';

export interface SaverOptions {
  readonly client: Pick<ControlClient, 'saveCheckpoint'>;
  readonly assignment: Pick<Assignment, 'rank' | 'worldSize' | 'generation'>;
  readonly config: RunConfig;
  readonly trainer: Pick<Trainer, 'step' | 'cursor' | 'rollbacks' | 'cell' | 'view'>;
  /** Facts for the manifest that do not change during a run. */
  readonly meta: Readonly<Record<string, unknown>>;
  /** What was measured last, where retention looks for the best checkpoint. */
  readonly measured?: () => unknown;
  /** The last step without a sign of a collapse, up to which retention keeps a checkpoint. */
  readonly goodStep?: () => number | undefined;
}

export class Saver {
  readonly #options: SaverOptions;
  #saving: Promise<void> = Promise.resolve();

  constructor(options: SaverOptions) {
    this.#options = options;
  }

  /**
   * Begins to save the trainer's current step, after waiting for the save before it; when this resolves, the trainer may go on.
   * That a step could not be saved is a warning of the coordinator's.
   */
  async begin(): Promise<void> {
    await this.settled();
    this.#saving = this.#save();
    // Whoever asks next is told.
    this.#saving.catch(() => {});
  }

  /** Resolves when nothing is being saved any more. Throws if the coordinator was lost over it. */
  settled(): Promise<void> {
    return this.#saving;
  }

  async #save(): Promise<void> {
    const { client, assignment, config, trainer, meta } = this.#options;
    const { step, cursor, rollbacks } = trainer;
    const { rank, worldSize, generation } = assignment;
    const entries = stateEntries(trainer.cell.value);
    const sizes = entries.map(([name, tensor]) => ({ name, bytes: tensor.size * 4 }));
    const plan = planShards(sizes, worldSize);
    const facts = {
      step,
      cursor,
      rollbacks,
      images: cursor,
      kimg: cursor / 1000,
      seed: config.seed,
      worldSize,
      generation,
      recipe: config.recipe,
      measured: this.#options.measured?.(),
      goodStep: this.#options.goodStep?.(),
    };
    // Holds this rank's share as it is now. Nothing is awaited before it: the next step replaces the state.
    const share = await trainer.view((path) => plan.get(path) === rank);
    try {
      await client.saveCheckpoint({
        step,
        permanent: config.permanentSteps > 0 && step % config.permanentSteps === 0,
        write: async (staging) => {
          const shard = await writeShard(staging, rank, worldSize, share.tensors.map(toNamed));
          // The other ranks may still take a while.
          share.release();
          return {
            shard,
            metaJson: JSON.stringify({ ...meta, ...facts }),
            expected: entries.map(([name]) => name),
          };
        },
      });
    } finally {
      share.release();
    }
  }
}
